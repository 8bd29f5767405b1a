"""Finds the answer in a text: boxed, announced, between dollar signs, or the last number."""

from __future__ import annotations

import re

ANNOUNCED = re.compile(
    r"(?:final answer(?: is)?|the answer is|answer is|answer|答案是|答案为|答案)"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
MATH = re.compile(
    r"\$\$(.+?)\$\$|\$(.+?)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]",
    re.DOTALL,
)
NUMBER = re.compile(
    r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+|(?<=\d))(?:/\d+)?"
    r"(?:\s*(?:%|percent\b|pct\b|[a-zA-Z]{1,3}[²³]?(?![a-zA-Z])))?"
)
JOINING = re.compile(
    r"(?:\\quad|\\text\{[^{}]*\}|\band\b|\bor\b|和|或|且|[\s,;、，；.+$]|\\\[|\\\])*"
)
WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z']{2,}")
MATHEMATICAL = frozenset("and or sin cos tan cot sec csc log ln exp sqrt abs pi mod oo sum".split())
CLOSING = re.compile(r"\s*(?:I hope it is correct.*|<\|.*|[.。]\s*)$", re.DOTALL)
LIMIT = 20_000


def is_prose(text: str) -> bool:
    """Whether there are words of a sentence in it, and not only names of functions."""
    return sum(word.lower() not in MATHEMATICAL for word in WORD.findall(text)) >= 4


def _boxes(text: str) -> list[tuple[int, int, str]]:
    """Each ``\\boxed{…}`` as start, end and content, braces balanced."""
    found = []
    for match in re.finditer(r"\\{1,2}(?:boxed|fbox)\s*\{", text):
        depth, at = 1, match.end()
        while at < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        if depth == 0:
            found.append((match.start(), at, text[match.end() : at - 1]))
        else:
            found.append((match.start(), len(text), text[match.end() :]))
    return found


def boxed(text: str) -> str | None:
    """The last box, together with those that stand beside it."""
    boxes = _boxes(text)
    if not boxes:
        return None
    parts = [boxes[-1]]
    for box in reversed(boxes[:-1]):
        between = text[box[1] : parts[0][0]]
        near = JOINING.fullmatch(between) or re.fullmatch(
            r".{0,24}[A-Za-z]_?\w?\s*=\s*", between, re.DOTALL
        ) or (len(between) < 40 and r"\text" in between)  # fmt: skip
        if not near or box[2] == parts[0][2]:
            break
        parts.insert(0, box)
    if len(parts) == 1:
        return _with_unit(parts[0][2], text[parts[0][1] :])
    return ", ".join(part for _, _, part in parts)


def _with_unit(content: str, rest: str) -> str:
    """A per cent sign or word straight after the box belongs to it."""
    if re.match(r"\$?\s*(?:\\?%|percent\b|pct\b)", rest):
        return content + "%"
    return content


def mathematics(text: str) -> str | None:
    """The last piece between dollar signs or their like, with its neighbours in a list."""
    matches = list(MATH.finditer(text))
    if not matches:
        return None
    parts = [matches[-1]]
    for match in reversed(matches[:-1]):
        between = text[match.end() : parts[0].start()]
        if not re.fullmatch(r"\s*(?:,|;|，|、)?\s*(?:and|or|和|或|且)?\s*", between):
            break
        parts.insert(0, match)
    after = re.sub(r"<\|.*", "", text[matches[-1].end() :], flags=re.DOTALL)
    if is_prose(text) and re.search(r"[a-z]{2,}.*\d", after, re.DOTALL):
        return _last_number(after)
    contents = [next(g for g in m.groups() if g is not None) for m in parts]
    if len(contents) == 1:
        return _with_words(contents[0], text[parts[0].end() :])
    return ", ".join(contents)


def _with_words(content: str, rest: str) -> str:
    match = re.match(r"\s*(\\?%|percent(?:age)?\b|pct\b)", rest)
    if match:
        return content + "%"
    unit = re.match(r"\s*([a-zA-Z]+)\s*\.?$", rest)
    return f"{content} {unit.group(1)}" if unit else content


PLAIN_ANSWER = re.compile(
    r"(?:answer is|答案是|答案为)\s*[:：]?\s*(\$[^$]+\$|\\\(.+?\\\)|[-\d.,/]*\d)", re.IGNORECASE
)


def answer_text(text: str) -> str:
    """The part of a text that is its answer; the whole where nothing marks one."""
    text = text[-LIMIT:].strip()
    found = boxed(text)
    plain = list(PLAIN_ANSWER.finditer(text))
    if plain:
        content = plain[-1].group(1)
        rest = text[plain[-1].end() :]
        return mathematics(content + (rest if len(rest) < 20 else "")) or content
    announced = list(ANNOUNCED.finditer(text))
    if announced:
        tail = CLOSING.sub("", text[announced[-1].end() :])
        if tail and (not found or "boxed" in tail or (is_prose(text) and len(tail) < 80)):
            inner = boxed(tail) or mathematics(tail)
            if inner is not None:
                return inner
            if not found:
                return _last_number(tail) if is_prose(tail) else tail
    if found is not None:
        return found
    if (inner := mathematics(text)) is not None:
        return inner
    if is_prose(text):
        return _last_number(text)
    return text


def _last_number(text: str) -> str:
    numbers = [m.group(0).strip() for m in NUMBER.finditer(text) if m.group(0).strip()]
    return numbers[-1] if numbers else text
