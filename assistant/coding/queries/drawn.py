"""Tables as people draw them in text: with bars, with a frame of signs, with tabs, with spaces."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_CELLS = 20_000
_RULE = re.compile(r"[\s|+:─━┼┌┐└┘├┤┬┴│═╪╬-]*[-─━═]{2,}[\s|+:─━┼┌┐└┘├┤┬┴│═╪╬-]*")
_BAR = re.compile(r"\s*[|│]\s*")
_COUNT = re.compile(r"\(?\d+ rows?(?: in set)?(?:\s*\([^)]*\))?\)?\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Rows of cells; ``head`` are the names of the columns, where a line parts them off."""

    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()


def drawing(text: str) -> Drawing | None:
    """The table that some lines draw; ``None`` where they draw none that is plain."""
    lines = [line.rstrip() for line in text.strip("\n").split("\n") if line.strip()]
    if lines and _COUNT.fullmatch(lines[-1].strip()):
        lines.pop()
    rules = [n for n, line in enumerate(lines) if _RULE.fullmatch(line)]
    kept = [line for n, line in enumerate(lines) if n not in rules]
    if not kept:
        return None
    split = _splitter(kept)
    if split is None:
        return None
    rows = [split(line) for line in kept]
    width = len(rows[0])
    if any(len(row) != width for row in rows) or width * len(rows) > MOST_CELLS:
        return None
    if _has_head(rules, lines):
        return Drawing(tuple(rows[1:]), rows[0])
    return Drawing(tuple(rows))


def _has_head(rules: list[int], lines: list[str]) -> bool:
    """Is there a line between the first row and the others, and nowhere else between rows?"""
    bare = [n for n, line in enumerate(lines) if not _RULE.fullmatch(line)]
    return any(bare[0] < n <= bare[0] + 1 for n in rules)


def _splitter(lines: list[str]):  # type: ignore[no-untyped-def]
    if all("|" in line or "│" in line for line in lines):
        return _barred
    if all("\t" in line for line in lines):
        return lambda line: tuple(cell.strip() for cell in line.split("\t"))
    if all(re.search(r"\S {2,}\S", line) for line in lines):
        return lambda line: tuple(re.split(r" {2,}", line.strip()))
    if all("," in line and '"' not in line for line in lines):
        return lambda line: tuple(cell.strip() for cell in line.split(","))
    if not any(re.search(r"\t|[|,]| {2,}", line.strip()) for line in lines):
        return lambda line: (line.strip(),)
    return None


def _barred(line: str) -> tuple[str, ...]:
    cells = _BAR.split(line.strip())
    if cells and not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1] and line.rstrip().endswith(("|", "│")):
        cells = cells[:-1]
    return tuple(cell.strip().strip("`") for cell in cells)
