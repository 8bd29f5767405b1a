"""LaTeX commands to tokens.

A command that has a plain spelling becomes the same token; one that takes arguments
(``\\frac``, ``\\begin``) becomes a ``COMMAND`` token, which ``layout`` reads; one that only
moves things about is white space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.maths.reading.formulas.characters import GREEK, SPACES
from assistant.maths.reading.formulas.tokens import LETTERS, Kind
from assistant.maths.reading.formulas.words import CONSTANTS, FUNCTIONS

if TYPE_CHECKING:
    from assistant.maths.reading.formulas.lexer import Lexer

NOTHING = frozenset(
    """, ; : ! > ( ) [ ] / quad qquad space thinspace enspace thickspace medspace negthinspace big
    Big bigl bigr Bigl Bigr bigg Bigg biggl biggr Biggl Biggr middle displaystyle textstyle
    scriptstyle limits nolimits hline nonumber notag mathstrut boxed left right mathop mathrel
    mathbin mathord hfill centering par noindent boldmath""".split()
) | {" ", "\n", "\t"}
SIGNS = {
    "cdot": "*", "times": "*", "ast": "*", "cdotp": "*", "bullet": "*", "div": "÷", "pm": "±",
    "mp": "∓", "le": "<=", "leq": "<=", "leqslant": "<=", "leqq": "<=", "ge": ">=", "geq": ">=",
    "geqslant": ">=", "geqq": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "approx": "~",
    "equiv": "≡", "to": "->", "rightarrow": "->", "longrightarrow": "->", "cup": "∪", "cap": "∩",
    "in": "∈", "setminus": "∖", "backslash": "∖", "smallsetminus": "∖", "mid": "|", "vert": "|",
    "lvert": "lvert", "rvert": "rvert", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "land": "and", "wedge": "and", "lor": "or", "vee": "or", "{": "\\{", "}": "\\}",
    "lbrace": "\\{", "rbrace": "\\}", "%": "%", "circ": "°", "degree": "°", "prime": "'",
    "ldots": "...", "cdots": "...", "dots": "...", "langle": "(", "rangle": ")", "colon": ":",
    "partial": "∂", "int": "∫", "iint": "∬", "iiint": "∭", "sum": "Σ", "prod": "Π", "\\": "\\\\",
    "bmod": "mod", "mod": "mod", "cr": "\\\\", "lparen": "(", "rparen": ")", "lbrack": "[",
    "rbrack": "]", "|": "‖", "Vert": "‖", "newline": "\\\\",
}  # fmt: skip
WORDS = {
    "infty": "oo", "emptyset": "emptyset", "varnothing": "emptyset", "R": "RR", "Z": "ZZ",
    "N": "NN", "Q": "QQ", "C": "CC", "reals": "RR", "sgn": "sign",
}  # fmt: skip
VARIANTS = {
    "varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho",
    "varsigma": "sigma", "varkappa": "kappa", "ell": "l", "hbar": "hbar",
    "imath": "i", "jmath": "j",
}  # fmt: skip
ARGUMENTS = {
    "frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "sqrt",
    "binom": "binom", "dbinom": "binom", "tbinom": "binom", "pmod": "pmod",
}  # fmt: skip
FONTS = frozenset(
    "mathrm mathbf mathit mathsf mathcal mathbb mathnormal boldsymbol operatorname rm bm".split()
)
PROSE = frozenset("text mbox textbf textrm textit hbox textnormal".split())
SETS = {"R": "RR", "Z": "ZZ", "N": "NN", "Q": "QQ", "C": "CC"}
CONJUNCTIONS = {"and": "and", "且": "and", "和": "and", "or": "or", "或": "or"}


def command(lexer: Lexer) -> None:
    """Read the command that begins at the lexer's place."""
    source, start = lexer.source, lexer.at
    end = start + 1
    while end < len(source) and source[end] in LETTERS:
        end += 1
    end = min(max(end, start + 2), len(source))
    name = source[start + 1 : end]
    if name == "\\" and not lexer.environments and source[end : end + 1] in LETTERS:
        lexer.at = end - 1  # \\frac of a text that was escaped twice
        return
    if name in ("operatorname", "hspace", "vspace") and source[end : end + 1] == "*":
        end += 1
    if name in FONTS or name in PROSE:
        _argument(lexer, name, start, end)
    elif name in ("begin", "end"):
        _environment(lexer, name, start, end)
    elif name in ("label", "tag", "hspace", "vspace", "phantom"):
        lexer.at, lexer.spaced = _braced(source, end)[1], True
    else:
        _simple(lexer, name, start, end)
        _swallow_space(lexer, name)


