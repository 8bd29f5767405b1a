"""Examples of what goes in and what comes out: under headings, in fences, and in sentences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from assistant.coding.blocks import blocks_of
from assistant.coding.examples import doubts
from assistant.coding.examples.scanning import (
    MOST_TRIED,
    balanced,
    expression,
    is_value,
    literal_at,
)

COMMENTED = re.compile(
    r"\b(?:wrong|incorrect|should be|expected|unexpected)\b|<--|错误?[)）]?$|应为|应该",
    re.IGNORECASE,
)
"""A note on what is shown, that says that it is not wanted."""
REMARK = re.compile(r"\s*(?:[(（].*[)）]|//.*|(?<=\s)#.*|←.*)\s*\Z")
"""What somebody has written behind a value."""
MOST_LINES = 200
"""Of one input or output that stands in the text."""
_PAIR = re.compile(
    r"(?:input|输入)[^\w\n:：]{0,6}[:：]\s{0,8}`{0,3}(?P<given>[^\n`]{1,500}?)`{0,3}"
    r"[ \t]{0,4}(?:\r?\n\s{0,8}|[,，;；。]\s{0,4}|\s{1,4})[*\-\s]{0,6}"
    r"(?:(?:expected|sample|期望|预期|样例|示例)[ \t的]{0,2})?"
    r"(?:output|输出)[^\w\n:：]{0,6}[:：]\s{0,8}`{0,3}(?P<wanted>[^\n`]{1,500})",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\s(?:-{1,3}>|={1,2}>|[→⇒⟶])\s*\Z")
"""What leads from an input to the word before an output."""
_INPUT = re.compile(r"input|输入", re.IGNORECASE)
_KIND = r"(?:[ \t]?(?:样例|示例|例子|数据|example|sample))?[ \t]?#?\d{0,3}"
_INPUT_HEAD = re.compile(rf"(?:input|输入){_KIND}[^\w]{{0,8}}\Z", re.IGNORECASE)
_OUTPUT_HEAD = re.compile(rf"(?:output|输出){_KIND}[^\w]{{0,8}}\Z", re.IGNORECASE)
_HEAD = re.compile(
    r"[ \t#*>]{0,6}(?P<sample>(?:sample|example)[ \t]|样例|示例)?"
    r"(?:(?P<input>input|输入)|(?:expected[ \t]|预期|期望)?(?:output|输出))"
    r"(?P<later>样例|示例|例子)?[ \t]?#?\d{0,3}[ \t*]{0,4}[:：]?[ \t*]{0,4}",
    re.IGNORECASE,
)
"""A line that is nothing but a heading."""
_BEGUN = re.compile(rf"(?={_HEAD.pattern}\S).*?[:：][ \t*]{{0,4}}(?P<rest>\S.*)", re.IGNORECASE)
"""A heading with the first line of the data behind it."""
_LATER = re.compile(
    r"[ \t#*>]{0,6}(?:提示|说明|解释|注意|备注|数据范围|数据规模|限制|约束|样例|示例"
    r"|(?:explanations?|notes?|hints?|constraints?|limits?|examples?|scoring)\b).*",
    re.IGNORECASE,
)
"""What follows an output, and is none."""
_WORDS = re.compile(r".*[:：。!！?？]|(?:\S+[ \t]+){2,}\S+\.")
"""A line that speaks of data."""
_WORD = re.compile(
    r"(?-i:[A-Z]{2,12})|yes|no|true|false|odd|even|none|(?:im)?possible|[是否]|[有无]解?|[奇偶]数",
    re.IGNORECASE,
)
"""One word that a program prints, and that describes nothing."""
_LETTER = re.compile(r"[^\W\d_]")
_DATA = re.compile(r"[-+\d.,eE \t]*\d[-+\d.,eE \t]*")
_NODE = re.compile(r"\b\w*Node\b|\b(?:root|head|l1|list1|head1|headA|tree)\b")
_LINK = re.compile(r"(?:\.|->)(?:next|left|right|children|neighbou?rs)\b")
DESCRIBED = re.compile(
    r"[a-z]|(?:an?|one|the|some|two)?\s?(?:numbers?|integers?|ints?|strings?|str|texts?|words?|lists?"
    r"|arrays?|lines?|names?|values?|nums?|characters?)"
    r"|[一两二三几]?[个行]?(?:整数|数字?|字符串?|数组|列表|文本|单词|句子|名字|姓名)",
    re.IGNORECASE,
)
"""What is no input, and says of what kind it is."""
_OPENS, _CLOSES = r"[`*]{0,3}", r"[`*]{0,3}"
_TOLD = re.compile(
    r"\b(?:returns?|gives?|outputs?|prints?|yields?|produces?|return|give|output|print)\s{1,3}"
    rf"{_OPENS}",
    re.IGNORECASE,
)
_FOR = re.compile(
    rf"{_CLOSES}\s{{1,3}}(?:for|given|on|when\s(?:given|passed))\s{{1,3}}(?:the\s)?"
    rf"(?:(?:inputs?|arguments?)\s{{1,3}})?{_OPENS}",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"(?:\b(?:(?:for|given|on|with|if|when)\s{1,3}(?:the\s|an?\s)?(?:inputs?|arguments?)"
    r"|(?:when\s)?given)\s{0,3}(?:is\s|are\s|of\s|=)?"
    rf"|[当若]?(?:如果)?输入[为是]?|(?P<bare>\bfor(?=\s))|例如|比如|对于?)[ \t]{{0,3}}{_OPENS}",
    re.IGNORECASE,
)
_GIVES = re.compile(
    rf"{_CLOSES}(?:[,，]?\s{{0,3}}(?:then\s|it\s|the\s(?:function|program|script|output|result|answer)\s)"
    r"{0,2}(?:(?:should|must|will)\s)?"
    r"(?:be|is|returns?|gives?|outputs?|prints?)\s{1,3}"
    r"|\s{0,3}时?[,，]?\s{0,3}(?:则|它|程序|函数|应该?|会|需){0,3}"
    rf"(?:返回|输出|得到|打印|结果)[为是]?\s{{0,3}}){_OPENS}",
    re.IGNORECASE,
)
_IT_GIVES = re.compile(
    rf"(?={_CLOSES}[,，]?\s{{0,3}}(?:it|the\s\w{{1,10}})\s){_GIVES.pattern}", re.IGNORECASE
)
"""``a ticket for 2 is 30`` tells of no function."""
_THEN = re.compile(
    rf"{_CLOSES}(?:\s?[,，;；、]\s{{0,3}}(?:and\s|而|且|并且)?|\s(?:and|but)\s)"
    rf"(?P<led>(?:for|对于?)\s{{0,3}}(?:inputs?\s)?)?{_OPENS}",
    re.IGNORECASE,
)
_BRIEFLY = re.compile(rf"{_CLOSES}\s{{1,3}}{_OPENS}")
"""``for 7 it returns True, for 8 False``: the verb is told once."""
_AND = re.compile(
    rf"{_CLOSES}\s{{0,3}}(?:(?:[,，]\s)?\band\b|,|，|、|和|与)\s{{0,3}}{_OPENS}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What goes in and what comes out, of a function or program that the example does not
    name.

    ``inline``: it stands within a line, where words may describe it and not be it.  ``spoken``: in
    a sentence, whose values are written as code.  ``exact``: only for a function whose parameters
    bear the names that it tells.
    """

    given: str
    wanted: str
    inline: bool = False
    spoken: bool = False
    exact: bool = False


