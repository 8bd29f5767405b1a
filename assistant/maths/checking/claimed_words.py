"""An answer in words, beside the exact one: yes or no, whether a series converges, whether a
function is even, whether a limit exists."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.answers.clean import WRAPPERS, clean
from assistant.maths.checking.answer_parts import read, value_of
from assistant.maths.checking.lines.arithmetic import numeric
from assistant.maths.types import Problem, Proved, Refuted, Solution, Task

MOST = 80
"""Characters of an answer in words."""
YES = re.compile(r"(?:yes|true)\b|[是对真能]|正确|成立|可以|会", re.IGNORECASE)
NO = re.compile(
    r"(?:no|false)\b|不(?:是|对|能|会|可以|正确|成立|可能|行)|否|假|错误?|不$", re.IGNORECASE
)
AGAIN = re.compile(
    r"\b(?:yes|no|not|true|false|but|however|if|unless|except|only|when|for|sometimes|perhaps|maybe)\b"
    r"|n['’]t\b|[是不否非但若当除]|如果|只有",
    re.IGNORECASE,
)
"""Words behind the first that may turn it round, or say that it is not always so."""
STEM = 5
LONG = re.compile(r"[a-z]{4,}|[\u4e00-\u9fff]{2}")
"""Words that tell of what something is said."""
QUESTION = re.compile(
    r"^\W*(?:is|are|does|do|can|will|was|has|have)\b|[吗么]\s*[?？。]?\s*$|是否|是不是|能否|能不能",
    re.IGNORECASE,
)
"""To which yes and no are answers."""
TURNED = re.compile(
    r"\b(?:not|never|diverg\w*|composite|false|wrong|odd|irrational)\b|n['’]t\b|不|非|发散|合数|错|[?？].*[?？]|\bor\b|还是",
    re.IGNORECASE,
)
"""In a question with these it has to be known which of two things is said to be so."""
CONVERGES = re.compile(
    r"(?:it |the series |series )?(?:is )?converge(?:s|nt)|(?:该?级数)?收敛的?", re.IGNORECASE
)
DIVERGES = re.compile(
    r"(?:it |the series |series )?(?:is )?diverge(?:s|nt)|(?:该?级数)?发散的?", re.IGNORECASE
)
_OF_IT = r"(?:(?:it|f|f\(x\)) is )?"
PARITY = {
    "even": re.compile(rf"{_OF_IT}(?:an )?even(?: function)?|是?偶函数|偶", re.IGNORECASE),
    "odd": re.compile(rf"{_OF_IT}(?:an )?odd(?: function)?|是?奇函数|奇", re.IGNORECASE),
    "neither": re.compile(
        rf"{_OF_IT}neither(?: (?:even nor odd|odd nor even))?|非奇非偶(?:函数)?"
        r"|既不是(?:奇函数也不是偶|偶函数也不是奇)函数",
        re.IGNORECASE,
    ),
}
NO_LIMIT = re.compile(
    r"(?:the limit |it |limit )?(?:does not exist|doesn['’]t exist|dne|d\.n\.e\.?)"
    r"|(?:该?极限)?不存在|没有极限|无极限",
    re.IGNORECASE,
)
UNBOUNDED = re.compile(
    r"[-+−]?\s*(?:\\infty|∞|oo|infinity|无穷大?|正无穷大?|负无穷大?)", re.IGNORECASE
)
INFINITE = (t.Constant(t.ConstantName.INFINITY), t.Neg(t.Constant(t.ConstantName.INFINITY)))
UNDEFINED = t.Constant(t.ConstantName.UNDEFINED)
SAME = Proved("exact solution; the same in words")


def word_verdict(problem: Problem, solution: Solution, answer: str) -> Proved | Refuted | None:
    """The verdict on an answer in words where the exact answer is proved; ``None`` where it is
    no such answer, or it is not clear what it says."""
    if not isinstance(solution.verdict, Proved):
        return None
    text = _words(answer)
    if not text or len(text) > MOST:
        return None
    match solution.answer.value:
        case t.Truth(value):
            said = _truth(problem, solution, text)
            return None if said is None else _verdict(answer, same=said == value)
    if solution.kind is Task.FUNCTION and (kind := solution.answer.text) in PARITY:
        named = [word for word, pattern in PARITY.items() if pattern.fullmatch(text)]
        return _verdict(answer, same=named[0] == kind) if len(named) == 1 else None
    if solution.kind is Task.LIMIT:
        return _limit(solution, answer, text)
    if _is_number(solution.answer.value) and UNBOUNDED.fullmatch(text):
        return _verdict(answer, same=False)
    return None


def _verdict(answer: str, *, same: bool) -> Proved | Refuted:
    return SAME if same else Refuted("", answer[:200], "")


def _words(answer: str) -> str:
    """The words without LaTeX around them."""
    text = WRAPPERS.sub(r"\1", answer)
    return re.sub(r"\s+", " ", text.replace("$", " ")).strip(" .。!！,，").rstrip("\\")


def _truth(problem: Problem, solution: Solution, text: str) -> bool | None:
    """What an answer says is so; ``None`` where that is not clear."""
    named = CONVERGES.fullmatch(text) or DIVERGES.fullmatch(text)
    if named and solution.answer.text in ("converges", "diverges"):
        return CONVERGES.fullmatch(text) is not None
    if TURNED.search(problem.source) or not QUESTION.search(problem.source):
        return None
    found = NO.match(text) or YES.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    if rest and not re.match(r"[\s,，。.;；:：(（]|的$", rest):
        return None  # another word that begins so
    yes = NO.match(text) is None
    if AGAIN.search(rest) or (TURNED.search(rest) if yes else _repeats(rest, problem.source)):
        return None
    return yes


def _repeats(rest: str, question: str) -> bool:
    """Whether the words behind a *no* say what was asked: *no, it is prime*."""
    asked = {word[:STEM] for word in LONG.findall(question.lower())}
    return any(word[:STEM] in asked for word in LONG.findall(rest.lower()))


def _limit(solution: Solution, answer: str, text: str) -> Proved | Refuted | None:
    """Whether it exists, and is finite."""
    exact = solution.answer.value
    if NO_LIMIT.fullmatch(text):
        if exact == UNDEFINED:
            return SAME
        return None if exact in INFINITE or not _is_number(exact) else _verdict(answer, same=False)
    if UNBOUNDED.fullmatch(text):
        return _verdict(answer, same=False) if _is_number(exact) else None
    tree = read(clean(answer).text)
    if exact == UNDEFINED and tree is not None and _is_number(value_of(tree)):
        return _verdict(answer, same=False)
    return None


def _is_number(value: t.Expr | None) -> bool:
    return numeric(value) and not isinstance(value, t.Constant)
