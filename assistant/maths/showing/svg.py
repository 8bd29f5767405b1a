"""Graphs as SVG, to stand inside a page: no script, no outside reference."""

from __future__ import annotations

from html import escape

from assistant.maths.showing.linear import flat
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.plot import Curve, Picture, Point, label, ticks
from assistant.maths.types import Lang

WIDTH, HEIGHT, MARGIN = 640, 400, 44


def svg(found: Picture, title: str, lang: Lang) -> str:
    """An ``svg`` element; ``title`` is what a screen reader says."""
    plane = _Plane(found)
    body = [
        *plane.grid(),
        *(plane.curve(curve, n) for n, curve in enumerate(found.curves)),
        *(plane.mark(point) for point in found.marks),
        *(plane.key(curve, n, lang) for n, curve in enumerate(found.curves)),
    ]
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>'
        f'<clipPath id="area"><rect x="{MARGIN}" y="8" width="{WIDTH - MARGIN - 8}" '
        f'height="{HEIGHT - MARGIN}"/></clipPath>{"".join(body)}</svg>'
    )


class _Plane:
    """Where points of the window lie on the paper."""

    def __init__(self, found: Picture) -> None:
        self.window = found.window

    def x(self, value: float) -> float:
        w = self.window
        return MARGIN + (value - w.left) / (w.right - w.left) * (WIDTH - MARGIN - 8)

    def y(self, value: float) -> float:
        w = self.window
        tall = HEIGHT - MARGIN
        drawn = 8 + (w.top - value) / (w.top - w.bottom) * tall
        return min(max(drawn, -HEIGHT), 2 * HEIGHT)

    def grid(self) -> list[str]:
        w = self.window
        left, right, low, high = MARGIN, WIDTH - 8, 8 + HEIGHT - MARGIN, 8
        out = []
        for value in ticks(w.left, w.right, 8):
            at = f"{self.x(value):.1f}"
            kind = "axis" if value == 0 else "rule"
            out.append(f'<line class="{kind}" x1="{at}" x2="{at}" y1="{high}" y2="{low}"/>')
            out.append(f'<text x="{at}" y="{low + 18}" text-anchor="middle">{_minus(value)}</text>')
        for value in ticks(w.bottom, w.top, 6):
            at = f"{self.y(value):.1f}"
            kind = "axis" if value == 0 else "rule"
            out.append(f'<line class="{kind}" x1="{left}" x2="{right}" y1="{at}" y2="{at}"/>')
            out.append(
                f'<text x="{left - 6}" y="{at}" dy="0.35em" text-anchor="end">'
                f"{_minus(value)}</text>"
            )
        return out

    def curve(self, curve: Curve, n: int) -> str:
        path = "".join(
            "M" + "L".join(f"{self.x(x):.1f} {self.y(y):.1f}" for x, y in piece)
            for piece in curve.pieces
        )
        return f'<path class="curve c{n}" clip-path="url(#area)" d="{path}"/>'

    def mark(self, point: Point) -> str:
        x, y = point
        return (
            f'<circle class="mark" cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="4.5">'
            f"<title>({_minus(x)}, {_minus(y)})</title></circle>"
        )

    def key(self, curve: Curve, n: int, lang: Lang) -> str:
        name = escape(flat(Notation(lang)(curve.source)).replace("-", "−"))
        return f'<text class="key c{n}" x="{MARGIN + 10}" y="{26 + 18 * n}">y = {name}</text>'


def _minus(value: float) -> str:
    return label(value).replace("-", "−")
