"""An answer that is a set of numbers, beside the exact one: ranges, angles for all whole k, and
that there is no solution, or that every number is one."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.answers.clean import clean, pieces
from assistant.maths.checking.answer_parts import SEPARATORS, read, value_of
from assistant.maths.checking.lines.arithmetic import numeric
from assistant.maths.checking.lines.whole_turns import COUNTERS, PI
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.logic.statements import NO, as_statement, split_signs
from assistant.maths.checking.logic.values import show_solution, true_at
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.types import Link, Problem, Proved, Refuted, Solution, Task

SECONDS = 1.5
LETTER = "x"
BUILT = re.compile(
    r"\\?\{\s*(?P<name>[a-z])\s*(?:(?:\\in|∈)\s*(?:\\mathbb\s*\{?R\}?|R|ℝ)\s*)?(?:\\mid|\\vert|\\big\||\||[:：])"
    r"(?P<what>[^{}]*?)\\?\}"
)
WHOLE = re.compile(
    r"(?:\\[ ,;]|[\s,，;；])*+[(（]?\s*+(?:where\s+|with\s+|for\s+(?:all\s+|any\s+)?|其中)?"
    r"(?:(?:an\s+|any\s+)?integers?\s+)?\$?\s*+[knml]\s*+\$?\s*+"
    r"(?:(?:\\?in(?![a-z])|∈)\s*+(?:\\math\w+\s*+\{?\s*+Z\s*+\}?|\\Z|Z|ℤ)|(?:is|=)\s+(?:an|any)\s+integer"
    r"|[为是](?:任意|任何)?整数)\s*+[)）]?\s*+[.。]?\s*+$",
    re.IGNORECASE,
)
"""``, k ∈ ℤ`` and its like at the end."""
TAIL = 200
"""Characters at the end of an answer among which that is looked for."""
MINUS_ONE = t.Neg(t.integer(1))
X = t.Symbol(LETTER)
EMPTY = t.Constant(t.ConstantName.EMPTY)
REALS = t.Constant(t.ConstantName.REALS)


def set_verdict(problem: Problem, solution: Solution, answer: str) -> Proved | Refuted | None:
    """The verdict on such an answer to a problem whose exact answer is proved."""
    exact = solution.answer.value
    if exact is None or not isinstance(solution.verdict, Proved) or solution.answer.text:
        return None
    try:
        with alarm(2 * SECONDS):
            return _verdict(problem, solution, exact, answer)
    except (OutOfTime, RecursionError):
        return None


def without_whole(answer: str) -> str:
    """The answer without ``, k ∈ ℤ`` at its end; the same text where that is not there."""
    return answer[:-TAIL] + WHOLE.sub("", answer[-TAIL:])


def _verdict(
    problem: Problem, solution: Solution, exact: t.Expr, answer: str
) -> Proved | Refuted | None:
    name = solution.variables[0] if len(solution.variables) == 1 else LETTER
    if special := _said(answer):
        return _special(solution, exact, special, answer)
    asked = _asked(problem, name)
    if is_range(exact):
        told = _range(answer, name if solution.kind is Task.SOLVE else "", pairs=True)
        return None if told is None else _linked(exact, told, LETTER)
    if asked is None:
        return None
    if has_turns(exact):
        family = _turns(answer, name)
        found = None if family is None else _linked(asked, family, name, Link.SOLUTION)
        # some k may be meant to be left out where a denominator is zero
        return None if isinstance(found, Refuted) and _divides(asked, name) else found
    told = _range(answer, name, pairs=False)
    return None if told is None else _linked(t.substitute(asked, name, X), told, LETTER)


def _said(answer: str) -> str:
    """*nothing* or *everything*, where an answer says that."""
    cleaned = clean(answer)
    match None if cleaned.special else read(cleaned.text):
        case t.Constant(t.ConstantName.REALS):
            return "everything"
        case t.Call("in", (t.Symbol(), t.Constant(t.ConstantName.REALS))):
            return "everything"
    return cleaned.special


def _divides(asked: t.Expr, name: str) -> bool:
    """Whether the unknown stands in a denominator."""
    return any(isinstance(n, t.Div) and name in t.symbols(n.den) for n in t.walk(asked))


def _linked(
    exact: t.Expr, told: t.Expr, name: str, link: Link = Link.EQUIVALENT
) -> Proved | Refuted | None:
    verdict = check_link(exact, told, link, (name,), Deadline(SECONDS))
    return verdict if isinstance(verdict, Proved | Refuted) else None


def _special(
    solution: Solution, exact: t.Expr, special: str, answer: str
) -> Proved | Refuted | None:
    """*No solution*, or *all real numbers*."""
    if solution.kind is not Task.SOLVE and not is_range(exact) and exact not in (EMPTY, REALS):
        return None
    told = EMPTY if special == "nothing" else REALS
    if exact == told:
        return Proved("the same set")
    if any(n == t.Constant(t.ConstantName.I) for n in t.walk(exact)):
        return None  # no real number, perhaps
    if exact in (EMPTY, REALS):
        return Refuted("", answer[:200], "")
    if len(solution.variables) != 1:
        return Refuted("", answer[:200], "") if special == "nothing" and _is_point(exact) else None
    if special == "nothing" or not is_range(exact):
        some = is_range(exact) or has_turns(exact) or _is_point(exact)
        return Refuted("", answer[:200], "") if some else None
    return _left_out(exact, answer)


def _left_out(exact: t.Expr, answer: str) -> Refuted | None:
    """A number that a range does not have, beside its ends."""
    statement = as_statement(exact, (LETTER,))
    ends = [e for n in t.walk(exact) if isinstance(n, t.Interval) for e in (n.low, n.high)]
    for end in ends if statement is not None else ():
        for point in (end, t.sub(end, t.integer(1)), t.add(end, t.integer(1))):
            place = ((LETTER, point),)
            if not numeric(point) or statement is None:
                continue
            if isinstance(true_at(statement, place, (), Deadline(SECONDS)), Refuted):
                return Refuted(show_solution(place), answer[:200], "")
    return None


def _is_point(exact: t.Expr) -> bool:
    """Whether it is one number, or finitely many."""
    match exact:
        case t.Collection(_, items):
            return bool(items) and all(map(_is_point, items))
        case t.Junction(_, args):
            return all(map(_is_point, args))
        case t.Relation(t.Comparison.EQ, t.Symbol(), value):
            return numeric(value)
    return numeric(exact)


def is_range(value: t.Expr | None) -> bool:
    """An interval, or several."""
    match value:
        case t.Interval():
            return True
        case t.Call("union", parts):
            return all(map(is_range, parts))
    return False


def has_turns(value: t.Expr) -> bool:
    """Whether it has the values for all whole numbers."""
    return any(isinstance(n, t.Call) and n.name == "imageset" for n in t.walk(value))


def _asked(problem: Problem, name: str) -> t.Expr | None:
    request = problem.request
    if request.task is not Task.SOLVE or request.domain is not None or problem.definitions:
        return None
    if len(request.operands) != 1 or not isinstance(request.operands[0], t.Relation):
        return None
    return request.operands[0] if t.symbols(request.operands[0]) == (name,) else None


def _range(answer: str, name: str, *, pairs: bool) -> t.Expr | None:
    """A statement about x, where an answer is one range of values, or several; ``pairs``: of
    two numbers in brackets too."""
    text = clean(answer).text
    if (built := BUILT.fullmatch(text.strip())) is not None:
        text = built["what"].strip()
    tree = read(text)
    if tree is None or any(map(_is_doubtful, t.walk(tree))):
        return None
    match tree:
        case t.Call("in", (t.Symbol(), members)):
            tree = members
        case t.Junction():
            tree = split_signs(tree)  # x ∈ A in inequalities
    match tree:
        case t.Collection(t.Bracket.TUPLE | t.Bracket.LIST as kind, (low, high)) if pairs:
            opened = kind is t.Bracket.TUPLE
            tree = t.Interval(low, high, opened, opened)
    letters = t.symbols(tree)
    if isinstance(tree, t.Interval | t.Call):
        return tree if not letters and is_range(tree) else None
    if len(letters) != 1 or (name and letters != (name,)) or not _bounds(tree):
        return None
    tree = t.substitute(tree, letters[0], X)
    return None if _is_list(tree) else as_statement(tree, (LETTER,))


def _is_doubtful(node: t.Expr) -> bool:
    """A sign that stands for two, or a number that may be rounded."""
    match node:
        case t.Call("plusminus", _):
            return True
        case t.Number(_, decimals):
            return bool(decimals)
    return False


def _bounds(tree: t.Expr) -> bool:
    match tree:
        case t.Junction(_, parts):
            return all(map(_bounds, parts))
        case t.Relation(op, left, right):
            alone = isinstance(left, t.Symbol) or isinstance(right, t.Symbol)
            return alone and op is not t.Comparison.EQ
    return False


def _is_list(tree: t.Expr) -> bool:
    """``x < -2 and x > 2``, which nothing is: two ranges, perhaps."""
    if not isinstance(tree, t.Junction) or tree.op is not t.Connective.AND:
        return False
    return isinstance(check_link(tree, NO, Link.EQUIVALENT, (LETTER,), Deadline(SECONDS)), Proved)


def _turns(answer: str, name: str) -> t.Expr | None:
    """The set of all values of ``x = pi/6 + 2k*pi or x = 5pi/6 + 2k*pi, k in Z``."""
    text = without_whole(clean(without_whole(answer)).text)
    values: list[t.Expr] = []
    for piece in pieces(text, SEPARATORS):
        tree = read(piece)
        if tree is None:
            return None
        cases = split_signs(
            tree if isinstance(tree, t.Relation) else t.equation(t.Symbol(name), tree)
        )
        for case in cases.args if isinstance(cases, t.Junction) else (cases,):
            if not isinstance(case, t.Relation) or case.left != t.Symbol(name):
                return None
            values += _parities(value_of(case))
    sets = [_members(value) for value in values]
    if not sets or any(s is None for s in sets):
        return None
    found = tuple(s for s in sets if s is not None)
    return found[0] if len(found) == 1 else t.Call("union", found)


def _members(value: t.Expr) -> t.Expr | None:
    letters = t.symbols(value)
    if len(letters) != 1 or letters[0] not in COUNTERS or PI not in t.walk(value):
        return None
    return t.Call("imageset", (value, t.Symbol(letters[0])))


def _parities(value: t.Expr) -> list[t.Expr]:
    """``(-1)^n pi/6 + n pi`` for the even and for the odd n; anything else as it is."""
    letters = t.symbols(value)
    if len(letters) != 1 or not any(map(_is_sign, t.walk(value))):
        return [value]
    (name,) = letters
    n, found = t.Symbol(name), []
    for sign, whole in (
        (t.integer(1), t.Mul((t.integer(2), n))),
        (MINUS_ONE, t.Add((t.Mul((t.integer(2), n)), t.integer(1)))),
    ):
        plain = t.transform(value, lambda node, s=sign: s if _is_sign(node) else node)  # type: ignore[misc]
        found.append(t.substitute(plain, name, whole))
    return found


def _is_sign(node: t.Expr) -> bool:
    """``(-1)^n``."""
    match node:
        case t.Pow(t.Neg(t.Number(value)), t.Symbol()):
            return value == 1
        case t.Pow(t.Number(value), t.Symbol()):
            return value == -1
    return False