def pairs_in(text: str) -> Iterator[Pair]:
    """All pairs of a question that nothing around them takes back."""
    spans: list[tuple[int, int]] = []
    heads = islice(_INPUT.finditer(text), MOST_TRIED)
    for found in filter(None, (_PAIR.match(text, head.start()) for head in heads)):
        given, wanted = (
            _POINTS.sub("", found["given"]).strip(),
            found["wanted"].strip().rstrip("。.;；"),
        )
        if _DATA.fullmatch(given) and _DATA.fullmatch(_next_line(text, found.end())):
            continue  # there are more lines of it: ``_headed``
        spans.append(found.span())
        if doubts.introduced(text, found.start(), found.end()) and not COMMENTED.search(wanted):
            bare = REMARK.sub("", wanted)
            more = [] if is_value(bare) else _drawn(text, found.end())
            if more:
                wanted = "\n".join([_indent(text, found.start("wanted")) + wanted, *more])
                drawn = _DATA.fullmatch(given) and not _LETTER.search(wanted)
                yield Pair(given, wanted, inline=not drawn)
                continue
            yield Pair(given, bare if is_value(bare) else wanted, inline=True)
    blocks = blocks_of(text)
    for before, after in pairwise(blocks):
        head = text[max(before.start - 60, 0) : before.start]
        between = text[before.end : after.start]
        plain = doubts.introduced(text, before.start - len(head), after.end)
        if plain and _INPUT_HEAD.search(head) and _OUTPUT_HEAD.search(between[-60:]):
            yield Pair(before.text, after.text)
    spans += [(block.start, block.end) for block in blocks]
    yield from _headed(text, spans)
    yield from _spoken(text, spans)


