"""Ellipses and hyperbolas by their equations: eccentricity, axes, focal distance, asymptotes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.requests.productions import Slots, noun
from assistant.maths.types import Request, Task, Text

ELLIPSE_EN = r"(?:the )?ellipse(?: with equation| given by)? "
HYPERBOLA_EN = r"(?:the )?hyperbola(?: with equation| given by)? "
FOCAL = "(?:focal distance|distance between the foci)"
ELLIPSE = r"(?:椭圆 ?(?:[A-Z][:：] ?)?)"
HYPERBOLA = r"(?:双曲线 ?(?:[A-Z][:：] ?)?)"
GRID = range(-2, 3)
"""Whole numbers, as many as tell apart polynomials of degree 4 in each letter."""
MAX_POWER = 4
ONE, TWO = t.integer(1), t.integer(2)


@dataclass(frozen=True)
class Conic:
    """``x²/across ± y²/along = 1``; the squares of the half axes with their signs."""

    across: Fraction
    along: Fraction

    @property
    def ellipse(self) -> bool:
        """An ellipse that is no circle, or else a hyperbola."""
        return self.across > 0 and self.along > 0

    @property
    def main(self) -> Fraction:
        """The square of half the major or real axis."""
        return max(self.across, self.along)

    @property
    def other(self) -> Fraction:
        """The square of half the minor or imaginary axis."""
        return abs(min(self.across, self.along))

    @property
    def focal(self) -> Fraction:
        """The square of half the distance of the foci."""
        return self.main - self.other if self.ellipse else self.main + self.other


def conic(s: Slots, *, ellipse: bool | None = None) -> Conic:
    """The curve of a place.  Raises ``ReadingError`` for any other curve."""
    value = s.scan.formula(s.span("c"))
    found = None
    if isinstance(value, t.Relation) and value.op is t.Comparison.EQ:
        found = _standard(t.sub(value.left, value.right))
    if found is None or (ellipse is not None and found.ellipse != ellipse):
        raise s.scan.error(
            s.span("c"),
            "an equation x^2/a^2 + y^2/b^2 = 1 or x^2/a^2 - y^2/b^2 = 1 is expected here",
            "此处应为标准方程 x^2/a^2 + y^2/b^2 = 1 或 x^2/a^2 - y^2/b^2 = 1",
        )
    why = Text("a^2 = {0}, b^2 = {1}, c^2 = {2}", "a^2 = {0}，b^2 = {1}，c^2 = {2}",
               tuple(map(t.rational, (found.main, found.other, found.focal))))  # fmt: skip
    s.scan.notes.append(why)
    return found


def _standard(curve: t.Expr) -> Conic | None:
    """The half axes of ``A x² + B y² + C = 0``."""
    if set(t.symbols(curve)) != {"x", "y"} or not _is_polynomial(curve):
        return None
    at = {(x, y): _at(curve, x, y) for x, y in product(GRID, GRID)}
    free = at[0, 0]
    if not free:
        return None
    square_x, square_y = at[1, 0] - free, at[0, 1] - free
    if not square_x or not square_y:
        return None
    if any(v != square_x * x * x + square_y * y * y + free for (x, y), v in at.items()):
        return None
    across, along = -free / square_x, -free / square_y
    return Conic(across, along) if max(across, along) > 0 and across != along else None


def _is_polynomial(value: t.Expr) -> bool:
    """Whether all is sums of letters to small powers times numbers, so that few points decide."""
    for node in t.walk(value):
        match node:
            case t.Pow(t.Symbol(), t.Number(Fraction(denominator=1) as power)):
                fits = 0 <= power <= MAX_POWER
            case t.Pow(base, t.Number(Fraction(denominator=1))):
                fits = not t.symbols(base)
            case t.Mul(factors):
                fits = sum(1 for factor in factors if t.symbols(factor)) <= 1
            case t.Div(_, below):
                fits = not t.symbols(below)
            case t.Number() | t.Symbol() | t.Add() | t.Neg():
                fits = True
            case _:
                fits = False
        if not fits:
            return False
    return True


def _at(value: t.Expr, x: int, y: int) -> Fraction:
    match value:
        case t.Number(number):
            return number
        case t.Symbol(name):
            return Fraction(x if name == "x" else y)
        case t.Neg(inner):
            return -_at(inner, x, y)
        case t.Add(terms):
            return sum((_at(term, x, y) for term in terms), Fraction(0))
        case t.Mul(factors):
            whole = Fraction(1)
            for factor in factors:
                whole *= _at(factor, x, y)
            return whole
        case t.Div(above, below):
            return _at(above, x, y) / _at(below, x, y)
        case t.Pow(base, t.Number(power)):
            return _at(base, x, y) ** int(power)
    raise AssertionError(value)


def _root(square: Fraction, times: t.Expr = ONE) -> t.Expr:
    root = t.Call("sqrt", (t.rational(square),))
    return root if times == ONE else t.Mul((times, root))


@noun(f"eccentricity of {ELLIPSE_EN}<c>", f"{ELLIPSE}<c> ?的离心率")
def eccentricity(s: Slots) -> t.Expr:
    curve = conic(s, ellipse=True)
    return _root(curve.focal / curve.main)


@noun(f"eccentricity of {HYPERBOLA_EN}<c>", f"{HYPERBOLA}<c> ?的离心率")
def hyperbolic_eccentricity(s: Slots) -> t.Expr:
    curve = conic(s, ellipse=False)
    return _root(curve.focal / curve.main)


@noun(f"{FOCAL} of {ELLIPSE_EN}<c>", f"{ELLIPSE}<c> ?的焦距")
def focal_distance(s: Slots) -> t.Expr:
    return _root(conic(s, ellipse=True).focal, TWO)


@noun(f"{FOCAL} of {HYPERBOLA_EN}<c>", f"{HYPERBOLA}<c> ?的焦距")
def hyperbolic_distance(s: Slots) -> t.Expr:
    return _root(conic(s, ellipse=False).focal, TWO)


@noun(f"length of the major axis of {ELLIPSE_EN}<c>", f"{ELLIPSE}<c> ?的长轴(?:的?长)?")
def major(s: Slots) -> t.Expr:
    return _root(conic(s, ellipse=True).main, TWO)


@noun(f"length of the minor axis of {ELLIPSE_EN}<c>", f"{ELLIPSE}<c> ?的短轴(?:的?长)?")
def minor(s: Slots) -> t.Expr:
    return _root(conic(s, ellipse=True).other, TWO)


@noun(
    f"length of the (?:transverse|real) axis of {HYPERBOLA_EN}<c>",
    f"{HYPERBOLA}<c> ?的实轴(?:的?长)?",
)
def real_axis(s: Slots) -> t.Expr:
    return _root(conic(s, ellipse=False).main, TWO)


@noun(f"length of the (?:conjugate|imaginary) axis of {HYPERBOLA_EN}<c>",
      f"{HYPERBOLA}<c> ?的虚轴(?:的?长)?")  # fmt: skip
def imaginary_axis(s: Slots) -> t.Expr:
    return _root(conic(s, ellipse=False).other, TWO)


# foci, vertices, directrix ---------------------------------------------------------------

KINDS = {
    "ellipse": ("ellipse", "椭圆"),
    "hyperbola": ("hyperbola", "双曲线"),
    "parabola": ("parabola", "抛物线"),
}
ASKED = {
    "foci": ("(?:coordinates of the )?(?:foci|focus)", "(?:两个?)?焦点(?:的?坐标)?"),
    "directrix": ("(?:equation of the )?directrix", "准线(?:的?方程)?"),
    "center": ("(?:coordinates of the )?cent(?:er|re)", "(?:对称)?中心(?:的?坐标)?"),
    "vertices": ("(?:coordinates of the )?vertices", "顶点(?:的?坐标)?"),
}


def _part(wanted: str, kind: str, *patterns: str) -> None:
    def build(s: Slots) -> Request:
        value = s.scan.formula(s.span("c"))
        if not isinstance(value, t.Relation) or set(t.symbols(value)) != {"x", "y"}:
            raise s.scan.error(
                s.span("c"), "an equation in x and y is expected", "此处应为 x、y 的方程"
            )
        # in Chinese schools an ellipse has four vertices
        part = "ends" if wanted == "vertices" and s.scan.zh else wanted
        return Request(
            task=Task.GEOMETRY, topic=topics.CONIC, operands=(value,), words=(part, kind)
        )

    noun(*patterns)(build)


for _wanted, (_en, _zh) in ASKED.items():
    for _kind, (_name, _zh_name) in KINDS.items():
        _part(_wanted, _kind, f"{_en} of (?:the )?{_name}(?: with equation| given by)? <c>",
              f"{_zh_name} ?(?:[A-Z][:：] ?)?<c> ?的{_zh}")  # fmt: skip
    if _wanted != "vertices":
        _part(_wanted, "", f"{_en} of (?:the )?(?:conic(?: section)?|curve)? ?<c>",
              f"(?:圆锥曲线|曲线) ?<c> ?的{_zh}")  # fmt: skip
_part("vertices", "", "vertices of (?:the )?(?:conic(?: section)?|curve)? ?<c>")
_part("asymptotes", "hyperbola", f"(?:equations? of (?:the )?)?asymptotes of {HYPERBOLA_EN}<c>",
      f"{HYPERBOLA}<c> ?的渐近线(?:的?方程)?")  # fmt: skip
_part(
    "asymptotes",
    "",
    "(?:equations? of (?:the )?)?asymptotes of (?:the )?(?:conic(?: section)?|curve)? ?<c>",
)


@noun("eccentricity of (?:the )?(?:conic(?: section)?|curve)? ?<c>", "曲线 ?<c> ?的离心率")
def any_eccentricity(s: Slots) -> t.Expr:
    curve = conic(s)
    return _root(curve.focal / curve.main)
