"""What belongs together in one step, and what must not be said without what stands beside it.

A sentence that goes on in the next line is one step.  Words that suppose or deny something
before a display go along with it, and so does *which is false* behind it: taken out of them
a formula would be claimed that nobody claimed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.events import SpokenStep
from assistant.maths.reading.claims import BLOCKS, MAX_LINE
from assistant.steps import wording as w
from assistant.steps.displays import Row, display_rows, doubtful, last_side
from assistant.steps.sentences import Sentence

LEAD = re.compile(r"[:：][\s*_]*$")
GOING_ON = re.compile(r"[a-z,，;；)）]|[则那就时且而与和并但]")
"""How the rest of a sentence begins behind a display."""
VALUE = re.compile(r"(?:\d|[)\]}$%]|(?<![A-Za-z])[A-Za-z])$")
CAPITAL = re.compile(r"[A-Z][A-Za-z]")
STRAY = re.compile(r"\\[()\[\]]|(?<!\\)\$(?![\d.])(?<!\d\$)|\\\\|(?<!\\)&|\\(?:begin|end)\{")
STRAY_MONEY = re.compile(r"(?<!\\)\$(?!\d)")
FACTORIAL = re.compile(r"[\w)}\]]\s*!+[\s.。]*$")
BRACKETED = re.compile(r"\(([^()]*\\[^()]*)\)\s*$")
SHORT_LEAD = 80


@dataclass(frozen=True, slots=True)
class _Lead:
    """Words before formulas that suppose, deny or round; ``used`` with the first of them."""

    text: str
    start: int
    end: int
    used: bool = False


@dataclass(frozen=True, slots=True)
class _Last:
    """The last side of the formula before; ``spoken`` where it was part of a step."""

    side: str
    start: int
    spoken: bool


@dataclass(frozen=True, slots=True)
class _Held:
    """A step that waits for what follows it; a ``formula`` waits beyond its own line."""

    text: str
    start: int
    end: int
    formula: bool


class Assembly:
    """Takes sentences and rows in order, and gives steps."""

    def __init__(self) -> None:
        self._index = 0
        self._out: list[SpokenStep] = []
        self._open: Sentence | None = None
        self._lead: _Lead | None = None
        self._last: _Last | None = None
        self._held: _Held | None = None
        self._torn = False

    @property
    def waits_as_formula(self) -> bool:
        """Whether the open sentence is a formula, which the next line might go on with."""
        return self._open is not None and w.wordless(self._open.text)

    def taken(self) -> list[SpokenStep]:
        """The steps since the last call."""
        out, self._out = self._out, []
        return out

    # What the parser finds

    def sentence(self, found: Sentence, *, joins: bool, item: bool = False) -> None:
        """A sentence; ``joins`` where it may go on with the one of the line before, ``item``
        where it begins an item of a list."""
        now: Sentence | None = found
        if self._open is not None:
            now = self._with_open(found) if joins else self._apart(found)
        if now is None:
            return
        if now.ended:
            self._settle(now, item=item)
        else:
            self._open = now

    def end_of_line(self) -> None:
        """No denial follows in the same line."""
        if self._held is not None and not self._held.formula:
            self._release()

    def peek(self, char: str) -> None:
        """The next line begins with a character with which no formula goes on."""
        open_ = self._open
        if open_ is None or not self.waits_as_formula or w.DANGLING.search(open_.text):
            return
        if char.isdigit() or char.isupper() or w.HAN.match(char):
            self.close()

    def close(self) -> None:
        """A block ends: no sentence goes on."""
        open_, self._open = self._open, None
        if open_ is not None:
            self._settle(open_, item=False)
        self.end_of_line()

    def section(self) -> None:
        """A heading or a rule: nothing before reaches what follows."""
        self.close()
        self._drop_lead()
        self._last = None

    def forget(self) -> None:
        """The open sentence was the head of a table."""
        self._open = None

    def torn(self) -> None:
        """Something was left out that could not be read: nothing continues it."""
        self._last, self._torn = None, True

    def display(self, rows: list[Row], offset: int) -> None:
        """The rows of a display whose source begins at ``offset`` of the answer."""
        open_, self._open = self._open, None
        if open_ is not None and not w.wordless(open_.text):
            self._begin(open_, item=False)
        elif open_ is not None:
            self._settle(open_, item=False)
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

    def _apart(self, found: Sentence) -> Sentence | None:
        self.close()
        return found

    def _with_open(self, found: Sentence) -> Sentence | None:
        """The open sentence with what follows it, or the new one alone; ``None``: neither."""
        open_ = self._open
        assert open_ is not None
        how = _joins(open_.text, found.text)
        if how == "join" and len(open_.text) + len(found.text) <= MAX_LINE:
            self._open = None
            text = f"{open_.text} {found.text}"
            return Sentence(text, open_.start, found.end, found.ended)
        if how == "join":
            self._open = None
            self.torn()
            return None
        self.close()
        if how == "drop":
            self.torn()
            return None
        return found

    def _settle(self, found: Sentence, *, item: bool) -> None:
        """A sentence that is complete."""
        text, torn = w.unboxed(found.text), self._torn
        self._torn = False
        if STRAY.search(BLOCKS.sub(" ", text)) or (torn and STRAY_MONEY.search(text)):
            self._last = None
        elif found.alone and w.connecting(found.lead):
            self._formulas(found, found.alone, found.lead)
        elif w.wordless(text) and "$" not in text and "\\(" not in text:
            self._formulas(found, text, "")
        elif LEAD.search(text):
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
        self._lead = _Lead(found.text, found.start, found.end)

    def _drop_lead(self) -> None:
        lead, self._lead = self._lead, None
        if lead is not None and not lead.used:
            self._emit(lead.text, lead.start, lead.end, formula=False)

    def _prefix(self, lead: _Lead) -> str:
        short = len(lead.text) <= SHORT_LEAD and not w.has_relation(lead.text)
        return lead.text if short else f"({w.trigger(BLOCKS.sub(' ', lead.text))}):"

    def _prose(self, found: Sentence, *, item: bool) -> None:
        self._last = None
        text = found.text
        lead, held = self._lead, self._held
        if lead is not None and (item or GOING_ON.match(text)):
            text = self._under(lead, text)
            found = replace(found, start=found.start if lead.used else lead.start)
            self._lead = replace(lead, used=True)
        else:
            self._drop_lead()
        if held is not None and held is self._held and w.DENIAL.search(BLOCKS.sub(" ", text)):
            self._held = None
            formula = f"${held.text}$" if "\\" in held.text and "$" not in held.text else held.text
            self._emit(f"{formula.rstrip(' .。')}, {text}", held.start, found.end, formula=False)
        else:
            self._emit(text, found.start, found.end, formula=False)

    def _under(self, lead: _Lead, text: str) -> str:
        """A text with the words under which it stands."""
        return f"{self._prefix(lead) if lead.used else lead.text} {text}"

    # Rows

    def _row(self, row: Row) -> None:
        text = w.GUARDED.sub(r"\1", row.text)
        if not row.whole or doubtful(text) or len(text) > MAX_LINE:
            self._drop_lead_after_use()
            self.torn()
        elif w.LEADING.match(text) and not w.connecting(text):
            self._continued(replace(row, text=text))
        elif not w.has_relation(text):
            words = not w.wordless(text)
            if words and w.worth(text):
                self._emit(text, row.start, row.end, formula=False)
            self._last = None if words else _Last(text.rstrip(" .,;，。"), row.start, spoken=False)
        else:
            self._relation(text, row.start, row.end)

    def _drop_lead_after_use(self) -> None:
        if self._lead is not None:
            self._lead = replace(self._lead, used=True)

    def _continued(self, row: Row) -> None:
        """A row that begins with a relation sign."""
        last, text = self._last, row.text
        leading = w.LEADING.match(text)
        rest = text[leading.end() :] if leading else text
        if last is None:
            if w.has_relation(rest):
                self._relation(rest, row.start, row.end)
            else:
                self._last = _Last(rest.rstrip(" .,;，。"), row.start, spoken=False)
            return
        side = last_side(text)
        same = w.EQUALS.match(text) and side and w.letters(last.side) == w.letters(rest)
        if last.spoken and same and self._lead is None:
            self._emit(text, row.start, row.end, formula=True)
            self._last = _Last(side, row.start, spoken=True)
            return
        start = row.start if last.spoken else last.start
        self._relation(f"{last.side} {text}", start, row.end)

    def _relation(self, text: str, start: int, end: int) -> None:
        side = last_side(text)
        if FACTORIAL.search(text):
            text = f"${text.rstrip(' .。')}$"
        text = BRACKETED.sub(r"{(\1)}", text)
        lead = self._lead
        if lead is not None:
            formula = text if "$" in text else f"${text}$"
            text = self._under(lead, formula)
            start = start if lead.used else lead.start
            self._lead = replace(lead, used=True)
        self._emit(text, start, end, formula=True)
        self._last = _Last(side, start, spoken=True) if side else None

    # Steps

    def _emit(self, text: str, start: int, end: int, *, formula: bool) -> None:
        self._release()
        text = w.visible(text)
        if not w.worth(text):
            return
        if len(text) > MAX_LINE or (not formula and FACTORIAL.search(text)):
            self.torn()
            return
        self._held = _Held(text, start, end, formula)
        if not w.numeric(text):
            self._release()

    def _release(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._out.append(SpokenStep(self._index, held.text, held.start, held.end))
            self._index += 1


def _joins(open_: str, found: str) -> str:
    """Whether a line goes on with the sentence of the line before: *join*, *apart*, or *drop*
    where either reading could be wrong."""
    if LEAD.search(open_):
        return "apart"
    first, second = w.wordless(open_), w.wordless(found)
    if w.LEADING.match(found):
        return "apart" if first else "join"
    if w.OPERATOR.match(found):
        return "join"
    if w.MINUS.match(found):
        return "apart" if first and w.has_relation(found) else "join"
    if w.DANGLING.search(open_) or open_.endswith((",", "，", "、")):
        return "join"
    if first:
        return "join" if not second and found[:1].islower() else "apart"
    if second:
        if w.has_relation(open_):
            return "apart"
        return "drop" if VALUE.search(open_) else "join"
    new = CAPITAL.match(found) or w.core(found) != found
    return "apart" if new and w.has_relation(open_) else "join"
