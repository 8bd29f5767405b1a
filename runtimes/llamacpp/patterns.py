"""Regular expressions of JSON Schema as grammars, the part of them that is regular.

Read here: literals, ``.``, classes, ``\\d \\w \\s`` and their opposites, groups, ``|``, the
quantifiers, ``^`` and ``$`` at the ends.  Look-around, back references and the like are refused.
A match is of characters of a JSON string: quotes and backslashes are written escaped, and
control characters are left out.
"""

from __future__ import annotations

from collections.abc import Mapping

DEEPEST = 20
MOST = 500
"""Repetitions that a quantifier may ask for."""
CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": " "}
BLANKS = r" \x85\u00A0\u1680\u180E\u2000-\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF"
"""All that ``\\s`` means to some reader of JSON Schema (beside control characters)."""
NOT_RAW = r'"\\\x7F\x00-\x1F'
"""What cannot stand in a JSON string as it is."""
ANY = rf'( [^{NOT_RAW}\u2028\u2029] | "\\\\" ["\\] )'
OUTSIDE = {**CLASSES, "s": BLANKS}
"""The same where they are what must not be."""
SPECIAL = frozenset("\\^$.|?*+()[]{}")


class PatternError(ValueError):
    """The expression is broken, or more than regular; the message says where."""


def pattern(text: str) -> str:
    """The body of a grammar's rule for the inside of a JSON string.  Raises ``PatternError``.

    As JSON Schema has it, a match anywhere in the string is enough unless it is anchored.
    """
    reader = _Reader(text)
    head = reader.take("^")
    body = reader.alternatives(0)
    if reader.rest():
        raise reader.wrong("unexpected")
    tail = reader.anchored_end
    if (head or tail) and reader.top_alternatives > 1:
        raise PatternError("anchors beside “|” need a group: ^(a|b)$")
    before = "" if head else f"{ANY}* "
    after = "" if tail else f" {ANY}*"
    return f"{before}( {body} ){after}"


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.anchored_end = False
        self.top_alternatives = 1

    def rest(self) -> str:
        return self._text[self._at :]

    def wrong(self, what: str) -> PatternError:
        return PatternError(f"{what} at {self._at}: {self.rest()[:20]}")

    def take(self, mark: str) -> bool:
        found = self._text.startswith(mark, self._at)
        self._at += len(mark) * found
        return found

    def alternatives(self, depth: int) -> str:
        if depth > DEEPEST:
            raise self.wrong("too deep")
        parts = [self._sequence(depth)]
        while self.take("|"):
            parts.append(self._sequence(depth))
        if depth == 0:
            self.top_alternatives = len(parts)
        return " | ".join(parts)

    def _sequence(self, depth: int) -> str:
        parts: list[str] = []
        while self.rest() and self.rest()[0] not in "|)":
            if self.rest() == "$":
                self._at += 1
                self.anchored_end = True
                break
            parts.append(self._atom(depth) + self._quantifier())
        return " ".join(parts) or '""'

    def _atom(self, depth: int) -> str:
        if self.take("("):
            if self.take("?:") or not self.rest().startswith("?"):
                body = self.alternatives(depth + 1)
                if not self.take(")"):
                    raise self.wrong("“)” expected")
                return f"( {body} )"
            raise self.wrong("not regular")
        if self.take("["):
            return self._class()
        if self.take("."):
            return ANY
        if self.take("\\"):
            return self._escape()
        if self.rest()[0] in SPECIAL:
            raise self.wrong("unexpected")
        self._at += 1
        return _one(self._text[self._at - 1])

    def _escape(self) -> str:
        letter = self.rest()[:1]
        self._at += 1
        if letter in CLASSES:
            return f"[{CLASSES[letter]}]"
        if letter.lower() in CLASSES and letter:
            return f"[^{OUTSIDE[letter.lower()]}{NOT_RAW}]"
        if not letter or (letter.isalnum() and letter.isascii()):
            self._at -= 1
            raise self.wrong("unknown escape")
        return _one(letter)

    def _class(self) -> str:
        negative = self.take("^")
        items: list[str] = []
        while not self.take("]"):
            if not self.rest():
                raise self.wrong("“]” expected")
            items.append(self._class_item(OUTSIDE if negative else CLASSES))
        if not items:
            raise self.wrong("an empty class")
        body = "".join(items)
        if negative:
            return f"[^{body}{NOT_RAW}]"
        return f"[{body}]"

    def _class_item(self, classes: Mapping[str, str]) -> str:
        if self.take("\\") and self.rest()[:1] in classes and self.rest():
            self._at += 1
            return classes[self._text[self._at - 1]]
        first = self._class_character()
        if self.rest().startswith("-") and not self.rest().startswith("-]"):
            self._at += 1
            self.take("\\")
            last = self._class_character()
            if first > last or first < "\x20":
                raise self.wrong("a wrong range")
            if any(first <= c <= last for c in '"\\\x7f'):
                raise self.wrong("a range over quotes or backslashes")
            return f"{_in_class(first)}-{_in_class(last)}"
        return _in_class(first)

    def _class_character(self) -> str:
        letter = self.rest()[:1]
        before = self._text[self._at - 1 : self._at]
        if not letter or letter in '"\\' or letter < "\x20":
            raise self.wrong("not in a class")
        if before == "\\" and letter.isalnum() and letter.isascii():
            raise self.wrong("unknown escape")
        self._at += 1
        return letter

    def _quantifier(self) -> str:
        for mark in "*+?":
            if self.take(mark):
                self._no_more_quantifiers()
                return mark
        if not self.take("{"):
            return ""
        span, closed, _ = self.rest().partition("}")
        low, comma, high = span.partition(",")
        numbers = [low] + ([high] if high else [])
        if not closed or not all(n.isascii() and n.isdecimal() and len(n) < 6 for n in numbers):
            raise self.wrong("a wrong quantifier")
        if int(low) > MOST or (high and int(high) < int(low)):
            raise self.wrong("a wrong quantifier")
        self._at += len(span) + 1
        self._no_more_quantifiers()
        if high:
            return f"{{{low},{min(int(high), MOST)}}}"
        return f"{{{low},}}" if comma else f"{{{low}}}"

    def _no_more_quantifiers(self) -> None:
        if self.rest()[:1] in ("*", "+", "?", "{"):
            raise self.wrong("not regular")


def _one(letter: str) -> str:
    """One character as a JSON string has it."""
    if letter < "\x20" or letter == "\x7f":
        raise PatternError("control characters")
    if letter in '"\\':
        return '"\\\\" "\\""' if letter == '"' else '"\\\\\\\\"'
    return f'"{letter}"'


def _in_class(letter: str) -> str:
    escapes = {"]": "\\]", "\\": "\\\\", "[": "\\[", "-": "\\x2D", "^": "\\x5E"}
    return escapes.get(letter, letter)
