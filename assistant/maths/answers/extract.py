"""Finds the answer in a text: boxed, announced, between dollar signs, or the last number."""

from __future__ import annotations

import re

from assistant.maths.answers.clean import UNIT_OF

ANNOUNCED = re.compile(
    r"(?:final answer(?: is)?|the answer is|answer is|answer|答案是|答案为|答案)"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
MATH = re.compile(
    r"\$\$(.{1,2000}?)\$\$|\$(.{1,2000}?)\$|\\\((.{1,2000}?)\\\)|\\\[(.{1,2000}?)\\\]",
    re.DOTALL,
)
JOINED_MATH = re.compile(
    rf"\s*(?:,|;|，|、)?\s*(?:and|or|和|或|且)?\s*(?:{MATH.pattern})", re.DOTALL
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
CLAIMED = re.compile(
    r"(?:\banswers?|答案)\W{0,4}(?:is|are|为|是|[:：=])[\s*_:：]{0,9}", re.IGNORECASE
)
"""The words with which a model says that its answer comes now."""
CONCLUSION = re.compile(
    r"(?:so|thus|therefore|hence|finally|in\s+(?:total|conclusion|all)|altogether|[∴]|因此|所以|故|综上"
    r"|最终|于是|答)(?![a-z])",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"(?:\b(?:is|are|have|get)\b|[为是有得])\s*[:：]?\s*(?=[^\u4e00-\u9fff]*[。.]?$|[^\u4e00-\u9fff]*[或和且][^\u4e00-\u9fff]*$)"
)
"""The last words before a value: *the solutions are*, 解为."""
NO_SOLUTION = re.compile(r"\bno\s(?:real\s)?solutions?\b|无实?数?解|没有实?数?解", re.IGNORECASE)
SENTENCE_END = re.compile(r"\n|\.(?!\d)|[。；;!！]")
GLAD = re.compile(r"(?:[\d)\]}]|(?<![A-Za-z])[A-Za-z])[!！]$")
"""A factorial, or a writer who is glad: nobody knows."""
DECORATION = re.compile(r"^(?:[\s>#*_•]|[-–](?=[\s\-–]|$))+|[\s*_#]+$")
"""Marks of Markdown at the ends of a line; a dash is one only where white space is behind it."""
CLOSING = re.compile(r"\s*(?:I hope it is correct.*|<\|.*|[.。]\s*)$", re.DOTALL)
LIMIT = 20_000
TAIL = 4000
"""Characters at the end of a model's text in which its answer is looked for."""
CLAUSE = 300
"""Characters of one that is announced in words."""


def is_prose(text: str) -> bool:
    """Whether there are words of a sentence in it, and not only names of functions."""
    return sum(word.lower() not in MATHEMATICAL for word in WORD.findall(text)) >= 4


def _boxes(text: str) -> list[tuple[int, int, str]]:
    """Each ``\\boxed{…}`` as start, end and content, braces balanced; in one pass, and one
    inside another is a part of that."""
    found: list[tuple[int, int, str]] = []
    openings = {m.end() - 1: m for m in re.finditer(r"\\{1,2}(?:boxed|fbox)\s{0,9}\{", text)}
    box: re.Match[str] | None = None
    depth = 0
    for match in re.finditer(r"[{}]", text):
        at = match.start()
        if box is None:
            box, depth = openings.get(at), 1
        elif match[0] == "{":
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                found.append((box.start(), at + 1, text[box.end() : at]))
                box = None
    if box is not None:
        found.append((box.start(), len(text), text[box.end() :]))
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
    word = re.search(r"[a-z]{2}", after)
    if word and is_prose(text) and re.search(r"\d", after[word.end() :]):
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
BEHIND_NUMBER = re.compile(
    r"\s*$|[,，]?\s*[\u4e00-\u9fff](?<![万亿千百十分又或和与至到点度倍的])"
    r"|[,，]?\s+(?!(?:or|and|to|of|more|less|fewer|plus|minus|times|over|squared|cubed|point|half|hal\w+|thirds?"
    r"|(?:hundred|thousand|million|billion|trillion|dozen)s?|divided|multiplied|mod\w*|pi|degrees?"
    r"|per\s?cent|pct|sin|cos|tan|cot|sec|csc|log|ln|lg|exp|sqrt|root)\b)[A-Za-z']{2,}",
    re.IGNORECASE,
)
"""What may stand behind a number that is all of an answer: nothing, or words that are no part of
it."""


def _is_all(number: str, sentence: str) -> bool:
    """Whether a number is all of the value that its sentence begins with."""
    if BEHIND_NUMBER.match(sentence, len(number)) is None or not sentence:
        return False
    behind = WORD.match(sentence[len(number) :].lstrip())
    return behind is None or behind[0] not in UNIT_OF


OPTION = re.compile(
    r"(?:(?<!not )\b(?i:option|choice)(?:\s+is)?\s*:?\s*"
    r"|(?<![不别勿未])(?:故|应|因此|所以)?选项?\s*[:：]?\s*)\(?([A-H])\)?\s*[.。]?$"
)
"""The letter of an option at the end."""
ANSWERED = re.compile(r"^\s*答\s*[:：,，][^\d\n]{0,30}?(?=[-−]?\d)")
"""The words of an answer before its number, as Chinese schools want it."""


def answer_text(text: str) -> str:
    """The part of a text that is its answer; the whole where nothing marks one."""
    text = text[-LIMIT:].strip()
    if (option := OPTION.search(text[-CLAUSE:])) is not None:
        return option[1]
    answered = ANSWERED.match(text)
    if answered is not None and sum(1 for m in NUMBER.finditer(text) if m[0].strip()) == 1:
        return text[answered.end() :].strip()
    found = boxed(text)
    plain = list(PLAIN_ANSWER.finditer(text))
    if plain:
        content = plain[-1].group(1)
        rest = text[plain[-1].end() :]
        sentence = _sentence(text[plain[-1].start(1) :])
        if content[0] not in "$\\" and not _is_all(content, sentence):
            return sentence.strip()
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


def extract_answer(text: str) -> str:
    """The answer with which a model's whole text ends: boxed, announced, or the conclusion in
    its last line; nothing where none of them is there, or it is not clear which value is meant.

    The time that it takes does not depend on the length of the text.
    """
    tail = text[-TAIL:].strip()
    if (box := boxed(tail)) is not None:
        return box.strip()
    claims = list(CLAIMED.finditer(tail))
    if claims:
        return _stated(tail[claims[-1].end() :])
    lines = [DECORATION.sub("", line) for line in tail.splitlines()]
    last = next((line for line in reversed(lines) if line), "")[-CLAUSE:]
    return _concluded(last)


def _stated(rest: str) -> str:
    """What follows *the answer is*: its first formulas, or the rest of the sentence."""
    rest = rest.lstrip()[:CLAUSE]
    if (first := MATH.match(rest)) is not None:
        return _run(rest, first)[0]
    sentence = _sentence(rest).strip(" *_")
    return _one_value(sentence) if is_prose(sentence) else sentence


def _sentence(text: str) -> str:
    """The text up to the end of its first sentence; nothing where that may be a factorial."""
    end = SENTENCE_END.search(text)
    if end is None:
        return text
    return "" if GLAD.search(text, 0, end.end()) else text[: end.start()]


def _run(text: str, first: re.Match[str]) -> tuple[str, int]:
    """A formula with those that are joined to it, and where they end."""
    end = first.end()
    while (more := JOINED_MATH.match(text, end)) is not None:
        end = more.end()
    found = mathematics(text[first.start() : end] + _unit(text[end:]))
    return (found or "").strip(), end


def _unit(rest: str) -> str:
    """A per cent sign or a unit straight after a formula."""
    found = re.match(r"\s?(?:\\?%|[a-zA-Z]{1,12})(?=\s*(?:[.。]|$))", rest)
    return found[0] if found is not None else ""


def _concluded(line: str) -> str:
    """The one value that a last line comes to."""
    conclusion = CONCLUSION.match(line)
    if conclusion is None and (is_prose(line) or not re.search(r"[\d=]", line)):
        return ""
    if conclusion is not None:
        line = line[conclusion.end() :].strip(" ,，:：")
    if (nothing := NO_SOLUTION.search(line)) is not None:
        return nothing[0]
    if (first := MATH.search(line)) is not None:
        found, end = _run(line, first)
        return "" if MATH.search(line, end) else found
    told = TOLD.search(line)
    value = _sentence(line[told.end() :] if told else line).strip()
    words = (w for w in WORD.findall(value) if w.lower() not in MATHEMATICAL)
    wordy = any(words) or re.search(r"[\u4e00-\u9fff]", re.sub("[或和且]", "", value))
    return _one_value(line) if wordy else value


def _one_value(sentence: str) -> str:
    """The only number of a sentence."""
    numbers = [m[0].strip() for m in NUMBER.finditer(sentence) if m[0].strip()]
    return numbers[0] if len(numbers) == 1 else ""
