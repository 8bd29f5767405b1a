"""A formula set like print, as an image of its ink.

This runs only in a worker process, which is killed where a formula takes too long: what is set
comes from outside.  ``ziamath`` sets MathML with the measures and the glyphs of its own font and
makes paths of them, ``latex2mathml`` reads LaTeX, ``resvg`` fills the paths, ``Pillow`` reads what
it has filled.  They belong to the extra ``pictures``.

A formula is set only where that is sure to show what the text drawing shows: every element and
attribute is one that is understood, every character has a glyph, and the signs of a formula that
came as LaTeX are those that our own reader has found in it.  Anything else is ``None``.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from assistant.maths.showing.spacing import spaced
from assistant.maths.showing.tex.typeset import typeset

if TYPE_CHECKING:
    from ziamath.zmath import Math

LONGEST = 2_000
"""Characters of LaTeX,"""
MOST_MARKUP = 60_000
"""of MathML,"""
DEEPEST = 60
"""elements within elements,"""
MOST_PIXELS = 4_000_000
"""and pixels of a formula that is set."""
MARGIN = 1.0
ROW_SPACE = "0.4em"
NARROW = -0.2
"""A space is no narrower, in em, so that nothing is printed over something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """``source`` is LaTeX without its delimiters, or (not ``tex``) MathML of our own; ``em`` the
    size of the font, ``widest`` and ``highest`` what there is room for, all in pixels."""

    source: str
    tex: bool
    em: float
    widest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Ink:
    """How much of each pixel is covered, from 0 to 255, a byte each, row after row."""

    width: int
    height: int
    cover: bytes


def ink(order: Order) -> Ink | None:
    """The formula as an image; ``None`` where it cannot be set well, or there is no room."""
    element = _from_tex(order.source) if order.tex else _parsed(order.source)
    if element is None or not _understood(element, 0):
        return None
    _plain_attributes(element)
    if order.tex:
        spaced(element)
    else:
        _words_apart(element)
    found = _set(element, order.em)
    if found is None:
        return None
    svg = found.svgxml()
    width, height = _size(svg)
    if not (0 < width <= order.widest and 0 < height <= order.highest):
        return None
    if width * height > MOST_PIXELS or not _only_paths(svg):
        return None
    return _filled(ET.tostring(svg, encoding="unicode"))


# reading


_LINES = re.compile(
    r"\\(begin|end)\s*\{(?:align(?:ed)?|split|eqnarray\*?|gather(?:ed|\*)?|multline\*?)\}"
)


def _from_tex(source: str) -> ET.Element | None:
    """The MathML of LaTeX where both readers have found the same signs in it."""
    if len(source) > LONGEST:
        return None
    ours = typeset(source)
    if ours.piece is None or "\\" in ours.line:  # a command that is not known
        return None
    text = ours.source.replace("<", r"\lt ").replace(">", r"\gt ")  # it escapes nothing
    text = _LINES.sub(r"\\\1{align*}", text)  # lines without numbers
    element = _converted(text)
    if element is not None and element.find(".//mspace[@linebreak]") is not None:
        element = _converted(rf"\begin{{align*}}{text}\end{{align*}}")
    if element is None or _signs("".join(element.itertext())) != _signs(
        "".join(ours.piece.box.lines)
    ):
        return None
    return element


def _converted(text: str) -> ET.Element | None:
    from latex2mathml.converter import convert

    try:
        return _parsed(convert(text, display="block"))
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the text drawing is there
        return None


def _parsed(markup: str) -> ET.Element | None:
    if len(markup) > MOST_MARKUP or "<!" in markup or "<?" in markup:
        return None
    try:
        element = ET.fromstring(markup)  # noqa: S314 - no declaration, so no entity to expand
    except ET.ParseError:
        return None
    for each in element.iter():
        each.tag = each.tag.rpartition("}")[2]
    return element


_COUNTED = frozenset("+−±∓=<>≤≥≠≈≡∈∉∪∩⊂⊆∀∃∞∂∇∑∏!%")
_SAME = str.maketrans({"-": "−", "⩽": "≤", "⩾": "≥", "⊤": "T"})