def pair_arguments(given: str) -> ast.Call | None:
    """The input of a pair as the arguments of a call; ``None`` where it is other text."""
    call = expression(f"f({given.strip()})")
    if not isinstance(call, ast.Call) or balanced(f"f({given.strip()})", 1) is None:
        return None
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    parts = [*call.args, *(keyword.value for keyword in call.keywords)]
    return call if all(is_value(ast.unparse(part)) for part in parts) else None


def values_of(pair: Pair, parameters: Sequence[str]) -> list[str] | None:
    """The input of a pair as arguments for a function; ``None`` where it is meant for none such."""
    if pair.exact and not names_all(pair.given, parameters):
        return None
    return values_for(pair.given, parameters)


def values_for(given: str, parameters: Sequence[str]) -> list[str] | None:
    """The input of a pair as arguments for these parameters, in their order, where it names them;
    ``None`` where it is other text, or names what is no parameter."""
    call = pair_arguments(given)
    if call is None:
        return None
    named = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    values = [ast.unparse(item) for item in call.args]
    if named and not values and set(named) <= set(parameters):
        return [named[name] for name in parameters if name in named]
    return [*values, *named.values()]


def names_all(given: str, parameters: Sequence[str]) -> bool:
    """Does the input of a pair name each of these parameters, and nothing else?"""
    call = pair_arguments(given)
    if call is None or call.args or not parameters:
        return False
    return {keyword.arg for keyword in call.keywords} == set(parameters)


def of_nodes(program: str) -> bool:
    """Does a program walk along nodes?  An example then writes a tree or a chain of them as a list,
    and is no call as it stands."""
    return _NODE.search(program) is not None and _LINK.search(program) is not None


# under headings


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text; ``head`` where it is a heading, and ``rest`` what stands behind that."""

    text: str
    start: int
    head: re.Match[str] | None
    rest: str = ""


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        bare = line.rstrip("\r")
        begun = None if _HEAD.fullmatch(bare) else _BEGUN.fullmatch(bare)
        head = _HEAD.match(bare) if begun else _HEAD.fullmatch(bare)
        yield _Line(line, at, head, begun["rest"].strip() if begun else "")
        at += len(line) + 1


def _headed(text: str, taken: list[tuple[int, int]]) -> Iterator[Pair]:
    """Data that stands below a heading, up to the next or to an empty line behind it.  Below a
    heading that speaks of no example stands a description, but where it is numbers alone."""
    lines = list(_lines(text))
    heads = [n for n, line in enumerate(lines) if line.head is not None][:MOST_TRIED]
    for first, second in pairwise(heads):
        top, middle = lines[first].head, lines[second].head
        assert top is not None
        assert middle is not None
        if not top["input"] or middle["input"]:
            continue
        begun = lines[first].rest or lines[second].rest
        given = _data([lines[first].rest, *(line.text for line in lines[first + 1 : second])])
        below = takewhile(lambda line: line.head is None, lines[second + 1 :][:MOST_LINES])
        under, behind = [line.text for line in below], lines[second].rest
        wanted = _data([behind, *_more(under)] if behind else _paragraph(under))
        start = lines[first].start
        end = lines[second].start + len(lines[second].text)
        named = top["sample"] or top["later"]
        said = any(_WORDS.fullmatch(line.strip()) for line in (*given, *wanted))
        numbers = all(map(_DATA.fullmatch, [*given, *wanted]))
        typed = all(map(_DATA.fullmatch, given))
        word = typed and len(wanted) == 1 and _WORD.fullmatch(wanted[0])
        shown = named and not said and (typed and not behind if begun else True)
        plain = numbers or shown or (begun and word)
        inside = any(a < end and start < b for a, b in taken)
        if given and wanted and plain and not inside and doubts.introduced(text, start, end):
            within = bool(begun) and not shown
            yield Pair("\n".join(given) + "\n", "\n".join(wanted) + "\n", inline=within)


def _indent(text: str, at: int) -> str:
    """The blanks before what begins its line."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before if not before.strip() else ""


def _more(lines: list[str]) -> list[str]:
    """The lines of numbers that follow one behind a heading; where words do, they tell of it."""
    return list(takewhile(lambda line: _DATA.fullmatch(line.rstrip("\r")), lines))