def _simple(lexer: Lexer, name: str, start: int, end: int) -> None:
    if name in NOTHING:
        # \left. and \right. are brackets that are not there
        dot = name in ("left", "right", "middle") and lexer.source[end : end + 1] == "."
        if name in ("left", "right") and lexer.source[end : end + 1] == "|":
            lexer.add(Kind.SIGN, "lvert" if name == "left" else "rvert", start, end + 1)
        else:
            lexer.at = end + dot
            lexer.spaced = lexer.spaced or name not in ("left", "right", "!", "middle")
    elif name in SIGNS:
        lexer.add(Kind.SIGN, SIGNS[name], start, end)
        if name == "\\":
            _skip_row_gap(lexer)
    elif name in ARGUMENTS:
        lexer.add(Kind.COMMAND, ARGUMENTS[name], start, end)
    elif name in WORDS or name in FUNCTIONS or name in CONSTANTS:
        lexer.add(Kind.WORD, WORDS.get(name, name), start, end)
    elif name in GREEK or name in VARIANTS:
        plain = VARIANTS.get(name, name)
        indexed, stop = lexer.subscript(plain, end)
        lexer.add(Kind.NAME, indexed, start, stop)
    else:
        lexer.add(Kind.TEXT, lexer.source[start:end], start, end)


def _swallow_space(lexer: Lexer, name: str) -> None:
    """The space that ends a command's name is no space in the formula."""
    if name[:1] not in LETTERS or name in NOTHING:
        return
    while lexer.at < len(lexer.source) and lexer.source[lexer.at] in SPACES:
        lexer.at += 1


def _braced(source: str, at: int) -> tuple[str, int]:
    """The argument in braces at a place, and where it ends; without braces one character."""
    while at < len(source) and source[at] == " ":
        at += 1
    if source[at : at + 1] != "{":
        return source[at : at + 1], min(at + 1, len(source))
    close = source.find("}", at)
    return (source[at + 1 : close], close + 1) if close > 0 else (source[at + 1 :], len(source))


def _argument(lexer: Lexer, name: str, start: int, end: int) -> None:
    """``\\mathrm{d}``, ``\\operatorname{arcsin}``, ``\\mathbb{R}``, ``\\text{and}``."""
    inner, stop = _braced(lexer.source, end)
    bare = inner.strip().strip("~")
    if name in FONTS and "\\" in inner:  # \mathrm{\pi} and the like: the font is nothing
        lexer.at = end
        return
    if name == "mathbb" and bare in SETS:
        lexer.add(Kind.WORD, SETS[bare], start, stop)
    elif not bare:
        lexer.at, lexer.spaced = stop, True
    elif bare in CONJUNCTIONS:
        lexer.add(Kind.SIGN, CONJUNCTIONS[bare], start, stop)
    elif bare in FUNCTIONS | CONSTANTS:
        lexer.add(Kind.WORD, bare, start, stop)
    elif len(bare) <= (1 if name in PROSE else 3) and all(c in LETTERS for c in bare):
        for letter in bare:
            indexed, after = lexer.subscript(letter, stop) if letter == bare[-1] else (letter, stop)
            lexer.add(Kind.NAME, indexed, start, after)
    elif name in FONTS and bare.isascii() and bare.isdigit():
        lexer.add(Kind.NUMBER, bare, start, stop)
    else:
        lexer.add(Kind.TEXT, bare, start, stop)


def _environment(lexer: Lexer, name: str, start: int, end: int) -> None:
    """``\\begin{cases}`` is ``begin cases``; an array's column letters are left away."""
    inner, stop = _braced(lexer.source, end)
    kind = inner.strip().rstrip("*")
    if name == "begin" and kind in ("array", "alignedat", "alignat", "tabular"):
        stop = _braced(lexer.source, stop)[1]
    lexer.add(Kind.COMMAND, f"{name} {kind}", start, stop)
    lexer.depth += 1 if name == "begin" else -1
    lexer.environments += 1 if name == "begin" else -1


def _skip_row_gap(lexer: Lexer) -> None:
    """``\\\\[2pt]``: the extra space between rows."""
    source, at = lexer.source, lexer.at
    close = source.find("]", at, at + 10)
    if (
        source[at : at + 1] == "["
        and close > 0
        and source[close - 2 : close] in ("pt", "em", "ex", "mm")
    ):
        lexer.at = close + 1