def _signs(text: str) -> Counter[str]:
    """The letters, digits and most signs of a formula, in whatever shape and order."""
    decomposed = unicodedata.normalize("NFKD", text.replace("≠", "\0").replace("∉", "\1"))
    folded = decomposed.translate(_SAME).replace("\0", "≠").replace("\1", "∉")
    return Counter(char for char in folded if char.isalnum() or char in _COUNTED)


# what is understood

_TAGS = frozenset(
    """math mrow mi mn mo mtext mspace msup msub msubsup munder mover munderover mfrac msqrt mroot
    mtable mtr mtd mstyle mpadded menclose""".split()
)
_KEPT = frozenset(
    """display displaystyle scriptlevel stretchy fence form separator lspace rspace width
    linethickness minsize maxsize columnalign columnspacing rowspacing accent accentunder
    mathvariant notation movablelimits""".split()
)
_REFUSED = frozenset({"columnlines", "rowlines", "frame", "linebreak", "mathbackground"})
"""What would be left out in silence, or hide what it is behind."""


def _understood(element: ET.Element, depth: int) -> bool:
    if depth > DEEPEST or element.tag not in _TAGS or _REFUSED & element.attrib.keys():
        return False
    if element.tag == "menclose" and element.get("notation") != "box":
        return False
    if element.tag == "mspace" and not _forward(element.get("width", "0em")):
        return False
    return all(_understood(child, depth + 1) for child in element)


def _forward(width: str) -> bool:
    """Is it a space, and not a way back?"""
    number = width.strip().removesuffix("em")
    try:
        return float(number) >= NARROW if width.strip() != number else "-" not in width
    except ValueError:
        return False


def _plain_attributes(element: ET.Element) -> None:
    """No colours, sizes, links or styles."""
    for each in element.iter():
        each.attrib = {key: value for key, value in each.attrib.items() if key in _KEPT}
        if each.tag == "mpadded":  # its notes are padded by a measure that is not understood
            each.tag, each.attrib = "mrow", {}
        elif each.tag == "mstyle" and not each.attrib:
            each.tag = "mrow"
        elif each.tag == "mtable" and "rowspacing" in each.attrib:
            each.set("rowspacing", ROW_SPACE)


def _words_apart(element: ET.Element) -> None:
    """The hard spaces around our words are narrow in print, where a formula stands beside them."""
    for each in element.iter("mtext"):
        each.text = (each.text or "").replace("\u00a0", "\u00a0\u00a0")


# setting

_UNSEEN = frozenset("\u2061\u2062\u2063\u2064\u200b\u00a0 \n\t")


def _set(element: ET.Element, em: float) -> Math | None:
    """The formula in place, where its font has every character."""
    from ziamath.config import config
    from ziamath.zmath import Math

    config.svg2 = False  # each glyph a path of its own, no references
    try:
        found = Math(element, size=em, margin=MARGIN)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the text drawing is there
        return None
    has = found.font.glyphindex
    text = {char for part in element.itertext() for char in part if char not in _UNSEEN}
    return found if all(has(char) for char in text) else None


def _size(svg: ET.Element) -> tuple[float, float]:
    try:
        return float(svg.get("width", "")), float(svg.get("height", ""))
    except ValueError:
        return 0.0, 0.0


def _only_paths(svg: ET.Element) -> bool:
    """Nothing in it that names a file or draws text with another font."""
    return all(each.tag in _SHAPES for each in svg.iter())


_SHAPES = frozenset({"svg", "g", "path", "rect", "line"})


def _filled(svg: str) -> Ink:
    import resvg_py
    from PIL import Image

    drawn = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    with Image.open(io.BytesIO(bytes(drawn)), formats=("PNG",)) as image:
        cover = image.convert("RGBA").getchannel("A")
        return Ink(cover.width, cover.height, cover.tobytes())


def load() -> None:
    """Import all that this needs, with the fonts."""
    from importlib import import_module

    for name in ("latex2mathml.converter", "PIL.Image", "resvg_py", "ziamath.zmath"):
        import_module(name)


@lru_cache(maxsize=1)
def installed() -> bool:
    """Is all there that this needs?  Nothing is imported."""
    from importlib.util import find_spec

    return all(find_spec(name) for name in ("ziamath", "latex2mathml", "resvg_py", "PIL"))
