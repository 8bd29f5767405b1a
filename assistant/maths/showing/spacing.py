"""The spaces of MathML that was made of LaTeX, by the classes of TeX's atoms.

Where MathML says nothing, its typesetter takes a sign between two others for infix: in ``(-5)``
the minus would stand as far from the 5 as in ``a - 5``.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from assistant.maths.showing.tex import symbols
from assistant.maths.showing.tex.symbols import Kind

SIGNED = "−+±∓"
THIN, MEDIUM, THICK = "0.17em", "0.22em", "0.28em"
_CLASSES = symbols.CHARS | dict.fromkeys("|‖", Kind.ORD) | dict.fromkeys("/∣", Kind.ORD)
_CLASSES |= {text: Kind.BIN for text in symbols.BINARIES.values() if len(text) == 1}
_SCRIPTS = ("msub", "msup", "msubsup", "munder", "mover", "munderover")


def spaced(element: ET.Element) -> None:
    """Give the signs of every row their forms and spaces, and names of functions theirs."""
    rows = [each for each in element.iter() if each.tag in ("math", "mrow", "mtd", "msqrt")]
    for row in rows:
        _signs(row)
        _names(row)


def _signs(row: ET.Element) -> None:
    before: ET.Element | None = None
    for child in row:
        text = _text(child) if child.tag == "mo" else ""
        if text in _BINARY:
            if text in SIGNED and not _operand(before):
                child.set("form", "prefix")
            elif child.get("form") is None:
                space = MEDIUM if _operand(before) and child is not row[-1] else "0"
                child.attrib |= {"form": "infix", "lspace": space, "rspace": space}
        elif _CLASSES.get(text) is Kind.REL and len(row) > 1:
            child.attrib |= {"form": "infix", "lspace": THICK, "rspace": THICK}
        if child.tag != "mspace":
            before = child


_BINARY = frozenset(text for text, kind in _CLASSES.items() if kind is Kind.BIN)


def _operand(before: ET.Element | None) -> bool:
    """May what stands before a sign be what it adds to?"""
    if before is None or (before.tag in ("mi", "mtext") and not _text(before)):
        return False
    if before.tag != "mo":
        return True
    text = _text(before)
    return text in symbols.CLOSING or text in ("!", "|", "‖", "′")


def _names(row: ET.Element) -> None:
    """A thin space between the name of a function and an argument without brackets."""
    for at in range(len(row) - 1, 0, -1):
        after, name = row[at], _named(row[at - 1])
        if name and after.tag not in ("mspace", "mo", "mtable") and not _fenced(after):
            row.insert(at, ET.Element("mspace", {"width": THIN}))


def _named(element: ET.Element) -> bool:
    while element.tag in _SCRIPTS and len(element):
        element = element[0]
    text = _text(element).replace("\u2006", "")
    return element.tag in ("mi", "mo") and len(text) > 1 and text.isalpha()


def _fenced(element: ET.Element) -> bool:
    return element.tag == "mrow" and len(element) > 0 and element[0].get("fence") == "true"


def _text(element: ET.Element) -> str:
    return (element.text or "").strip()
