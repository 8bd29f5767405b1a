"""True and false claims, each with the verdict that it must get.

``P`` proved, ``S`` supported, ``R`` refuted, ``U`` undecided.  A false claim that is proved or
supported, or a true one that is refuted, is the worst bug that this program can have.
"""

from __future__ import annotations

import pytest

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_step
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.types import Link, Rule, Step, Text, verdict_word

RULE = Rule("test.rule", "a rule", "规则")
WHY = Text("because", "因为")
WORDS = {"P": "proved", "S": "supported", "R": "refuted", "U": "undecided"}


def verdict(
    before: str | t.Expr, after: str | t.Expr, link: Link = Link.EQUAL, *given: str,
    variable: str | None = "x",
) -> str:  # fmt: skip
    """The word for a claim."""
    step = Step(
        rule=RULE,
        why=WHY,
        before=read_formula(before) if isinstance(before, str) else before,
        after=read_formula(after) if isinstance(after, str) else after,
        link=link,
        variable=variable,
        given=tuple(map(read_formula, given)),
    )
    return verdict_word(check_step(step))


EQUAL = """
P | (x+1)^2 | x^2+2x+1
P | (a+b)^3 | a^3+3a^2*b+3a*b^2+b^3
P | (x^2-1)/(x-1) | x+1
P | x/x | 1
P | 1/n-1/(n+1) | 1/(n*(n+1))
P | x^6-1 | (x-1)*(x+1)*(x^2+x+1)*(x^2-x+1)
P | (a-b)*(a+b) | a^2-b^2
P | 1/(1+1/x) | x/(x+1)
P | 12/18+5/6 | 3/2
P | 0.1+0.2 | 0.3
P | 0.25 | 1/4
P | 2 1/3 | 7/3
P | 25% | 1/4
P | 5! | 120
P | 2^10 | 1024
P | (-2)^3 | -8
P | sqrt(12) | 2*sqrt(3)
P | sqrt(2)*sqrt(3) | sqrt(6)
P | 1/sqrt(2) | sqrt(2)/2
P | sqrt(11+6*sqrt(2)) | 3+sqrt(2)
P | 1/(sqrt(3)-1) | (sqrt(3)+1)/2
P | root(2+sqrt(5),3)+root(2-sqrt(5),3) | 1
P | sqrt(x^2) | abs(x)
P | abs(x)^2 | x^2
P | abs(x^2-4) | abs(x-2)*abs(x+2)
P | sqrt((x-3)^2) | x-3 | x>5
P | sqrt((x-3)^2) | 3-x | x<2
P | abs(x-1)+abs(x+1) | 2x | x>1
P | sqrt(x*y) | sqrt(x)*sqrt(y) | x>0 | y>0
P | ln(x)+ln(y) | ln(x*y)
P | ln(x^2) | 2*ln(abs(x))
P | ln(x^2) | 2*ln(x) | x>0
P | ln(8)/ln(2) | 3
P | log(8,2) | 3
P | ln(12) | 2*ln(2)+ln(3)
P | e^(x+y) | e^x*e^y
P | 2^(x+1) | 2*2^x
P | 4^x | 2^(2x)
P | e^(ln(x)) | x
P | sin(x)^2+cos(x)^2 | 1
P | sin(2x) | 2*sin(x)*cos(x)
P | cos(2x) | 1-2*sin(x)^2
P | tan(x) | sin(x)/cos(x)
P | tan(x)^2+1 | 1/cos(x)^2
P | sin(3x) | 3*sin(x)-4*sin(x)^3
P | tan(x/2) | sin(x)/(1+cos(x))
P | sin(a+b)+sin(a-b) | 2*sin(a)*cos(b)
P | cos(x)^4-sin(x)^4 | cos(2x)
P | sin(x+pi/6) | sqrt(3)/2*sin(x)+1/2*cos(x)
P | sin(pi/12) | (sqrt(6)-sqrt(2))/4
P | cos(pi/7)-cos(2*pi/7)+cos(3*pi/7) | 1/2
P | sin(-x) | -sin(x)
P | cosh(x)^2-sinh(x)^2 | 1
P | x^(1/2)*x^(1/3) | x^(5/6)
P | i^2 | -1
P | (1+i)*(1-i) | 2
P | 1/(1+i) | (1-i)/2
P | e^(i*pi) | -1
P | diff(x^3,x) | 3x^2
P | diff(sin(x)*x,x) | x*cos(x)+sin(x)
P | x^0 | 1
P | sqrt(x)^2 | x
P | -(b-a) | a-b
P | n!/(n-1)! | n
P | abs(x+3)+abs(x-1) | 2x+2 | x>1
P | abs(x) | x | x>-5 | x>0
P | (1+i)^4 | -4
R | abs(x)+abs(x+9) | 2x+9 | x>-5
R | abs(1+i) | 1+i
R | 1/0.5 | 3
R | sqrt(a+b) | sqrt(a)+sqrt(b)
R | (a+b)^2 | a^2+b^2
R | sqrt(x^2) | x
R | sqrt(x^2+9) | x+3
R | ln(x^2) | 2*ln(x)
R | ln(x*y) | ln(x)+ln(y)
R | ln(a+b) | ln(a)+ln(b) | a>0 | b>0
R | ln(a)/ln(b) | ln(a-b)
R | ln(a)/ln(b) | ln(a/b) | a>1 | b>1
R | x | sqrt(x)^2
R | asin(sin(x)) | x
R | acos(cos(x)) | x
R | sin(x)^(-1) | asin(x)
R | sin(x)^2 | sin(x^2)
R | sin(2x) | 2*sin(x)
R | sin(a+b) | sin(a)+sin(b)
R | cos(x)^2-1 | sin(x)^2
R | (x+1)/(x+2) | 1/2
R | 1/(a+b) | 1/a+1/b
R | a/b+c/d | (a+c)/(b+d)
R | x^2*x^3 | x^6
R | (x^2)^3 | x^5
R | 2^x*3^x | 6^(2x)
R | (2x)^3 | 2x^3
R | -3^2 | 9
R | (x-2)^2 | x^2-4
R | (x-2)^2 | x^2-4x-4
R | x^(-2) | -x^2
R | 1/3 | 0.333
R | 2/3 | 0.6667
R | pi | 3.14
R | pi | 22/7
R | sqrt(2) | 1.41421356237309504880
R | sqrt(2) | sqrt(2)+10^(-30)
R | x | x+10^(-30)
R | pi+10^(-40) | pi
R | 1/2004! | 1/2006!
R | x | floor(x)
R | abs(x) | x
R | abs(a+b) | abs(a)+abs(b)
R | x^2 | 2^x
R | x^4 | 2^x+x^4-2^x+(x-1)*(x-2)*(x-3)
R | n^2+n+41 | n^2+n+41+n*(n-1)*(n-2)*(n-3)
R | 5% | 0.5
R | 12/18+5/6 | 17/24
R | 0.1+0.2 | 0.30000000000000004
R | (a+b)/a | b
R | sqrt(16+9) | 7
R | i^2 | 1
R | sqrt(50) | 5
R | diff(x^x,x) | x*x^(x-1)
R | diff(sin(x)*x,x) | cos(x)
R | e^(pi*sqrt(163)) | 262537412640768744
R | (x-1)^2/(x-1) | x+1
R | 1-(x-y) | 1-x-y
R | 2*(x+3) | 2x+3
P | binomial(n,k) | n!/(k!*(n-k)!)
P | sum(k,k,1,n) | n*(n+1)/2
P | root(-8,3) | -2
P | sqrt(-4) | 2i
R | sum(k,k,1,n) | n*(n-1)/2
R | ln(-x) | ln(x)
R | atan(tan(x)) | x
R | floor(x)+1 | ceiling(x)
U | 0^0 | 1
U | 1/0 | 1
U | x/0 | x
U | ln(-1) | 0
S | atan(x)+atan(1/x) | pi/2 | x>0
"""

