"""Makes the faults: one small change of the syntax tree each, written back into the text.

The kinds are the usual ones (DeMillo, Lipton and Sayward, 1978); a change that compiles to the
same program is left out (Papadakis et al., *Trivial compiler equivalence*, ICSE 2015).
"""

from __future__ import annotations

import ast
import copy
import random
import types
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.coding.mutation.types import Fault, Mutant

MOST_CODE = 200_000
"""Signs of code that are read."""
MOST = 300
"""Faults that are kept, picked by chance but always the same."""
COMPARISONS: dict[type[ast.cmpop], tuple[tuple[type[ast.cmpop], Fault], ...]] = {
    ast.Lt: ((ast.LtE, Fault.BOUNDARY), (ast.GtE, Fault.COMPARISON)),
    ast.LtE: ((ast.Lt, Fault.BOUNDARY), (ast.Gt, Fault.COMPARISON)),
    ast.Gt: ((ast.GtE, Fault.BOUNDARY), (ast.LtE, Fault.COMPARISON)),
    ast.GtE: ((ast.Gt, Fault.BOUNDARY), (ast.Lt, Fault.COMPARISON)),
    ast.Eq: ((ast.NotEq, Fault.COMPARISON),),
    ast.NotEq: ((ast.Eq, Fault.COMPARISON),),
    ast.In: ((ast.NotIn, Fault.COMPARISON),),
    ast.NotIn: ((ast.In, Fault.COMPARISON),),
    ast.Is: ((ast.IsNot, Fault.COMPARISON),),
    ast.IsNot: ((ast.Is, Fault.COMPARISON),),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
}
TIGHT = (
    ast.BinOp, ast.BoolOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Await, ast.Starred,
    ast.Attribute, ast.Subscript,
)  # fmt: skip
"""What an operator within needs brackets in."""
SAID = ("print", "debug", "info", "warning", "error", "exception", "log")
"""Calls whose words tests seldom look at: a fault in them says nothing of the tests."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A node of the tree and the text that takes its place, within brackets where they are
    needed and not there."""

    node: ast.expr | ast.stmt
    text: str
    fault: Fault
    brackets: bool = False


def mutants(code: str) -> tuple[Mutant, ...]:
    """All faults, in the order of the lines, without those that compile to the same program.

    Raises ``ValueError`` where the code is no Python, or too long.
    """
    code = code.replace("\r\n", "\n").replace("\r", "\n")
    if len(code) > MOST_CODE:
        raise ValueError(f"the code is longer than {MOST_CODE} signs")
    tree = _parsed(code)
    changes = list(_in_body(tree.body))
    if len(changes) > MOST:
        kept = sorted(random.Random(0).sample(range(len(changes)), MOST))  # noqa: S311 - no secret
        changes = [changes[number] for number in kept]
    seen = {_program(code)}
    found = []
    for change in changes:
        mutant = _written(code, change)
        program = _program(mutant.text)
        if program is not None and program not in seen:
            seen.add(program)
            found.append(mutant)
    return tuple(sorted(found, key=lambda it: it.line))


def _parsed(code: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, RecursionError, MemoryError, ValueError) as wrong:
        raise ValueError(str(wrong) or type(wrong).__name__) from wrong


def _program(code: str) -> object:
    """What a text compiles to, without its places; ``None`` where it does not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _shape(compile(code, "code", "exec", dont_inherit=True))
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        return None


def _shape(value: object) -> object:
    if isinstance(value, types.CodeType):
        names = (value.co_names, value.co_varnames, value.co_freevars, value.co_exceptiontable)
        return (value.co_code, names, value.co_flags, tuple(map(_shape, value.co_consts)))
    if isinstance(value, tuple):
        return ("tuple", *map(_shape, value))
    if isinstance(value, frozenset):
        return ("frozenset", *sorted(repr(_shape(item)) for item in value))
    return (type(value).__name__, repr(value))  # 1, 1.0 and True are three


def _written(code: str, change: _Change) -> Mutant:
    lines = code.encode().split(b"\n")
    node = change.node
    first, last = node.lineno, node.end_lineno or node.lineno
    head = lines[first - 1][: node.col_offset]
    tail = lines[last - 1][node.end_col_offset :]
    there = head.endswith(b"(") and tail.startswith(b")")
    new = f"({change.text})" if change.brackets and not there else change.text
    line = head + new.encode() + tail
    text = b"\n".join((*lines[: first - 1], line, *lines[last:])).decode("utf-8", "replace")
    before = b"\n".join(lines[first - 1 : last]).decode()
    return Mutant(change.fault, first, before, line.decode(), text)


def _in_body(body: list[ast.stmt]) -> Iterator[_Change]:
    for number, statement in enumerate(body):
        if number == 0 and _is_text(statement):
            continue
        yield from _in_statement(statement)


def _is_text(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _in_statement(node: ast.stmt) -> Iterator[_Change]:
    """Faults of one statement, and of what it holds."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None:
                    yield from _in_expression(default, node)
            yield from _in_body(node.body)
            return
        case ast.ClassDef():
            yield from _in_body(node.body)
            return
        case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.Global() | ast.Nonlocal():
            return
        case ast.If() if _is_main(node.test) or _is_typing(node.test):
            yield from _in_body(node.orelse)
            return
        case ast.Expr(value=ast.Call(func=func)) if _last_name(func) in SAID:
            return
        case ast.Raise():  # its words are for people
            yield _Change(node, "pass", Fault.REMOVAL)
            return
        case ast.Assign(targets=[ast.Name(id=name)]) if name.startswith("__"):
            return
        case _:
            pass
    yield from _of_statement(node)
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "type_comment"):
            continue
        yield from _in_field(value, node)


