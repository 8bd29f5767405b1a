"""False claims that look true, and true ones that look false, by the trap that they set.

``+`` a true claim, which must not be refuted; ``-`` a false one, which must be neither proved
nor supported.  Undecided is right for both.
"""

from __future__ import annotations

import pytest

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_step
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.types import Link, Rule, Step, Text, verdict_word

RULE = Rule("test.rule", "a rule", "规则")
WHY = Text("because", "因为")
FORBIDDEN = {"+": {"refuted"}, "-": {"proved", "supported"}}
SETS = {
    "RR": t.Constant(t.ConstantName.REALS),
    "{}": t.Constant(t.ConstantName.EMPTY),
}


def formula(text: str) -> t.Expr:
    """A formula or a named set."""
    return SETS.get(text) or read_formula(text)


def verdict(before: str, after: str, link: Link) -> str:
    """The word for a claim."""
    step = Step(
        rule=RULE, why=WHY, before=formula(before), after=formula(after), link=link, variable="x"
    )
    return verdict_word(check_step(step))


CLAIMS = """
a function of the unknown that is not defined everywhere
solution | - | ln(x)^2 >= 0 | RR
solution | - | tan(x)^2 >= 0 | RR
solution | - | asin(x)^2 >= 0 | RR
solution | - | sin(1/x)^2 >= 0 | RR
solution | + | e^x > 0 | RR
solution | + | sin(x)^2 >= 0 | RR
solution | + | ln(x) > 1 | x > e

a case holds where the product has no value
equivalent | - | (ln(x)-1)*(x+2) = 0 | ln(x) = 1 or x = -2

equivalent | - | (ln(x)-1)*(x+2) = 0 | x = -2 or ln(x) = 1
implies | - | y = x+1 | sqrt(x) >= 0

strict or not at a border that has no name, and bases that differ
equivalent | - | 2^(x+3)+(2x-2)/x > x^2 | 2^(x+3)+(2x-2)/x >= x^2
equivalent | - | 3^(2x-3) > 4 | 4^(2x-3) > 4
equivalent | - | 1/(x+2) > ln((x-2)*(3x+3)) | 1/(x+2) > ln((x-3)*(3x+3))
solution | - | x*ln(x) < 0 | 0 < x and x <= 1
solution | + | x*ln(x) <= 0 | 0 < x and x <= 1

what cancels takes its domain with it
solution | - | x+ln(x-2) = 1+ln(x-2) | {1}
solution | - | x+asin(x) = 2+asin(x) | {2}
solution | + | x+asin(x) = 1/2+asin(x) | {1/2}
equal | - | x | x*(x-abs(x))/(x-abs(x))

a value that does not exist
equivalent | + | x = ln(-1) or x = 2 | x = 2
equivalent | - | e^x > -1 | x > ln(-1)

digits lost by cancellation
solution | + | 10^60*x^3 = 3*10^60 | {root(3,3)}
solution | - | 10^60*x^3 = 3*10^60 | {root(3,3), 2}
solution | - | (sqrt(10^60+1)-10^30)*10^30+x = 1/2+x | RR
equivalent | - | x > (sqrt(10^80+1)-10^40)*10^40 | x > 1/2
equal | - | (sqrt(10^60+1)-10^30)*10^30 | 1/2

numbers that agree to hundreds of digits
equal | - | sqrt(2)+1/10^600 | sqrt(2)
equal | - | ln(2)+1/10^600 | ln(2)
equal | - | x+1/10^600 | x
equal | - | e^(pi*sqrt(163)) | 262537412640768744
equal | + | sqrt(5+2*sqrt(6)) | sqrt(2)+sqrt(3)

an antiderivative that is defined on a part only
antiderivative | - | 1/x | ln(x)
antiderivative | + | 1+ln(x)-ln(x) | x
antiderivative | + | sqrt(x)^2 | x^2/2
derivative | + | ln(ln(x)) | sqrt(1/(x*ln(x)))^2
antiderivative | + | 1/x | ln(abs(x))
antiderivative | - | tan(x) | -ln(cos(x))
antiderivative | - | 1/sqrt(x^2-1) | ln(x+sqrt(x^2-1))
antiderivative | + | 1/sqrt(x^2-1) | ln(abs(x+sqrt(x^2-1)))
antiderivative | - | 1/(1-x^2) | atanh(x)

an exponent that is whole but for rounding
equal | + | 3/x | 3*x^(-atan(tan(1)))
equal | + | (x^2)^4 | (x^sqrt(2)^2)^4
equal | + | atan(acos(root(x,3)^3/x)) | atan(acos(x/x))

a letter in an exponent, that may be even
equal | - | sqrt(x^(2*n)) | x^n
equal | - | sqrt(x^n) | x^(n/2)
equal | - | root(x^n,n) | x
equal | - | (x^n)^(1/n) | x
equal | + | x^a*x^b | x^(a+b)
equal | - | ln(x^n) | n*ln(x)
equal | + | (x^2)^n | x^(2*n)
equal | + | x^(2*n) | (x^2)^n
equal | + | (x*y)^n | x^n*y^n
equal | + | sqrt(x^(4*n)) | x^(2*n)

a domain that few points show
equal | - | ln(1+x) | cos(acos(ln(cos(acos(1))+x)))
equal | - | (x/5)^2 | asin(sin(abs(x/5)))^2
equal | - | 2x/tan(x)/(sqrt(3)+81) | atan(tan(2x/tan(x)/(sqrt(3)+81)))
equal | - | root(x^3,3)^3 | root(x^3,3)^root(3,3)^3+ln(x)-root(ln(x)^3,3)

equal | - | abs(ln(3+x)) | ln(3+x)

branches
equal | - | atan(tan(x)) | x
equal | - | asin(sin(x)) | x
equal | - | acos(cos(x)) | x
equal | - | atan(x)+atan(1/x) | pi/2
equal | - | sin(x/2) | sqrt((1-cos(x))/2)
equal | - | sin(pi*n) | 0
equal | - | 0^0 | 1
"""

ROWS = [line.split(" | ") for line in CLAIMS.strip().splitlines() if " | " in line]


def test_laws_of_powers_stay_proved() -> None:
    laws = [("a^m*a^n", "a^(m+n)"), ("(a^m)^n", "a^(m*n)"), ("x^n/x^m", "x^(n-m)"),
            ("sqrt(x^(4*n))", "x^(2*n)"), ("sqrt(x^(2*n))", "abs(x)^n")]  # fmt: skip
    assert {verdict(before, after, Link("equal")) for before, after in laws} == {"proved"}


@pytest.mark.parametrize("row", ROWS, ids=" | ".join)
def test_no_wrong_verdict(row: list[str]) -> None:
    link, sign, before, after = row
    assert verdict(before, after, Link(link)) not in FORBIDDEN[sign]
