"""How widgets that lie over one another are put together on a screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

Line = dict[int, Strip | None]
"""The pieces of a line of the screen by their first cells."""
JOINED = Strip([])
"""Stands where a piece goes on that has begun before."""


class WholeLetters(Compositor):
    """Parts a line only where something else is to be seen.

    Textual parts it wherever a widget begins or ends, one that is covered too, and a letter of two
    cells that stands there becomes blank: a notice in Chinese would lose letters over a screen with
    columns.
    """

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """The pieces of each line; what is in front comes first, and stays."""
        cuts = self.cuts
        lines: list[Line] = [dict.fromkeys(places[:-1]) for places in cuts]
        rows = Region(
            0, crop.y, self.size.width, crop.height
        )  # a piece must end at what is in front
        for region, clip, strips in self._get_renders(rows):
            seen = region.intersection(clip)
            first, last = seen.column_span
            for y, strip in zip(seen.line_range, strips, strict=False):
                if is_rendered_line(y):
                    paint(lines[y], [cut for cut in cuts[y] if first <= cut <= last], strip)
        return [
            {x: piece for x, piece in line.items() if piece is not None and piece is not JOINED}
            for line in lines
        ]

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed, in whole pieces: one ends where the next begins, and a letter in front
        may stand on the edge of what has changed behind it."""
        update = super().render_partial_update()
        if update is not None:
            width = self.size.width
            ends = update.chop_ends = [[*list(line)[1:], width] for line in update.chops]
            update.spans = [
                (y, first, next((end for end in ends[y] if end >= last), last))
                for y, first, last in update.spans
            ]
        return update


def paint(line: Line, cuts: list[int], strip: Strip) -> None:
    """Put a strip, which goes from the first cut to the last, where nothing is yet."""
    at, last = 0, len(cuts) - 1
    while at < last:
        start = cuts[at]
        at += 1
        if line[start] is not None:
            continue
        while at < last and line[cuts[at]] is None:
            line[cuts[at]] = JOINED
            at += 1
        line[start] = strip.crop(start - cuts[0], cuts[at] - cuts[0])
