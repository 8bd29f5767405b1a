"""Shapes of values: read, made, made smaller, and found in a function's text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coding.inside.making import Maker, fits, simplest, smaller
from assistant.coding.inside.shapes import Either, Many, Plain, Row, Shape, Table, of_value, read
from assistant.coding.properties import signature_of

PLAIN = st.sampled_from(["int", "float", "str", "bool", "bytes", "None"]).map(Plain)
HASHABLE = st.sampled_from(["int", "str", "bool"]).map(Plain)
SHAPES: st.SearchStrategy[Shape] = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.builds(Many, st.sampled_from(["list", "tuple"]), inner),
        st.builds(Many, st.sampled_from(["set", "frozenset"]), HASHABLE),
        st.builds(Table, HASHABLE, inner),
        st.lists(inner, max_size=3).map(lambda parts: Row(tuple(parts))),
    ),
    max_leaves=5,
)


@given(SHAPES)
def test_a_shape_is_read_as_it_is_written(shape: Shape) -> None:
    assert read(str(shape)) == shape


@settings(max_examples=60, deadline=None)
@given(SHAPES, st.integers(0, 50), st.integers(0, 12))
def test_what_is_made_has_its_shape_and_shrinks_to_the_simplest(
    shape: Shape, seed: int, size: int
) -> None:
    value = Maker(seed).make(shape, size)
    assert fits(shape, value)
    assert Maker(seed).make(shape, size) == value
    for _ in range(500):
        less = next((new for new in smaller(shape, value)), None)
        if less is None:
            break
        assert fits(shape, less)
        value = less
    assert value == simplest(shape)


@settings(max_examples=40, deadline=None)
@given(st.integers(-(10**6), 10**6))
def test_a_number_shrinks_towards_zero(number: int) -> None:
    for less in smaller(Plain("int"), number):
        assert abs(less) < abs(number) or (abs(less) == abs(number) and less > number)


def test_a_sorted_list_stays_sorted() -> None:
    shape = read("sorted[list[int]]")
    for seed in range(20):
        value = Maker(seed).make(shape, 10)
        assert value == sorted(value)
        assert all(less == sorted(less) for less in smaller(shape, value))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("List[int]", "list[int]"), ("typing.Optional[str]", "str | None"),
        ("Sequence[float]", "list[float]"), ("tuple[int, ...]", "tuple[int, ...]"),
        ("tuple[()]", "tuple[()]"), ("Union[int, str, None]", "int | str | None"),
        ("'list[int]'", "list[int]"), ("T", "int"), ("int >= 0", "int >= 0"),
        ("Dict[str, List[int]]", "dict[str, list[int]]"), ("list", "list[int]"),
        ("Literal[1, 2]", "int"), ("Annotated[int, 3]", "int"),
    ],
)  # fmt: skip
def test_annotations_are_read(text: str, shape: str) -> None:
    assert str(read(text)) == shape


@pytest.mark.parametrize(
    "text",
    ["Callable[[int], int]", "Node", "list[Node]", "1", "f()", "", "[" * 500, "list[" * 50,
     "list[int", "x" * 1000, "lambda: 0", "int | Node", "'" * 30, "Optional[()]",
     "Literal[{[]: 1}]"],
)  # fmt: skip
def test_what_cannot_be_made_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"|."):
        read(text)


def test_shapes_of_examples() -> None:
    assert str(of_value([1, 2.5])) == "list[float]"
    assert str(of_value({"a": [None, 1]})) == "dict[str, list[None | int]]"
    assert of_value([]) == Many("list", Plain("int"))
    with pytest.raises(ValueError, match="cannot"):
        of_value(object())
    assert isinstance(of_value([1, "a"]), Many)
    assert isinstance(read("int | str"), Either)


@pytest.mark.parametrize(
    ("code", "examples", "shapes"),
    [
        ("def f(a: list[int], n: int = 3): pass", "", ["list[int]"]),
        ("def f(a, b):\n    '''\n    >>> f([1.5], 'x')\n    '''", "", ["list[float]", "str"]),
        ("def f(thing): pass", "def test(): assert f({1: 'a'}) == 3", ["dict[int, str]"]),
        ("def f(thing): pass", "import answer\nassert answer.f(thing=(1, 2))", ["tuple[int, int]"]),
        ("def f(nums, target): pass", "", ["list[int]", "int"]),
        ("def f(s): pass", "", ["str"]),
        ("def f(thing): pass", "f(x)", [""]),
        ("def f(a: Callable[[int], int]): pass", "", [""]),
        ("def f(n: int): pass", "assert f(3) and f(0)", ["int >= 0"]),
        ("def f(n: int): pass", "assert f(-3) and f(0)", ["int"]),
        ("def binary_search(items: list[int], x: int): pass", "", ["sorted[list[int]]", "int"]),
        ("def f(a: list[int]):\n    'Look in a sorted list.'", "", ["sorted[list[int]]"]),
        ("def f(a: list[int]):\n    'Look in a sorted list.'", "f([3, 1])", ["list[int]"]),
        ("def f(a: list[int]):\n    'Returns a sorted list.'", "", ["list[int]"]),
        ("def f(): pass\ndef f(b: bool): pass", "", ["bool"]),
    ],
)
def test_what_a_function_takes(code: str, examples: str, shapes: list[str]) -> None:
    name = "binary_search" if "binary_search" in code else "f"
    found = signature_of(code, name, examples)
    assert found is not None
    assert [parameter.shape for parameter in found.parameters] == shapes


@pytest.mark.parametrize("name", ["Solution.two_sum", "two_sum"])
def test_a_method_is_found_without_its_object(name: str) -> None:
    code = "class Solution:\n    def two_sum(self, nums, target: float): pass\n"
    found = signature_of(code, name)
    assert found is not None
    assert found.name == "Solution.two_sum"
    assert [parameter.shape for parameter in found.parameters] == ["list[int]", "float"]


def test_no_function_and_no_python() -> None:
    assert signature_of("x = 1", "f") is None
    assert signature_of("class A:\n    def f(self): pass", "f") is None
    with pytest.raises(ValueError, match=r"."):
        signature_of("def (", "f")
    found = signature_of("def f(a: int): pass", "f", "this is (no Python\n>>> f(3)\n4\n")
    assert found is not None
    assert found.examples == ("(3,)",)


@given(st.text(max_size=200), st.text(max_size=200))
def test_hostile_text_is_only_read(code: str, examples: str) -> None:
    try:
        signature_of(code, "f", examples)
    except ValueError:
        return
