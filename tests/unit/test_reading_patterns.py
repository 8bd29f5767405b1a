"""What a pattern needs is in every text that it matches, so that no match is lost by asking."""

from __future__ import annotations

import gc
import random
import re
import subprocess
import sys
from dataclasses import replace
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from assistant.maths.reading import prose, stories  # noqa: F401 - loads all patterns
from assistant.maths.reading.patterns import Late, compiled, has_all, late, needs
from assistant.maths.reading.phrases import Phrase as Request
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.stories.accounts.clauses_en import PHRASES
from assistant.maths.reading.stories.telling import GROUP, Phrase, Tongues, laid_out

TIMES_EACH = 4
OTHER = "ab3 ,.多x"


def sample(nodes: Any, chance: random.Random) -> str:
    """A text that a parsed pattern matches, but for what it looks about for."""
    found = ""
    for op, value in nodes:
        name = str(op)
        if name == "LITERAL":
            found += chance.choice((chr(value), chr(value).upper()))
        elif name in {"NOT_LITERAL", "ANY"}:
            found += chance.choice(OTHER)
        elif name == "IN":
            found += _one_of(value, chance)
        elif name == "BRANCH":
            found += sample(chance.choice(value[1]), chance)
        elif name == "SUBPATTERN":
            found += sample(value[3], chance)
        elif name == "ATOMIC_GROUP":
            found += sample(value, chance)
        elif name.endswith("REPEAT"):
            least, most, inner = value
            times = chance.choice((least, min(most, least + 1)))
            found += "".join(sample(inner, chance) for _ in range(times))
    return found


def _one_of(options: Any, chance: random.Random) -> str:
    name, value = chance.choice(options)
    if str(name) == "LITERAL":
        return chr(value)
    if str(name) == "RANGE":
        return chr(chance.randint(*value))
    return chance.choice(OTHER)


def matching(source: str, flags: int, chance: random.Random) -> list[str]:
    tree = parser.parse(source, flags)
    return [sample(tree, chance) for _ in range(TIMES_EACH)]


def known(kind: type) -> list[Any]:
    return [one for one in gc.get_objects() if isinstance(one, kind)]


def stories_phrases() -> list[Phrase]:
    return [p for tongues in known(Tongues) for p in (*tongues.chinese, *tongues.english)]


def no_match_of_a_late_pattern_is_lost() -> None:
    chance, patterns = random.Random(1), known(Late)
    assert len(patterns) > 100
    for pattern in patterns:
        for text in matching(pattern.source, pattern.flags, chance):
            assert pattern.may_match(text), (pattern.source, pattern.needs, text)


def no_match_of_a_phrase_of_a_story_is_lost() -> None:
    chance, found = random.Random(2), stories_phrases()
    assert len(found) > 300
    for phrase in found:
        for text in matching(GROUP.sub("(", phrase.source), re.IGNORECASE, chance):
            assert has_all(text.casefold(), phrase.needs), (phrase.source, phrase.needs, text)


def no_match_of_a_phrase_of_a_request_is_lost() -> None:
    chance, found = random.Random(3), known(Request)
    assert len(found) > 800
    for phrase in found:
        parts = [phrase.literal(n) for n in range(len(phrase.places) + 1)]
        trees = [parser.parse(p.pattern, p.flags) if p else () for p in parts]
        for _ in range(TIMES_EACH):
            text = "x".join(sample(tree, chance) for tree in trees)
            assert has_all(text.casefold(), phrase.needs), (phrase.places, phrase.needs, text)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("abc", (("abc",),)),
        ("ab+c", (("ab",), ("c",))),
        ("ab?c|d", (("a", "d"),)),
        ("(?:gives|gave)x*", (("gives", "gave"),)),
        ("(?P<n>a|b)*c", (("c",),)),
        ("(?:foo|bar(?:baz|qux))+z", (("foo", "bar"), ("z",))),
        ("x{1,9}?y{0,2}z{,3}", (("x",),)),
        ("a??b*+c?+d++", (("d",),)),
        (r"(?!no)\bfoo\.[a-z]+Bar(?<!x)", (("foo",), ("bar",))),
        ("(?:a|)b", (("b",),)),
        ("[]x]y[^]x]", (("y",),)),
        ("(?P<x>a)(?P=x)b", (("a",), ("b",))),
        ("(?(1)a|b)c", ()),
        ("(?i)ab", ()),
        ("(?x:a b)c", ()),
        ("xΣ|ß", (("xσ", "ss"),)),
        ("\U000f0000a", (("a",),)),
        (r"\x41b\u4e00c\U0001F600d", (("b",), ("c",), ("d",))),
        ("", ()),
    ],
)
def test_what_a_pattern_needs(source: str, wanted: object) -> None:
    assert needs(source) == wanted


