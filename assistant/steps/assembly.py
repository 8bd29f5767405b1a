"""What belongs together in one step, and what must not be said without what stands beside it.

A sentence that goes on in the next line is one step.  Words that suppose or deny something
before a display go along with it, and so does *which is false* behind it: taken out of them
a formula would be claimed that nobody claimed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.events import SpokenStep
from assistant.maths.reading.claims.line import BLOCKS, MAX_LINE
from assistant.steps import wording as w
from assistant.steps.displays import Row, display_rows, doubtful, last_side
from assistant.steps.pending import LEAD, OR, Held, Last, Lead, Open
from assistant.steps.sentences import Sentence

LEADING_ON = re.compile(
    r"(?:[,，]|\b(?:so|then|thus|hence|get|gives?|have|has|had|obtain|is|be|are|by|that|where|with|as"
    r"|to|and|or|instance|example|case|equation|formula|find|yields?|becomes?)|[得则有即为是到出令设解当若]|例如|比如|如下|下式)$"
)
"""Words that are not the end of a sentence."""
GOING_ON = re.compile(r"[a-z,，;；)）]|[则那就时且而与和并但]")
"""How the rest of a sentence begins behind a display."""
STRAY = re.compile(r"\\[()\[\]]|(?<!\\)\$(?![\d.])(?<!\d\$)|\\\\|(?<!\\)&|\\(?:begin|end)\{")
STRAY_MONEY = re.compile(r"(?<!\\)\$(?!\d)")
POINTING = re.compile(
    r"(?:this|that|it|which|but|no|wrong|false|contradiction|impossible)\b|[这那但显矛不错]",
    re.IGNORECASE,
)
FACTORIAL = re.compile(r"(?:[\d)}\]]|(?<![A-Za-z])[A-Za-z])\s*!+[\s.。]*$")
"""``120 = 5!``, or a cry."""
SHORT_LEAD = 80
NO_OR = "oO或\\$*_("
"""With which *or*, or a formula behind it, may begin."""


class Assembly:
    """Takes sentences and rows in order, and gives steps."""

    def __init__(self) -> None:
        self._index = 0
        self._out: list[SpokenStep] = []
        self._open: Open | None = None
        self._lead: Lead | None = None
        self._last: Last | None = None
        self._held: Held | None = None
        self._torn = False

        self._between = ""

    @property
    def waits_as_formula(self) -> bool:
        """Whether the open sentence is a formula, which the next line might go on with."""
        return self._open is not None and self._open.formula

    @property
    def begun(self) -> int | None:
        """Where the text begins that waits for what follows it; ``None`` where none does."""
        lead = None if self._lead is None or self._lead.used else self._lead
        last = None if self._last is None or self._last.spoken else self._last
        waiting = (self._open, self._held, lead, last)
        return min((one.start for one in waiting if one is not None), default=None)

    def taken(self) -> list[SpokenStep]:
        """The steps since the last call."""
        out, self._out = self._out, []
        return out

    # What the parser finds

    def sentence(self, found: Sentence, *, joins: bool, item: bool = False) -> None:
        """A sentence; ``joins`` where it may go on with the one of the line before, ``item``
        where it begins an item of a list."""
        if self._open is not None:
            if joins and self._with_open(self._open, found):
                return
            self.close()
        if OR.fullmatch(found.text) and self._held is not None and self._held.formula:
            self._between = "or" if found.text.isascii() else "或"
            return
        self._between = ""
        if found.ended:
            self._settle(found, item=item)
        else:
            self._open = Open(found)

    def end_of_line(self) -> None:
        """No denial follows in the same line."""
        if self._held is not None and not self._held.formula:
            self._release()

    def peek(self, char: str) -> None:
        """What is decided by the character with which the next line begins."""
        open_ = self._open
        if char in NO_OR:
            return
        if (
            open_ is not None
            and open_.formula
            and not w.DANGLING.search(open_.tail)
            and (char.isdigit() or char.isupper() or w.HAN.match(char))
        ):
            self.close()
        if self._held is not None and not self._held.closed and self._open is None:
            self._release()

    def close(self) -> None:
        """A block ends: no sentence goes on."""
        closed, self._open = self._open, None
        if closed is not None:
            self._settle(closed.whole(), item=False)
        self.end_of_line()

    def section(self) -> None:
        """A heading or a rule: nothing before reaches what follows."""
        self.close()
        self._drop_lead()
        self._last = None

    def opens_display(self) -> None:
        """Displayed mathematics begins: nothing denies what was said before it."""
        if not self._between:
            self._release()

    def forget(self) -> None:
        """The open sentence was the head of a table."""
        self._open = None

    def torn(self) -> None:
        """Something was left out that could not be read: nothing continues it."""
        self._last, self._torn = None, True

    def display(self, rows: list[Row], offset: int) -> None:
        """The rows of a display whose source begins at ``offset`` of the answer."""
        open_, self._open = self._open, None
        if open_ is not None and not open_.formula:
            self._begin(open_.whole(), item=False)
        elif open_ is not None:
            self._settle(open_.whole(), item=False)
        for row in rows:
            self._row(replace(row, start=row.start + offset, end=row.end + offset))

    def cells(self, text: str, start: int, end: int) -> None:
        """A row of a table."""
        self._drop_lead()
        self._last = None
        self._emit(text, start, end, formula=False)
        self.end_of_line()

    def flush(self) -> None:
        """The answer has ended."""
        self.section()
        self._release()

    # Sentences over several lines

    def _with_open(self, open_: Open, found: Sentence) -> bool:
        """Whether a sentence is part of the open one, or is left out for its sake."""
        how = open_.joins(found.text)
        if how == "join" and open_.size + len(found.text) < MAX_LINE:
            open_.add(found)
            if found.ended:
                self._open = None
                self._settle(open_.whole(), item=False)
            return True
        if how == "apart":
            self.close()
            return False
        if how == "join":
            self._open = None
        else:
            self.close()
        self.torn()
        return True

    def _settle(self, found: Sentence, *, item: bool) -> None:
        """A sentence that is complete."""
        text, torn = w.unboxed(found.text), self._torn
        self._torn = False
        outside = BLOCKS.sub(" ", text)
        if STRAY.search(outside) or (torn and STRAY_MONEY.search(outside)):
            self._last = None
        elif found.alone and w.connecting(found.lead):
            self._formulas(found, found.alone, found.lead)
        elif w.wordless(text) and "$" not in text and "\\(" not in text:
            self._formulas(found, text, "")
        elif LEAD.search(text) or (not found.ended and LEADING_ON.search(text)):
            self._begin(replace(found, text=text), item=item)
        else:
            self._prose(replace(found, text=text), item=item)

    def _formulas(self, found: Sentence, source: str, lead: str) -> None:
        """A sentence that is formulas alone."""
        plain = source is not found.alone
        if plain and (FACTORIAL.search(source) or w.DOUBTFUL_ITEM.match(source)):
            self.torn()
            return
        for n, row in enumerate(display_rows(source.rstrip(" .。,，;；"))):
            text = f"{lead} {row.text}" if lead and not n else row.text
            self._row(Row(text, found.start, found.end, row.whole))

    def _begin(self, found: Sentence, *, item: bool) -> None:
        """Words before a display, a list or a formula."""
        words = BLOCKS.sub(" ", found.text)
        going_on = self._lead is not None and (item or GOING_ON.match(found.text))
        if going_on and self._lead is not None:
            found = replace(found, text=f"{self._prefix(self._lead)} {found.text}")
        elif not w.supposing(words):
            self._prose(found, item=item)
            return
        self._drop_lead()
        self._last = None
        firm = w.trigger(BLOCKS.sub(" ", found.text))
        self._lead = Lead(found.text, found.start, found.end, firm)

    def _drop_lead(self) -> None:
        lead, self._lead = self._lead, None
        if lead is not None and not lead.used:
            self._emit(lead.text, lead.start, lead.end, formula=False)

    def _prefix(self, lead: Lead) -> str:
        short = len(lead.text) <= SHORT_LEAD and not w.has_relation(lead.text)
        return lead.text if short else f"({lead.firm}):"

    def _prose(self, found: Sentence, *, item: bool) -> None:
        self._last = None
        text = found.text
        lead, held = self._lead, self._held
        if lead is not None and lead.firm and (item or GOING_ON.match(text)):
            text = self._under(lead, text)
            found = replace(found, start=found.start if lead.used else lead.start)
            self._lead_used()
        else:
            self._drop_lead()
        said = OR.match(text)
        if said and (held is None or not held.formula or held is not self._held):
            self.torn()
        elif said and held is not None:
            self._held = None
            self._emit(f"{_dollars(held.text)} {text}", held.start, found.end, formula=False)
        elif held is not None and held is self._held and _denies(text, held):
            self._held = None
            self._emit(_denied(held.text, text), held.start, found.end, formula=False)
        else:
            self._emit(text, found.start, found.end, formula=False)

    def _under(self, lead: Lead, text: str) -> str:
        """A text with the words under which it stands."""
        return f"{self._prefix(lead) if lead.used else lead.text} {text}"

    # Rows

    def _row(self, row: Row) -> None:
        text = w.GUARDED.sub(r"\1", row.text.rstrip(" .,;，。；"))
        if not row.whole or doubtful(text) or len(text) > MAX_LINE:
            self._lead_used()
            self.torn()
        elif w.LEADING.match(text) and not w.connecting(text):
            self._continued(replace(row, text=text))
        elif OR.fullmatch(w.unworded(text)) and self._held is not None:
            self._between = "or"
        elif not w.has_relation(text):
            words = not w.wordless(text)
            if words and w.worth(text):
                self._worded(text, row)
            self._last = None if words else Last(text.rstrip(" .,;，。"), row.start, spoken=False)
        else:
            self._relation(text, row.start, row.end)

    def _worded(self, text: str, row: Row) -> None:
        """Words in a display."""
        lead, start = self._lead, row.start
        if lead is not None:
            text = self._under(lead, text)
            start = start if lead.used else lead.start
            self._lead_used()
        self._emit(text, start, row.end, formula=False)

    def _lead_used(self) -> None:
        """What the words before reach: all that follows, or only the first formula."""
        if self._lead is not None:
            self._lead = replace(self._lead, used=True) if self._lead.firm else None

    def _continued(self, row: Row) -> None:
        """A row that begins with a relation sign."""
        last, text = self._last, row.text
        leading = w.LEADING.match(text)
        rest = text[leading.end() :] if leading else text
        if last is None:
            if w.has_relation(rest):
                self._relation(rest, row.start, row.end)
            else:
                self._last = Last(rest.rstrip(" .,;，。"), row.start, spoken=False)
            return
        side = last_side(text)
        same = w.EQUALS.match(text) and side and w.letters(last.side) == w.letters(rest)
        if last.spoken and same and self._lead is None:
            closed = not w.letters(last.side)
            self._emit(text, row.start, row.end, formula=True, closed=closed)
            self._last = Last(side, row.start, spoken=True)
            return
        start = row.start if last.spoken else last.start
        self._relation(f"{last.side} {text}", start, row.end)

    def _relation(self, text: str, start: int, end: int) -> None:
        side, closed = last_side(text), w.numeric(text)
        if FACTORIAL.search(text):
            text = f"${text.rstrip(' .。')}$"
        text = _kept_bracket(text)
        lead = self._lead
        if lead is not None:
            text = self._under(lead, _dollars(text))
            start = start if lead.used else lead.start
            self._lead_used()
        between, self._between = self._between, ""
        held = self._held
        if (between or OR.match(text)) and held is not None and held.formula:
            self._held = None
            text = f"{_dollars(held.text)} {between} {_dollars(text)}"
            start, side = held.start, ""
        elif OR.match(text):
            self.torn()
            return
        self._emit(text, start, end, formula=True, closed=closed)
        self._last = Last(side, start, spoken=lead is None) if side else None

    # Steps

    def _emit(
        self, text: str, start: int, end: int, *, formula: bool, closed: bool = False
    ) -> None:  # fmt: skip
        self._release()
        text = w.visible(text)
        if not w.worth(text):
            return
        if len(text) > MAX_LINE or (
            not formula and FACTORIAL.search(text) and not BLOCKS.search(text)
        ):
            self.torn()
            return
        self._held = Held(text, start, end, formula, closed)
        if not formula and not w.has_relation(text):
            self._release()

    def _release(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._out.append(SpokenStep(self._index, held.text, held.start, held.end))
            self._index += 1


def _kept_bracket(text: str) -> str:
    """A last bracket that holds LaTeX in braces: a reader could take it for a comment."""
    at = text.rfind("(")
    if not text.endswith(")") or "\\" not in text[at:] or text[at - 5 : at] == "\\left":
        return text
    return f"{text[:at]}{{{text[at:]}}}"


def _denies(text: str, held: Held) -> bool:
    """Whether a sentence says of the step before that it is false."""
    if (held.formula and not held.closed) or not w.DENIAL.search(BLOCKS.sub(" ", text)):
        return False
    return held.closed or not w.has_relation(text) or POINTING.match(text) is not None


def _denied(held: str, text: str) -> str:
    formula = _dollars(held) if "\\" in held else held
    mark = "" if formula[-1:] in ".。!！?？" else "." if text[:1].isupper() else ","
    return f"{formula}{mark} {text}"


def _dollars(text: str) -> str:
    """A formula as it stands among words; in one with units (``60 km``) the letters of a unit
    would be read as factors."""
    units = "\\" not in text and not w.no_words(w.LETTERS.sub(" words ", text))
    return text if "$" in text or units else f"${text}$"