EQUIVALENT = """
P | 2x+3=11 | 2x=8
P | 2x+3=11 | x=4
P | x^2-5x+6=0 | (x-2)*(x-3)=0
P | x^2-5x+6=0 | x=2 or x=3
P | x^2=4 | x=2 or x=-2
P | x^2=2 | x=sqrt(2) or x=-sqrt(2)
P | x^2+1=0 | {}
P | x^2-6x+7=0 | (x-3)^2=2
P | x^2-6x+7=0 | x=3±sqrt(2)
P | x^3=8 | x=2
P | x^3-x-1=0 | x^3-x=1
P | abs(2x-1)=3 | x=2 or x=-1
P | abs(2x-1)>3 | x<-1 or x>2
P | sqrt(x+7)=x-5 | x=9
P | x/(x-1)=1/(x-1) | {}
P | (x^2-1)/(x-1)=2 | {}
P | -2x<6 | x>-3
P | x^2<4 | -2<x<2
P | (x-1)/(x+2)>=0 | x<-2 or x>=1
P | 1/x<1 | x<0 or x>1
P | sqrt(x)+sqrt(x+5)=5 | x=4
P | 2^x=8 | x=3
P | 2^x+3^x=13 | x=2
P | 4^x-3*2^x+2=0 | x=0 or x=1
P | e^x=3 | x=ln(3)
P | ln(x)=2 | x=e^2
P | log(x,2)+log(x-2,2)=3 | x=4
P | e^x>3 | x>ln(3)
P | 2*sin(x)^2-sin(x)-1=0 | sin(x)=1 or sin(x)=-1/2
P | x+1=x+1 | 0=0
P | x+1=x | {}
P | x^4-5x^2+4=0 | x=1 or x=-1 or x=2 or x=-2
P | x^2=-1 | x=i or x=-i
R | x*(x-1)=0 | x-1=0
R | x^2=x | x=1
R | x^2=4 | x=2
R | sqrt(x+7)=x-5 | x+7=(x-5)^2
R | sqrt(x)=-2 | x=4
R | x/(x-1)=1/(x-1) | x=1
R | -2x<6 | x<-3
R | 1/x<1 | x>1
R | x^2<4 | x<2
R | x^2>4 | x>2
R | 2x+3=11 | 2x=14
R | 2x+3=11 | x=5
R | (x-2)*(x-3)=0 | x=2
R | (x-2)*(x-3)=2 | x-2=2 or x-3=2
R | abs(x)=3 | x=3
R | ln(x^2)=2 | x=e
R | log(x,2)+log(x-2,2)=3 | x^2-2x-8=0
R | (x+1)^2=x^2+1 | x=1
R | x^2=2 | x=1.41421356 or x=-1.41421356
R | x^2>=0 | x>=0
R | x^2+1>0 | {}
R | (x-1)/(x+2)>=0 | x<=-2 or x>=1
R | x^3=8 | x=2 or x=-2
R | x/2+x/3=5 | x=5
R | e^x>3 | x>1.0986
R | e^x>3 | x<ln(3)
R | sin(x)=0 | x=1
R | x^2=-1 | x=i
R | x*ln(x)=0 | x=0 or x=1
R | x^2=2^x | x=2 or x=4
R | sin(x)>1/2 | x>pi/6
R | sqrt(x^2-1)=0 | x=1
P | e^x*(x-1)=0 | x=1
P | x/x=1 | x≠0
P | sin(x)=0 and 0<=x<2*pi | x=0 or x=pi
R | sin(x)=0 and 0<=x<=2*pi | x=0 or x=pi
R | sin(x)=0 and 0<=x<2*pi | x=0
R | sin(x)=1/2 and 0<=x<2*pi | x=pi/6 or x=7*pi/6
P | cos(x)+1=0 and 0<=x<2*pi | x=pi
P | x^3-3x+1=0 | x=2*cos(2*pi/9) or x=2*cos(4*pi/9) or x=-2*cos(pi/9)
R | x^3-3x+1=0 | x=2*cos(2*pi/9) or x=2*cos(4*pi/9)
R | x^3-3x+1=0 | x=2*cos(2*pi/9) or x=2*cos(4*pi/9) or x=-2*cos(pi/8)
S | x-sin(x)=0 | x=0
"""