def _next_line(text: str, at: int) -> str:
    """The line behind the one in which ``at`` stands."""
    return "".join(text[at : at + doubts.FAR].split("\n")[1:2]).strip()


def _drawn(text: str, at: int) -> list[str]:
    """The lines that follow on that in which ``at`` stands, and belong to what is printed."""
    lines = text[at : at + doubts.FAR * MOST_LINES].split("\n")[1:MOST_LINES]
    shown = takewhile(
        lambda line: (
            line.strip()
            and not (_HEAD.fullmatch(line) or _BEGUN.fullmatch(line) or _LATER.fullmatch(line))
            and not line.lstrip().startswith(("```", "~~~"))
        ),
        (line.rstrip() for line in lines),
    )
    found = list(shown)
    return [] if any(_WORDS.fullmatch(line.strip()) for line in found) else found


def _data(lines: list[str]) -> list[str]:
    """Without the empty lines around."""
    kept = "\n".join(line.rstrip() for line in lines).strip("\n")
    return kept.split("\n") if kept.strip() else []


def _paragraph(lines: list[str]) -> list[str]:
    """The first lines that follow each other, up to what tells of them."""
    found: list[str] = []
    for line in lines:
        if _LATER.fullmatch(line.rstrip()) or (found and not line.strip()):
            break
        if line.strip():
            found.append(line)
    return found


# in sentences


def _spoken(text: str, taken: list[tuple[int, int]]) -> Iterator[Pair]:
    """``it returns 5 for input 3``, ``输入 3 时返回 5``: values as they are written in code."""
    found = [*_gives_first(text), *_given_first(text)]
    masked = doubts.blanked(text, [(start, end) for _, start, end in found])
    for pairs, start, end in found:
        apart = not any(a < end and start < b for a, b in taken)
        if apart and doubts.ends(text, end) and doubts.plain(masked, start, end):
            yield from pairs


Said = tuple[list[Pair], int, int]
"""What is told together, and where it stands."""


def _gives_first(text: str) -> Iterator[Said]:
    for told in islice(_TOLD.finditer(text), MOST_TRIED):
        found, at, end = [], told.end(), told.end()
        while (one := _given_behind(text, at)) is not None:
            found.append(one[0])
            end = one[1]
            more = _AND.match(text, end)  # ... and 4 for input 2
            if more is None:
                break
            at = more.end()
        if found:
            yield found, told.start(), end


def _given_behind(text: str, at: int) -> tuple[Pair, int] | None:
    """A value, and behind it for what it comes."""
    value = literal_at(text, at)
    way = _FOR.match(text, value.end) if value is not None else None
    given = _values(text, way.end()) if way is not None else None
    if value is None or given is None:
        return None
    return Pair(given[0], value.text, inline=True, spoken=True), given[1]


def _given_first(text: str) -> Iterator[Said]:
    end = 0
    for head in islice(_GIVEN.finditer(text), MOST_TRIED):
        if head.start() < end:
            continue  # it is told with the last
        given = _values(text, head.end())
        gives = _IT_GIVES if head["bare"] else _GIVES
        way = gives.match(text, given[1]) if given is not None else None
        value = literal_at(text, way.end()) if way is not None else None
        if value is not None and given is not None:
            pair = Pair(given[0], value.text, inline=True, spoken=True)
            others, end = _given_then(text, value.end)
            yield [pair, *others], head.start(), end


def _given_then(text: str, end: int) -> tuple[list[Pair], int]:
    """What follows of the same kind, and where that ends: ``, for 8 False and for 1 False``."""
    found: list[Pair] = []
    while (more := _THEN.match(text, end)) is not None:
        given = literal_at(text, more.end())
        way = _GIVES.match(text, given.end) if given is not None else None
        if way is None and given is not None and more["led"]:
            way = _BRIEFLY.match(text, given.end)
        value = literal_at(text, way.end()) if way is not None else None
        if value is None or given is None:
            break
        found.append(Pair(given.text, value.text, inline=True, spoken=True))
        end = value.end
    return found, end


def _values(text: str, start: int) -> tuple[str, int] | None:
    """Literals with commas or an "and" between them, and where they end; not one that is told of
    another input."""
    found: list[str] = []
    at, end = start, start
    while (value := literal_at(text, at)) is not None and not (
        found and _FOR.match(text, value.end)
    ):
        found.append(value.text)
        end = value.end
        more = _AND.match(text, end)
        if more is None:
            break
        at = more.end()
    return (", ".join(found), end) if found else None
