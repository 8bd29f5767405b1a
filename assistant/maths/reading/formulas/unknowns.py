"""Which letters of a text are functions: found before the formula is read.

``y' = y`` is about a function y of x, though it nowhere says so; ``f(x)`` is an
application, though ``x(x+1)`` is a product.
"""

from __future__ import annotations

from assistant.maths.reading.formulas.cursor import Cursor
from assistant.maths.reading.formulas.tokens import Kind, Token
from assistant.maths.terms import Symbol

USUAL = frozenset(["f", "g", "h", "F", "G", "H", "phi", "psi"])
"""Letters that are functions before any bracket, if they never stand without one."""
UNKNOWN = frozenset(["y", "u", "v", "w", "z", "x", "P", "Q"])
"""Letters that are functions before a lone variable, ``y(x)``."""
VARIABLES = frozenset("xtszrn") | {"theta"}
STARTS = frozenset([",", ";", "\n", "\\\\", "and", "or"])
DERIVATIVES = frozenset(["Derivative", "diff"])


def find(cursor: Cursor) -> None:
    """Fill in ``functions`` and ``dependent`` of a reader."""
    tokens = cursor.tokens
    texts = {token.text for token in tokens if token.kind is Kind.NAME}
    primed: dict[str, str] = {}
    for n, token in enumerate(tokens[:-1]):
        if token.kind is Kind.NAME and _primed(tokens, n + 1):
            found = _argument_after_primes(tokens, n + 1)
            if primed.get(token.text, "(") == "(":
                primed[token.text] = found
        elif pair := _leibniz(tokens, n):
            primed[pair[0]] = pair[1]
        elif token.text in DERIVATIVES and _applied_to(tokens, n + 2):
            cursor.functions.add(tokens[n + 2].text)
    default = "t" if "x" in primed or ("t" in texts and "x" not in texts) else "x"
    for name, variable in primed.items():
        if variable == "(":  # f'(3): nothing is said of a lone f
            cursor.functions.add(name)
        elif name not in cursor.functions or variable or name in UNKNOWN:
            cursor.functions.discard(name)  # so that y(1 - y) is a product
            cursor.dependent[name] = Symbol(variable or default)
    _forms(cursor)
    _named(cursor)
    _applications(cursor)


def _forms(cursor: Cursor) -> None:
    """``y dx - x dy = 0``: y is the function, or x of t."""
    tokens = cursor.tokens
    if any(t.text in ("∫", "∬", "∭", "int", "/d") for t in tokens):
        return
    found = {
        tokens[n + 1].text
        for n, t in enumerate(tokens[:-1])
        if t.text == "d" and tokens[n + 1].kind is Kind.NAME and not tokens[n + 1].spaced
    }
    if len(found) == 2 and not cursor.dependent and any(t.text == "=" for t in tokens):
        above = next(n for n in ("y", "x", *sorted(found)) if n in found)
        below = next(n for n in found if n != above)
        cursor.forms = (above, below)
        cursor.dependent[above] = Symbol(below)


def _named(cursor: Cursor) -> None:
    """``E = m*c^2``: a letter alone on a side of an equation is no constant."""
    tokens = [None, *cursor.tokens, None]
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token and token.text in ("E", "I") and token.kind is Kind.NAME:
            left = before is None or before.text in STARTS
            if left and after is not None and after.text == "=":
                cursor.names |= {token.text}


def _primed(tokens: list[Token], at: int) -> bool:
    """Whether primes stand here: ``'`` or ``^{\\prime}``."""
    while tokens[at].text in ("^", "{") and at + 1 < len(tokens):
        at += 1
    return tokens[at].kind is Kind.SIGN and tokens[at].text == "'"


def _argument_after_primes(tokens: list[Token], at: int) -> str:
    """``x`` of ``y'(x)``; ``(`` if something else stands in the bracket; else nothing."""
    while tokens[at].text in ("'", "^", "{", "}"):
        at += 1
    if tokens[at].text != "(":
        return ""
    return tokens[at + 1].text if _lone(tokens, at) else "("


def _lone(tokens: list[Token], at: int) -> bool:
    """Whether a bracket holds one name only."""
    return at + 2 < len(tokens) and tokens[at + 1].kind is Kind.NAME and tokens[at + 2].text == ")"


def _applied_to(tokens: list[Token], at: int) -> bool:
    return (
        at + 1 < len(tokens)
        and tokens[at].kind is Kind.NAME
        and tokens[at + 1].text == "("
        and _lone(tokens, at + 1)
    )


def _leibniz(tokens: list[Token], at: int) -> tuple[str, str] | None:
    """``y`` and ``x`` of ``dy/dx``, ``d^2y/dx^2`` or ``\\frac{dy}{dx}`` around a bar."""
    if tokens[at].text == "}" and at + 1 < len(tokens) and tokens[at + 1].text == "{":
        below = at + 2
    elif tokens[at].text == "/":
        below = at + 1
    else:
        return None
    if at < 2 or below + 1 >= len(tokens) or tokens[below].text != "d":
        return None
    above, variable = tokens[at - 1], tokens[below + 1]
    before = [t.text for t in tokens[max(0, at - 6) : at - 1]]
    starts = before[-1] == "d" or ("d" in before and before[-1] in ("2", "3", ")", "}"))
    if above.kind is Kind.NAME and variable.kind is Kind.NAME and above.text != "d" and starts:
        return above.text, variable.text
    return None


def _applications(cursor: Cursor) -> None:
    """Letters that are only ever seen before a bracket, as functions are."""
    bare: set[str] = set()
    lone: set[str] = set()
    applied: set[str] = set()
    tokens = cursor.tokens
    for n, token in enumerate(tokens[:-1]):
        if token.kind is not Kind.NAME:
            continue
        if tokens[n + 1].text != "(" or tokens[n + 1].spaced:
            if not _primed(tokens, n + 1):
                bare.add(token.text)
        elif _lone(tokens, n + 1) and tokens[n + 2].text in VARIABLES:
            lone.add(token.text)
        else:
            applied.add(token.text)
    guessed = ((lone | applied) & USUAL) | (lone & UNKNOWN)
    cursor.functions |= guessed - bare - cursor.names - cursor.dependent.keys()
