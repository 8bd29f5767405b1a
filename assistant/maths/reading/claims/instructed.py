"""A formula behind what was done to get it: ``Multiply both sides by 2: 2x = 6``, and the rows of
a table that tell the two in its cells.
"""

from __future__ import annotations

import re

from assistant.maths.reading.claims.harmless import keeps_to

_DONE = (
    r"add(?:ing)?|subtract(?:ing)?|tak(?:e|ing)\s+away|multiply(?:ing)?|divid(?:e|ing)"
    r"|distribut(?:e|ing)|expand(?:ing)?|simplify(?:ing)?|combin(?:e|ing)|collect(?:ing)?"
    r"|factor(?:i[sz](?:e|ing)|ing)?|squar(?:e|ing)|tak(?:e|ing)\s+(?:the\s+)?(?:\w+\s+)?(?:roots?|logs?|logarithms?)"
    r"|rearrang(?:e|ing)|mov(?:e|ing)|isolat(?:e|ing)|cancel(?:l?ing)?|clear(?:ing)?"
    r"|cross[\s-]multiply(?:ing)?|undo(?:ing)?|transpos(?:e|ing)|complet(?:e|ing)\s+the\s+square"
    r"|apply(?:ing)?\s+the\s+(?:zero[\s-]product|quadratic|distributive)"
)
_DONE_ZH = (
    "(?:方程|等式)?(?:的)?(?:左右)?两[边侧](?:同时|都|各)?(?:同)?(?:乘|除|加|减|平方|开|取)"
    "|去分母|去括号|去根号|移项|合并|系数化|因式分解|分解因式|展开|化简|整理|通分|约分|配方|开平?方|提取公因式"
)
_STEP = (
    r"[\s*_#>]*(?:(?:step|第)\s*[\d一二三四五六七八九十]{1,3}\s*步?\s*[:：.)、][\s*_]*"
    r"|\(?\d{1,2}[.)、]\s+)?[\s*_]*"
)
_ALOUD = (
    r"(?:(?:okay|ok|alright|well|now|then|so|first|next|finally|again)\b[\s,]*)*"
    r"(?:(?:let['’]?s|let\s+(?:me|us)|(?:we|i)(?:['’]ll|\s+(?:will|can|need\s+to|have\s+to|must))?)\s+"
    r"(?:(?:now|then|first|next|just|also)\s+)?)?"
    r"(?:(?:首先|然后|接着|接下来|最后|现在|再|先)[,，]?)?(?:我们?)?(?:先|再|可以|来)?"
)
"""How somebody says what is about to be done."""
INSTRUCTED = re.compile(
    rf"{_STEP}{_ALOUD}(?P<done>(?:(?:{_DONE})\b|{_DONE_ZH})[^=<>≤≥≠≈:：$\\|]{{0,80}}[:：])[\s*_]*",
    re.IGNORECASE,
)
CONCLUDES = re.compile(
    r"\b(?:gets?|gives?|giving|is|are|equals?|so|leaves|leaving|makes?|yields?)\b|[得是]|等于",
    re.IGNORECASE,
)
"""Words of an instruction that tell more than with what it is done."""
_END = re.compile(r"[\s.。;；*_]*$")
_BAR = re.compile(r"\s*(?<!\\)\|\s*")
_RELATED = re.compile(r"[=<>≤≥≠≈]|\\(?:leq?|geq?|neq?)(?![a-z])")
_NUMBER = re.compile(r"[\s*_(]*(?:step\s*|第\s*)?\d{1,2}\s*步?[\s.):*_]*", re.IGNORECASE)
_VALUE = re.compile(r"[\s$*_]*[A-Za-z]\w?\s*=")
MOST = 400
"""Characters of a line whose instruction is looked for."""


def instructed(text: str) -> tuple[str, str]:
    """What was done to the line before, up to its colon, and the formula behind; two empty texts
    where nothing of the kind is told."""
    match = INSTRUCTED.match(text) if len(text) <= MOST else None
    if match is None or not all(keeps_to(match[0])):
        return "", ""
    return match["done"], _END.sub("", text[match.end() :])


def row_text(text: str) -> str:
    """A row of a table with one formula in it as a line: the words of the other cells before it.
    Other lines stay as they stand, bars of absolute values too."""
    line = text.strip()
    if not (line.startswith("| ") and line.endswith(" |") and len(line) <= MOST):
        return text
    cells = _BAR.split(line)[1:-1]
    formulas = [cell for cell in cells if _RELATED.search(cell)]
    words = [c for c in cells if c and c not in formulas and not _NUMBER.fullmatch(c)]
    if len(cells) < 2 or len(formulas) != 1 or not _is_whole(formulas[0]):
        return text
    told = words or (any(cells[:1]) and cells[0] not in formulas)
    if told and not INSTRUCTED.match(f"{words[0] if words else ''}:") and _VALUE.match(formulas[0]):
        return text  # of a table of values: 4 at 2
    return f"{'; '.join(words)}: {formulas[0]}" if words else formulas[0]


def _is_whole(cell: str) -> bool:
    """Whether there is something on both sides of a relation: ``| x | = | y |`` is no row."""
    return all(side.strip(" $") for side in (_RELATED.split(cell)[0], _RELATED.split(cell)[-1]))
