"""Formulas as MathML Core, which browsers draw without a script."""

from __future__ import annotations

from html import escape

from assistant.maths.showing import layout as lay
from assistant.maths.showing.fitting import BREAKS, broken_at
from assistant.maths.showing.layout import Face, Layout, Role
from assistant.maths.showing.linear import flat
from assistant.maths.showing.notation import Notation
from assistant.maths.terms import Expr
from assistant.maths.types import Lang

LONG = 40
"""Characters from which a formula may need more than one line on a telephone."""
NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def mathml(expr: Expr, lang: Lang = Lang.EN) -> str:
    """A ``math`` element within a line."""
    return _math(draw(Notation(lang)(expr)), "")


def displayed(expr: Expr, lang: Lang = Lang.EN) -> str:
    """A ``math`` element on a line of its own."""
    return _math(draw(Notation(lang)(expr)), ' display="block"')


def broken(expr: Expr, lang: Lang) -> str:
    """A formula on a line of its own; a long one as pieces between which a browser may
    break the line, since MathML Core has no line breaks of its own."""
    shape = Notation(lang)(expr)
    if not isinstance(shape, lay.Row) or len(flat(shape)) < LONG:
        return _math(draw(shape), ' display="block"')
    pieces = (draw(lay.row(*piece)) for piece in broken_at(shape.items, BREAKS[-1]))
    spoken = escape(flat(shape))
    style = ' displaystyle="true"'
    inner = "".join(f"<span>{_math(piece, style)}</span>" for piece in pieces)
    return f'<span class="pieces" role="math" aria-label="{spoken}">{inner}</span>'


def _math(inner: str, attributes: str) -> str:
    return f'<math xmlns="{NAMESPACE}"{attributes}>{inner}</math>'


def _tag(tag: str, *inner: str, attributes: str = "") -> str:
    return f"<{tag}{attributes}>{''.join(inner)}</{tag}>"


def draw(shape: Layout) -> str:
    """The MathML of a shape: exactly one element."""
    match shape:
        case lay.Atom(text, face):
            return _atom(text, face)
        case lay.Sign():
            return _sign(shape)
        case lay.Row(items):
            return _tag("mrow", *(_item(items, n) for n in range(len(items))))
        case lay.Fraction(num, den):
            return _tag("mfrac", draw(num), draw(den))
        case lay.Radical(body, None):
            return _tag("msqrt", draw(body))
        case lay.Radical(body, index):
            assert index is not None
            return _tag("mroot", draw(body), draw(index))
        case lay.Scripts(base, sub, sup):
            return _around(("msub", "msup"), base, sub, sup)
        case lay.Fence(opening, body, closing):
            return _tag(
                "mrow",
                _fence(opening, "prefix", grow=lay.tall(body)),
                draw(body),
                _fence(closing, "postfix", grow=lay.tall(body)),
            )
        case lay.Big(sign, below, above):
            sides = ("msub", "msup") if sign == "∫" else ("munder", "mover")
            head: Layout = lay.name(sign) if sign == "lim" else lay.Sign(sign, Role.PREFIX)
            return _around(sides, head, below, above)
        case lay.Grid(rows, opening, closing):
            left = ' columnalign="left" style="text-align:left"' if not closing else ""
            table = _tag(
                "mtable",
                *(
                    _tag("mtr", *(_tag("mtd", draw(c), attributes=left) for c in row))
                    for row in rows
                ),
            )
            return _tag("mrow", _fence(opening, "prefix"), table, _fence(closing, "postfix"))


def _item(items: tuple[Layout, ...], n: int) -> str:
    """One of a row; before an argument without brackets stands a thin gap."""
    item = items[n]
    if item == lay.APPLY and not isinstance(items[n + 1], lay.Fence):
        return _tag("mo", lay.APPLY.text, attributes=' lspace="0" rspace="0.17em"')
    return draw(item)


def _around(tags: tuple[str, str], base: Layout, below: Layout | None, above: Layout | None) -> str:
    low, high = tags
    drawn = draw(base)
    if below is not None and above is not None:
        return _tag(low + high.removeprefix("m"), drawn, draw(below), draw(above))
    if below is not None:
        return _tag(low, drawn, draw(below))
    return _tag(high, drawn, draw(above)) if above is not None else drawn


def _atom(text: str, face: Face) -> str:
    match face:
        case Face.NUMBER:
            return _tag("mn", escape(text))
        case Face.WORDS:
            return _tag("mtext", escape(text))
        case Face.NAME:
            normal = ' mathvariant="normal"' if len(text) == 1 else ""
            return _tag("mi", escape(text), attributes=normal)
        case Face.LETTER:
            return _tag("mi", escape(text))


def _sign(sign: lay.Sign) -> str:
    match sign.role:
        case Role.TIMES | Role.APPLY:
            return _tag("mo", sign.text, attributes=' lspace="0" rspace="0"')
        case Role.SPACED_TIMES | Role.GUARDED_TIMES:
            return '<mspace width="0.17em"></mspace>'
        case Role.JOIN:
            return _tag("mtext", f"\u00a0{escape(sign.text)}\u00a0")
        case Role.RELATION | Role.BINARY:  # infix at the begin of a broken line, too
            return _tag("mo", escape(sign.text.replace("-", "−")), attributes=' form="infix"')
        case Role.COMMA:
            return _tag("mo", ",", attributes=' separator="true" rspace="0.33em"')
        case Role.PREFIX if sign.text in "-±":
            return _tag("mo", sign.text.replace("-", "−"), attributes=' form="prefix"')
    return _tag("mo", escape(sign.text.replace("-", "−")))


def _fence(bracket: str, form: str, *, grow: bool = True) -> str:
    if not bracket:
        return ""
    stretchy = str(grow).lower()
    closed = f' form="{form}" fence="true" stretchy="{stretchy}" lspace="0" rspace="0"'
    return _tag("mo", escape(bracket), attributes=closed)