def _in_field(value: object, parent: ast.AST) -> Iterator[_Change]:
    for item in value if isinstance(value, list) else [value]:
        match item:
            case ast.stmt():
                yield from _in_statement(item)
            case ast.expr():
                yield from _in_expression(item, parent)
            case ast.ExceptHandler(body=body) | ast.match_case(body=body):
                yield from _in_body(body)
            case ast.withitem() | ast.comprehension() | ast.keyword():
                for _, inner in ast.iter_fields(item):
                    yield from _in_field(inner, item)
            case _:
                pass


def _of_statement(node: ast.stmt) -> Iterator[_Change]:
    match node:
        case ast.Expr(value=ast.Call() | ast.Await()) | ast.Delete():
            yield _Change(node, "pass", Fault.REMOVAL)
        case ast.Assign() if any(not isinstance(t, ast.Name) for t in _targets(node)):
            yield _Change(node, "pass", Fault.REMOVAL)
        case ast.AugAssign(op=op):
            yield _Change(node, "pass", Fault.REMOVAL)
            if type(op) in ARITHMETIC and not _is_literal(node.value):
                new = copy.deepcopy(node)
                new.op = ARITHMETIC[type(op)]()
                yield _Change(node, ast.unparse(new), Fault.ARITHMETIC)
        case ast.Return(value=value) if value is not None:
            if not (isinstance(value, ast.Constant) and value.value is None):
                yield _Change(node, "return None", Fault.RETURN)
        case ast.Break():
            yield _Change(node, "continue", Fault.LOOP)
        case ast.Continue():
            yield _Change(node, "break", Fault.LOOP)
        case ast.If(test=test) if not isinstance(test, ast.Compare | ast.Constant):
            yield _Change(test, f"not ({ast.unparse(test)})", Fault.LOGIC)
        case ast.While(test=test) if not isinstance(test, ast.Constant):
            yield _Change(test, "False", Fault.LOOP)
        case _:
            pass


def _targets(node: ast.Assign) -> Iterator[ast.expr]:
    for target in node.targets:
        yield from target.elts if isinstance(target, ast.Tuple | ast.List) else (target,)


def _in_expression(node: ast.expr, parent: ast.AST) -> Iterator[_Change]:
    """Faults of an expression and of its parts.  Parts of f-strings have no true places in
    the tree before Python 3.12, and are passed over."""
    if isinstance(node, ast.JoinedStr):
        return
    for new, fault in _of_expression(node):
        operator = isinstance(new, ast.BinOp | ast.BoolOp | ast.UnaryOp | ast.Compare)
        brackets = operator and isinstance(parent, TIGHT)
        yield _Change(node, ast.unparse(new), fault, brackets)
    for _, value in ast.iter_fields(node):
        yield from _in_field(value, node)


def _of_expression(node: ast.expr) -> Iterator[tuple[ast.expr, Fault]]:
    match node:
        case ast.Compare():
            for number, op in enumerate(node.ops):
                for kind, fault in COMPARISONS[type(op)]:
                    changed = copy.deepcopy(node)
                    changed.ops[number] = kind()
                    yield changed, fault
        case ast.BinOp(left=left, op=op, right=right):
            if type(op) in ARITHMETIC and not (_is_literal(left) or _is_literal(right)):
                yield ast.BinOp(left, ARITHMETIC[type(op)](), right), Fault.ARITHMETIC
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield ast.BoolOp(other, values), Fault.LOGIC
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand, Fault.LOGIC
        case ast.UnaryOp(op=ast.USub(), operand=operand) if not isinstance(operand, ast.Constant):
            yield operand, Fault.ARITHMETIC
        case ast.IfExp(test=test, body=body, orelse=orelse):
            if not isinstance(test, ast.Compare):
                yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse), Fault.LOGIC
        case ast.Constant(value=value):
            for other_value, fault in _other_values(value):
                yield ast.Constant(other_value), fault
        case _:
            pass


def _other_values(value: object) -> Iterator[tuple[bool | float | str, Fault]]:
    match value:
        case bool():
            yield not value, Fault.CONSTANT
        case int():
            yield value + 1, Fault.BOUNDARY
            if value > 0:
                yield value - 1, Fault.BOUNDARY
        case float():
            yield value + 1.0, Fault.CONSTANT
        case str():
            yield ("" if value else "x"), Fault.CONSTANT
        case _:
            pass


def _is_literal(node: ast.expr) -> bool:
    """A text or a list: another operator would only be an error of types."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str | bytes)
    return isinstance(node, ast.JoinedStr | ast.List | ast.Tuple | ast.ListComp)


def _is_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and getattr(test.left, "id", "") == "__name__"


def _is_typing(test: ast.expr) -> bool:
    return _last_name(test) == "TYPE_CHECKING"


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
