"""Units made of others, temperatures, angles."""

from __future__ import annotations

import pytest
from asking import proved, solved, told

from assistant.maths.reading.requests.measure import unit_name
from assistant.maths.solving.numbers.units import measure
from assistant.maths.types import Proved


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("convert 72 km/h to m/s", "20"),
        ("72千米/时等于多少米/秒", "20"),
        ("convert 10 meters per second to kilometers per hour", "36"),
        ("convert 60 mph to km/h", "96.56064"),
        ("convert 3 cubic meters to liters", "3000"),
        ("5平方米等于多少平方厘米", "50000"),
        ("convert 2 m^2 to cm^2", "20000"),
        ("1公顷等于多少平方米", "10000"),
        ("convert 1 g/cm^3 to kg/m^3", "1000"),
        ("convert 100 degrees Fahrenheit to Celsius", "340/9"),
        ("convert -40 C to F", "-40"),
        ("100摄氏度等于多少华氏度", "212"),
        ("convert 25 °C to kelvin", "298.15"),
        ("convert 30 degrees to radians", "pi/6"),
        ("45度等于多少弧度", "pi/4"),
        ("convert pi/6 radians to degrees", "30"),
        ("how many seconds are in 2 hours", "7200"),
    ],
)
def test_conversions(text: str, wanted: str) -> None:
    assert proved(text) == wanted
    assert all(isinstance(s.verdict, Proved) for s in solved(text).steps)


@pytest.mark.parametrize(
    "text",
    ["convert 3 kg to meters", "convert 5 square meters to meters", "convert 5 km/h to km",
     "convert 5 C to kg", "convert 3 smoots to meters", "convert 2 months to days"],
)  # fmt: skip
def test_kinds_do_not_mix(text: str) -> None:
    assert told(text)[1] is None


def test_names() -> None:
    assert unit_name("kilometers per hour") == "kilometer/hour"
    assert unit_name("平方厘米") == "centimeter**2"
    assert unit_name("m³") == "meter**3"
    assert unit_name("m/s/s") is None
    assert unit_name("bananas") is None
    assert measure("litre") == measure("decimeter**3")


@pytest.mark.parametrize(
    ("text", "cold"),
    [
        ("convert -500 °C to K", True),
        ("convert -3 K to °C", True),
        ("convert -460 °F to K", True),
        ("把-300°C换算成K", True),
        ("convert -273.16 °C to °F", True),
        ("convert -273.15 °C to K", False),
        ("convert -459.67 °F to K", False),
        ("convert 0 K to °C", False),
        ("convert -40 °C to °F", False),
    ],
)
def test_below_absolute_zero_it_is_said_so(text: str, *, cold: bool) -> None:
    assert any("absolute zero" in note.en for note in solved(text).notes) is cold