def test_white_space_and_remarks_of_a_verbose_pattern_are_no_words() -> None:
    source = r"""a (?: b | c\ d ) ?  # as in ab
      e [ #] {0,2} f"""
    assert needs(source, verbose=True) == (("a",), ("e",), ("f",))
    assert Late(source, re.VERBOSE).fullmatch("aef")


def test_a_capital_at_the_end_of_a_word_is_the_same_letter() -> None:
    assert late("xσ", re.IGNORECASE).search("the xΣ of")


def test_chinese_characters_match_as_before_where_capitals_do_not_count() -> None:
    source = r"(?<=[\u4e00-\u9fff])[\u4e00-\u9fff]{2}B|\[\u4e00-]"
    ours, usual = compiled(source, re.IGNORECASE), re.compile(source, re.IGNORECASE)
    for text in ("一龥龥b", "一龥B", "一\ua000龥b", "一\u4dff龥B", "[一-]"):
        assert (ours.search(text) is None) is (usual.search(text) is None), text


def test_a_late_pattern_matches_as_any_pattern_does() -> None:
    pattern = late(r"(?:red|blue) (\d)", re.IGNORECASE)
    text = "A Red 1, a BLUE 2"
    usual = re.compile(pattern.source, pattern.flags)
    for one in (pattern, usual):
        hit = one.search(text)
        assert hit is not None
        assert hit[1] == "1"
        assert one.match(text) is None
        assert one.fullmatch("red 3")
        assert [m[1] for m in one.finditer(text)] == ["1", "2"] == one.findall(text)
        assert one.sub("-", text) == "A -, a -"
    assert late("x").split("a x b") == ["a ", " b"]


def test_a_text_without_what_a_pattern_needs_compiles_nothing() -> None:
    pattern = Late("(?:red|blue) car")
    assert pattern.search("a green car") is None
    assert pattern.match("x") is None
    assert pattern.fullmatch("") is None
    assert list(pattern.finditer("green")) == []
    assert pattern.sub("-", "a green car") == "a green car"
    assert pattern.split("red") == ["red"]
    assert pattern.findall("red") == []
    assert "compiled" not in vars(pattern)


def test_a_word_that_stops_a_name_is_marked_wherever_it_begins() -> None:
    marked = PHRASES.marked("Two of THE cats-and-dogs, offer theirs")
    assert marked == "Two Of THe cats-And-dogs, offer theirs"


def test_names_of_a_story_are_as_they_were_told() -> None:
    story = "Ann BUYS 3 Red pens"
    hits = laid_out(story, replace(PHRASES, about=""))
    assert hits is not None
    assert len(hits) == 1
    assert (hits[0].text, hits[0].one("o"), hits[0].one("t")) == (story, "Ann", "Red pens")
    assert laid_out("Each buys 3 pens", Tongues("pens", ())) is None


def test_a_request_finds_its_words_behind_other_white_space() -> None:
    request = Request("sum of <a> and <b>")
    text = "sum\tof 2 and\n3"
    found = list(request.matches(Span(text, 0, len(text))))
    assert [{n: s.text for n, s in one.items()} for one in found] == [{"a": "2", "b": "3"}]


@pytest.mark.slow
def test_no_match_is_lost() -> None:
    """In a process of its own: another test here may have loaded the reader anew."""
    done = subprocess.run(
        [sys.executable, "-P", __file__], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


if __name__ == "__main__":
    no_match_of_a_late_pattern_is_lost()
    no_match_of_a_phrase_of_a_story_is_lost()
    no_match_of_a_phrase_of_a_request_is_lost()