IMPLIES = """
P | sqrt(x+7)=x-5 | x+7=(x-5)^2
P | x=3 | x^2=9
P | x=2 | x*(x-2)=0
P | x>3 | x>2
R | x^2=9 | x=3
R | x>2 | x>3
R | x*(x-1)=0 | x=1
"""

DERIVATIVE = """
P | x^3 | 3x^2
P | sin(x)^2 | sin(2x)
P | x^x | x^x*(ln(x)+1)
P | ln(abs(x)) | 1/x
P | e^(2x) | 2*e^(2x)
P | x/(x+1) | 1/(x+1)^2
P | atan(x) | 1/(1+x^2)
P | a*x^2+b*x | 2a*x+b
R | x^3 | x^2
R | sin(2x) | cos(2x)
R | x*e^x | e^x
R | x/(x+1) | 1
R | ln(2x) | 1/(2x)
R | 1/x | ln(x)
R | cos(x) | sin(x)
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for line in table.strip().splitlines()]


@pytest.mark.parametrize("row", rows(EQUAL), ids=" | ".join)
def test_equal_expressions(row: list[str]) -> None:
    expected, before, after, *given = row
    assert verdict(before, after, Link.EQUAL, *given) == WORDS[expected]


@pytest.mark.parametrize("row", rows(EQUIVALENT), ids=" | ".join)
def test_equivalent_statements(row: list[str]) -> None:
    expected, before, after = row
    target = t.Constant(t.ConstantName.EMPTY) if after == "{}" else after
    assert verdict(before, target, Link.EQUIVALENT) == WORDS[expected]


@pytest.mark.parametrize("row", rows(IMPLIES), ids=" | ".join)
def test_implied_statements(row: list[str]) -> None:
    expected, before, after = row
    assert verdict(before, after, Link.IMPLIES) == WORDS[expected]


@pytest.mark.parametrize("row", rows(DERIVATIVE), ids=" | ".join)
def test_derivatives_both_ways(row: list[str]) -> None:
    expected, before, after = row
    assert verdict(before, after, Link.DERIVATIVE) == WORDS[expected]
    assert verdict(after, before, Link.ANTIDERIVATIVE) == WORDS[expected]


def whole_numbers(*bodies: str) -> t.Expr:
    sets = tuple(t.Call("imageset", (read_formula(b), t.Symbol("k"))) for b in bodies)
    return sets[0] if len(sets) == 1 else t.Call("union", sets)


@pytest.mark.parametrize(
    ("equation", "bodies", "expected"),
    [
        ("sin(x)=1/2", ("pi/6+2*k*pi", "5*pi/6+2*k*pi"), "proved"),
        ("sin(x)=1/2", ("pi/6+2*k*pi",), "refuted"),
        ("sin(x)=1/2", ("pi/6+2*k*pi", "7*pi/6+2*k*pi"), "refuted"),
        ("sin(x)=1/2", ("pi/6+k*pi", "5*pi/6+k*pi"), "refuted"),
        ("sin(x)=1/3", ("asin(1/3)+2*k*pi", "pi-asin(1/3)+2*k*pi"), "proved"),
        ("sin(x)=1/3", ("asin(1/3)+2*k*pi", "-asin(1/3)+2*k*pi"), "refuted"),
        ("cos(x)=0", ("pi/2+k*pi",), "proved"),
        ("cos(2x)=0", ("pi/4+k*pi/2",), "proved"),
        ("cos(2x)=0", ("pi/4+k*pi",), "refuted"),
        ("tan(x)=1", ("pi/4+k*pi",), "proved"),
        ("tan(3x)=1", ("pi/12+k*pi/3",), "proved"),
        ("sin(2x)=cos(x)", ("pi/2+k*pi", "pi/6+2*k*pi", "5*pi/6+2*k*pi"), "proved"),
        ("sin(2x)=cos(x)", ("pi/6+2*k*pi", "5*pi/6+2*k*pi"), "refuted"),
        ("sin(x+pi/3)=1", ("pi/6+2*k*pi",), "proved"),
        ("sin(x)+cos(x)=sqrt(2)", ("pi/4+2*k*pi",), "proved"),
        ("cos(x)=-1", ("pi+2*k*pi",), "proved"),
        ("cos(x)=-1", ("pi+k*pi",), "refuted"),
        ("1+cos(x)=sin(x)", ("pi/2+2*k*pi",), "refuted"),
        ("1+cos(x)=sin(x)", ("pi/2+2*k*pi", "pi+2*k*pi"), "proved"),
        ("tan(x)*cos(x)=1", ("pi/2+2*k*pi",), "refuted"),
    ],
)
def test_solutions_with_a_whole_number(
    equation: str, bodies: tuple[str, ...], expected: str
) -> None:
    assert verdict(equation, whole_numbers(*bodies), Link.SOLUTION) == expected


@pytest.mark.parametrize(
    ("before", "after", "names", "expected"),
    [
        ("x+y=5 and x-y=1", "x=3 and y=2", "x,y", "proved"),
        ("x+y=5 and x-y=1", "x+y=5 and 2x=6", "x,y", "proved"),
        ("x+y=5 and x-y=1", "x=2 and y=3", "x,y", "refuted"),
        ("x+y=5 and 2x+2y=10", "x+y=5", "x,y", "proved"),
        ("x+y=5 and x+y=6", "0=1", "x,y", "proved"),
        ("x^2+y^2=25 and x+y=7", "(x=3 and y=4) or (x=4 and y=3)", "x,y", "proved"),
        ("x*y=0", "x=0 or y=0", "x,y", "proved"),
        ("a*x=b", "x=b/a", "x", "proved"),
        ("a*x+c=b", "a*x=b-c", "x", "proved"),
        ("a*x=a*b", "x=b", "x", "refuted"),
        ("x^2=y", "x=sqrt(y)", "x", "refuted"),
        ("V=pi*r^2*h", "h=V/(pi*r^2)", "h", "proved"),
        ("F=9*C/5+32", "C=5*(F-32)/9", "C", "proved"),
        ("F=9*C/5+32", "C=5*F/9-32", "C", "refuted"),
        (
            "a*x^2+b*x+c=0",
            "x=(-b+sqrt(b^2-4a*c))/(2a) or x=(-b-sqrt(b^2-4a*c))/(2a)",
            "x",
            "proved",
        ),
        (
            "a*x^2+b*x+c=0",
            "x=(-b+sqrt(b^2+4a*c))/(2a) or x=(-b-sqrt(b^2+4a*c))/(2a)",
            "x",
            "refuted",
        ),
    ],
)
def test_systems_and_parameters(before: str, after: str, names: str, expected: str) -> None:
    assert verdict(before, after, Link.EQUIVALENT, variable=names) == expected


def test_a_law_claims_nothing() -> None:
    assert verdict("a^2-b^2", "(a-b)*(a+b)", Link.FORMULA) == "undecided"


def test_a_witness_can_be_checked_by_hand() -> None:
    step = Step(
        rule=RULE, why=WHY, before=read_formula("x*(x-1)=0"), after=read_formula("x=1"),
        link=Link.EQUIVALENT, variable="x",
    )  # fmt: skip
    found = check_step(step)
    assert (found.witness, found.left, found.right) == ("x = 0", "true", "false")  # type: ignore[union-attr]
