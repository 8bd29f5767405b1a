"""Formulas as LaTeX."""

from __future__ import annotations

import re

from assistant.maths.showing import layout as lay
from assistant.maths.showing.layout import Face, Layout, Role
from assistant.maths.showing.notation import Notation
from assistant.maths.terms import Expr
from assistant.maths.types import Lang

COMMANDS = {
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "∈": r"\in",
    "→": r"\to",
    "≈": r"\approx",
    "|": r"\mid",
    "·": r"\cdot",
    "±": r"\pm",
    "∪": r"\cup",
    "∩": r"\cap",
    "∖": r"\setminus",
    "mod": r"\bmod",
    "∞": r"\infty",
    "∅": r"\varnothing",
    "ℝ": r"\mathbb{R}",
    "ℤ": r"\mathbb{Z}",
    "ℕ": r"\mathbb{N}",
    "ℚ": r"\mathbb{Q}",
    "ℂ": r"\mathbb{C}",
    "∂": r"\partial",
    "%": r"\%",
    "°": r"^{\circ}",
    "′": "'",
    "″": "''",
    "{": r"\{",
    "}": r"\}",
    "⌊": r"\lfloor",
    "⌋": r"\rfloor",
    "⌈": r"\lceil",
    "⌉": r"\rceil",
    "∫": r"\int",
    "∑": r"\sum",
    "∏": r"\prod",
    "lim": r"\lim",
}
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        (
            "\\" + name
            for name in """alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu
            xi pi rho sigma tau upsilon varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma
            Phi Psi Omega""".split()
        ),
        strict=True,
    )
)
FUNCTIONS = frozenset(
    """sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth ln log lg max min gcd det
    exp""".split()
)
SPACED = (Role.JOIN, Role.RELATION, Role.BINARY)
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "`": r"\textasciigrave{}",
    "'": "'",
    "−": "-",
    "�": "?",
}


def latex(expr: Expr, lang: Lang = Lang.EN) -> str:
    """The LaTeX source of a formula, without dollar signs."""
    return draw(Notation(lang)(expr))


def escape(text: str) -> str:
    """Text that LaTeX prints as it is."""
    return "".join(ESCAPES.get(c, c) for c in text)


def draw(shape: Layout) -> str:
    """The LaTeX of a shape."""
    match shape:
        case lay.Atom():
            return _atom(shape)
        case lay.Sign():
            return _sign(shape)
        case lay.Row(items):
            return _joined([_item(items, n) for n in range(len(items))])
        case lay.Fraction(num, den):
            return rf"\frac{{{draw(num)}}}{{{draw(den)}}}"
        case lay.Radical(body, index):
            degree = f"[{draw(index)}]" if index is not None else ""
            return rf"\sqrt{degree}{{{draw(body)}}}"
        case lay.Scripts(base, sub, sup):
            return _base(base) + _script("_", sub) + _script("^", sup)
        case lay.Fence(opening, body, closing):
            left, right = _bracket(opening), _bracket(closing)
            if lay.tall(body):
                return rf"\left{left} {draw(body)} \right{right}"
            return _joined([left, draw(body), right])
        case lay.Big(sign, below, above):
            return COMMANDS[sign] + _script("_", below) + _script("^", above)
        case lay.Grid():
            return _grid(shape)


def _bracket(sign: str) -> str:
    return sign if sign == "|" else COMMANDS.get(sign, sign)


def _script(sign: str, part: Layout | None) -> str:
    if part is None:
        return ""
    drawn = draw(part)
    return sign + (drawn if len(drawn) == 1 else f"{{{drawn}}}")


def _atom(atom: lay.Atom) -> str:
    text = atom.text
    if text in GREEK or text in COMMANDS:
        return GREEK.get(text) or COMMANDS[text]
    match atom.face:
        case Face.WORDS:
            return rf"\text{{{escape(text)}}}"
        case Face.NAME if text in FUNCTIONS:
            return "\\" + text
        case Face.NAME if text == "d":
            return "d"
        case Face.NAME if re.fullmatch("[A-Za-z]+", text):
            return rf"\operatorname{{{text}}}"
        case Face.NUMBER if text.replace(".", "").isdecimal():
            return text
        case _ if re.fullmatch("[A-Za-z0-9]", text):
            return text
    return rf"\text{{{escape(text)}}}"


def _sign(sign: lay.Sign) -> str:
    match sign.role:
        case Role.TIMES:
            return ""
        case Role.APPLY:
            return "" if sign == lay.PLUS else " "
        case Role.SPACED_TIMES | Role.GUARDED_TIMES:
            return r"\,"
        case Role.COMMA:
            return ", "
    if sign.text in COMMANDS or sign.text in "+-=<>!" or set(sign.text) == {"′"}:
        return COMMANDS.get(sign.text) or sign.text.replace("′", "'")
    gap = " " if sign.text.isascii() else "~"  # Chinese type drops plain spaces
    return rf"\text{{{gap}{escape(sign.text)}{gap}}}"


def _item(items: tuple[Layout, ...], n: int) -> str:
    item = items[n]
    if isinstance(item, lay.Sign) and item.role in SPACED:
        return f" {draw(item)} "
    gap = item in (lay.SPACED_TIMES, lay.GUARDED_TIMES)
    if gap and _upright(items[n + 1 : n + 2]) and not _d(items[n + 1]):
        return " "  # \sin brings its own gap
    if item == lay.APPLY and isinstance(items[n + 1], lay.Fence):
        return ""
    return draw(item)


def _upright(following: tuple[Layout, ...]) -> bool:
    match following:
        case (lay.Atom(_, Face.NAME) | lay.Scripts(lay.Atom(_, Face.NAME)),):
            return True
    return False


def _d(shape: Layout) -> bool:
    return shape == lay.name("d")


def _joined(parts: list[str]) -> str:
    """Pieces put together, with a space where a command would swallow a letter."""
    out = ""
    for part in parts:
        if part and re.search(r"\\[A-Za-z]+$", out) and part[0].isalpha():
            out += " "
        out += part
    return re.sub(" +", " ", out).strip()


def _base(base: Layout) -> str:
    drawn = draw(base)
    plain = isinstance(base, lay.Atom | lay.Fence) and not drawn.startswith(r"\text")
    return drawn if plain else f"{{{drawn}}}"


def _grid(grid: lay.Grid) -> str:
    body = r" \\ ".join(" & ".join(map(draw, row)) for row in grid.rows)
    if not grid.closing:
        return rf"\begin{{cases}} {body} \end{{cases}}"
    kind = {"(": "pmatrix", "|": "vmatrix", "[": "bmatrix"}[grid.opening]
    return rf"\begin{{{kind}}} {body} \end{{{kind}}}"
