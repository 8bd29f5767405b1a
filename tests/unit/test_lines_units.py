"""Units in worked lines: rates, and units that are not those of what a line is about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.checking.work import check_work
from assistant.maths.types import Lang, Work, verdict_word

DRIVE = "A car travels 240 km in 3 hours. What is its speed?"


def word(line: str, problem: str = "") -> str:
    """The verdict on one line."""
    (mark,) = check_work(Work(problem, (line,))).marks
    return verdict_word(mark.verdict)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("240/3 = 80 km/h", "supported"),
        ("240/3 = 70 km/h", "refuted"),
        ("speed = 240 km / 3 h = 80 km/h", "supported"),
        ("speed = 240 km / 3 h = 70 km/h", "refuted"),
        ("240÷3=80千米/时", "supported"),
        ("240÷3=70千米/时", "refuted"),
        ("80 km/h × 3 h = 240 km", "supported"),
        ("80 km/h × 3 h = 250 km", "refuted"),
        ("80 km/h × 30 min = 40 km", "supported"),
        ("80 km/h × 30 min = 2400 km", "refuted"),
        ("36 km/h = 10 m/s", "supported"),
        ("36 km/h = 11 m/s", "refuted"),
        ("90 km/h = 90 × 1000 / 3600 = 25 m/s", "supported"),
        ("100/4 = 90 km/h", "undecided"),
        ("12 dollars/hour × 5 hours = 60 dollars", "supported"),
        ("12 dollars/hour × 5 hours = 65 dollars", "refuted"),
    ],
)
def test_a_rate_is_a_unit_like_others(line: str, verdict: str) -> None:
    assert word(line, DRIVE) == verdict


@pytest.mark.parametrize(
    "line",
    [
        "area = 25 cm",
        "area = 5 × 5 = 25 cm",
        "The area is 5 cm × 5 cm = 25 cm",
        "面积=25厘米",
        "5厘米×5厘米=25厘米",
        "perimeter = 12 cm²",
        "Area = 3 m × 4 m = 12 m",
        "Volume = 2 m × 3 m × 4 m = 24 m^2",
        "speed = 10 m / 2 s = 6 m/s",
        "体积=60平方厘米",
    ],
)
def test_a_unit_of_something_else_is_wrong(line: str) -> None:
    assert word(line) == "refuted"


@pytest.mark.parametrize(
    "line",
    [
        "area = 25 cm²",
        "area = 5 × 3 cm = 15 cm²",
        "area = 3 hectares",
        "面积=5×5=25平方厘米",
        "体积=3厘米×4厘米×5厘米=60立方厘米",
        "volume = 250 ml",
        "perimeter = 3 cm + 4 cm + 5 cm = 12 cm",
        "10 cm / 2 cm = 5",
        "Area = 3 m * 4 m = 12 m^2",
        "Volume = 2 m × 3 m × 4 m = 24 m^3",
        "speed = 10 m / 2 s = 5 m/s",
        "length = 3 m + 2",
    ],
)
def test_a_unit_that_may_fit_is_not(line: str) -> None:
    assert word(line) != "refuted"


def test_a_letter_that_may_be_a_length_is_no_wrong_unit() -> None:
    assert word("area = 3 m", "A rectangle has sides 3 and m.") == "undecided"


@pytest.mark.parametrize(
    "line",
    [
        "5 cm + 3 cm = 8 cm^2",
        "5 cm = 5 kg",
        "4 * 5 cm = 20 cm^2",
        "120 km / 60 km/h = 2 km",
        "60 km/h × 2 h = 120 h",
        "5 kg + 3 cm = 8 kg",
    ],
)
def test_numbers_that_fit_do_not_make_the_units_fit(line: str) -> None:
    assert word(line) == "undecided"


@pytest.mark.parametrize(
    "line",
    [
        "120 km / 60 km/h = 2 h",
        "8 hours × $15 = $120",
        "12 dollars / 3 hours = 4 dollars",
        "5 hours x 60 minutes + 40 minutes = 340 minutes",
        "30元÷6元/本=5本",
    ],
)
def test_units_that_are_right_or_only_short_do_no_harm(line: str) -> None:
    assert word(line, "How much is it?") == "supported"


def test_the_reason_names_both_kinds_in_both_languages() -> None:
    (mark,) = check_work(Work("", ("area = 25 cm",))).marks
    said = [mark.why.template(lang) for lang in (Lang.EN, Lang.ZH)]
    assert "a length" in said[0]
    assert "an area" in said[0]
    assert "长度" in said[1]
    assert "面积" in said[1]


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 60), st.integers(2, 60), st.integers(0, 3))
def test_a_distance_is_right_exactly_where_it_is(speed: int, hours: int, off: int) -> None:
    line = f"{speed} km/h × {hours} h = {speed * hours + off} km"
    assert word(line, DRIVE) == ("refuted" if off else "supported")
