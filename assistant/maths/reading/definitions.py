"""What a problem defines before it asks: values, functions, and equations that fix names."""

from __future__ import annotations

import re

from assistant.maths.reading.cases import in_cases
from assistant.maths.reading.facts import read_fact
from assistant.maths.reading.floors import GREATEST
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.number_sets import remark, signed
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import noun_phrase
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Call,
    Comparison,
    Connective,
    Constant,
    ConstantName,
    Expr,
    Junction,
    Pow,
    Relation,
    Symbol,
    free,
    symbols,
    walk,
)
from assistant.maths.types import Definition, Request

OPENING = re.compile(
    r"""\s*(?:and\s+)?(?:let\s+us\s+suppose(?:\s+that)?|let|suppose(?:\s+that)?|assume(?:\s+that)?|define
      |given(?:\s+that|\s+the\s+functions?|\s+the\s+equations?)?|consider|if|where|when|with|for)
      (?:\s+the\s+functions?|\s+the\s+matrix|\s+matrix)?\s+
    |\s*(?:已知|假设|设|令|若|如果|其中|对于|给定|定义|当)(?:一次|二次|反比例|正比例|指数|对数)?
      (?:函数|实数|复数|方程|矩阵|直线|抛物线|曲线|全集|集合|关于[a-z]的(?:方程|不等式))?(?:\s*[a-z]\s*满足(?!的))?[:：，,]?\s*
    |\s*(?:全集|集合)\s*(?=[A-Z])|\s*复数\s*(?=[a-z]\s*[=＝])|\s*(?:the\s+)?(?:universal\s+)?sets?\s+(?=[A-Z]\s*=)""",
    re.IGNORECASE | re.VERBOSE,
)
STRONG = re.compile(r"\s*(?:let|define|设|令|定义|已知函数|设函数|consider)", re.IGNORECASE)
BE = re.compile(r"\s*([A-Za-z])\s*(?:\(([^()]*)\))?\s+(?:be|is)\s+", re.IGNORECASE)
CONSTANTS = re.compile(
    r"""\s*[A-Za-z](?:\s*[,，、]\s*[A-Za-z]|\s*(?:and|和)\s*[A-Za-z])*\s*
    (?:(?:is|are)\s+(?:an?\s+|both\s+)?(?:real\s+)?(?:constants?|numbers?|parameters?)|均?(?:为|是)常数)$""",
    re.VERBOSE,
)
"""Remarks on letters that change no answer over the reals."""


AGAIN = re.compile(r"(?:若|且|又|如果|并且)\s*")
"""Before a further statement of the same clause: 已知 f(x)=…，若 f(a)=3."""


def define(scan: Scan, span: Span) -> None:
    """Read a clause of definitions into the scan.  Raises ``ReadingError``."""
    opening = OPENING.match(span.source, span.start, span.end)
    strong = bool(STRONG.match(span.source, span.start, span.end))
    body = span.cut(opening.end(), span.end) if opening else span
    body = signed(scan, _without_tail(body))
    if not body:
        return
    if (facts := read_fact(scan, body)) is not None:
        _fix(scan, body, list(facts))
        return
    if (cases := in_cases(scan, body)) is not None and _named(scan, cases, strong=True):
        return
    statements: list[Expr] = []
    for part in scan.parts(body):
        if (again := AGAIN.match(part.text)) and again.end() < len(part.text):
            part = part.cut(part.start + again.end(), part.end)  # noqa: PLW2901 - the same part
        if any(p.match(part.text) for p in (CONSTANTS, GREATEST)) or remark(scan, part.text):
            continue
        if named := BE.match(part.source, part.start, part.end):
            _be(scan, named, part.cut(named.end(), part.end))
            continue
        value = scan.formula(part)
        pieces = (
            value.args if isinstance(value, Junction) and value.op is Connective.AND else (value,)
        )
        statements.extend(pieces)
    rest = [s for s in statements if not _named(scan, s, strong=strong and len(statements) == 1)]
    if opening and "复数" in opening[0] and not all(map(_complex_alike, rest)):
        raise scan.error(
            body,
            "such an equation of a complex number is not solved here",
            "此处不解这样的复数方程",
        )
    if rest:
        _fix(scan, body, rest)


def _complex_alike(statement: Expr) -> bool:
    """Whether an equation has the same solutions among the real and the complex numbers, or has
    the unit in it, so that it is solved among the complex ones: not ``|z| = 1``, ``z^3 = 1``."""
    nodes = [n for n in walk(statement) if symbols(n)]
    unit = Constant(ConstantName.I) in walk(statement)
    return not any(isinstance(n, Call) or (isinstance(n, Pow) and not unit) for n in nodes)


def _without_tail(span: Span) -> Span:
    """Without the 时 of 当 x=2 时 and the like."""
    found = re.search(r"\s*(?:时|的时候|为常数|是常数)$", span.text)
    return span.cut(span.start, span.start + found.start()) if found else span


def _be(scan: Scan, named: re.Match[str], span: Span) -> None:
    """``h be 3 + 4``, ``k(a) be the third derivative of …``."""
    name = named[1]
    parameters = tuple(p.strip() for p in (named[2] or "").split(",") if p.strip())
    if not all(len(p) == 1 and p.isalpha() for p in parameters):
        raise scan.error(span, "one letter is expected in these brackets", "括号中应为字母")
    scan.names.update(p for p in parameters if p in "ei")
    body: Expr | Request
    scan.parameters = parameters
    try:
        body = scan.number(span)
    except ReadingError as wrong:
        try:
            body = noun_phrase(scan, span)
        except ReadingError as other:
            raise max((wrong, other), key=lambda e: e.at) from other
    finally:
        scan.parameters = ()
    if not parameters and isinstance(body, Request) and name in scan.functions:
        known = any(n in scan.functions for o in body.operands for n in symbols(o))
        parameters = () if known or len(body.variables) != 1 else body.variables
    if parameters:
        scan.functions.add(name)
    else:
        scan.names.add(name)
    scan.definitions.append(Definition(name, parameters, body))


def _named(scan: Scan, statement: Expr, *, strong: bool) -> bool:
    """Whether an equation defines its left side: ``f(x) = …``, ``a = 2``."""
    match statement:
        case Relation(Comparison.EQ, Call(name, args), body) if name in scan.functions and all(
            isinstance(a, Symbol) for a in args
        ):
            parameters = tuple(a.name for a in args if isinstance(a, Symbol))
            if name in _calls(body) or any(d.name == name for d in scan.definitions):
                return False  # ``Suppose f(x) = 0`` for an f that is known
            scan.definitions.append(Definition(name, parameters, body))
            return True
        case Relation(Comparison.EQ, Symbol(name), body) if name not in scan.names:
            open_ = [n for n in free(body) if n not in scan.names]
            if name in open_ or (open_ and not strong):
                return False
            scan.names.add(name)
            scan.definitions.append(Definition(name, (), body))
            return True
    return False


def _calls(expr: Expr) -> set[str]:
    return {node.name for node in walk(expr) if isinstance(node, Call)}


def _fix(scan: Scan, span: Span, statements: list[Expr]) -> None:
    """Equations from which names are to be found."""
    for statement in statements:
        if not isinstance(statement, Relation | Junction):
            raise scan.error(span, "an equation or inequality is expected", "此处应为等式或不等式")
        for name in symbols(statement):
            if name not in scan.names:
                scan.unknowns.add(name)
    scan.names.update(scan.unknowns)
    whole = statements[0] if len(statements) == 1 else Junction(Connective.AND, tuple(statements))
    scan.definitions.append(Definition("", (), whole))
