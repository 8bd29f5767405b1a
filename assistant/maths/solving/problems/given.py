"""What was said about the letters of a function or of a statement that is to be proved."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.reading.bounds import as_interval
from assistant.maths.solving.problems.known import Known
from assistant.maths.types import Request, Task


def within_what_is_given(known: Known, request: Request) -> Request | None:
    """The request with the domain that was said; ``None`` where more was said than a domain."""
    if request.task is Task.FUNCTION and request.variables:
        return _bounded(known, request)
    return _limited(known, request) if request.task is Task.PROVE else request


def _limited(known: Known, request: Request) -> Request | None:
    """The statement where all its letters lie in one interval; ``None`` where more is known of
    them: a proof or counterexample that forgets it is none."""
    names = {n for o in request.operands for n in t.symbols(o)}
    said = [p for p in map(known.resolve, known.pending) if set(t.symbols(p)) & names]
    if not said:
        return request
    if request.domain is not None or any(len(t.symbols(p)) != 1 for p in said):
        return None
    domains = {_interval(name, said) for name in names}
    if len(domains) != 1 or None in domains:
        return None
    return replace(request, domain=domains.pop())


def _interval(name: str, said: list[t.Expr]) -> t.Expr | None:
    about = tuple(p for p in said if t.symbols(p) == (name,))
    return as_interval(_together(about)) if about else None


def _bounded(known: Known, request: Request) -> Request | None:
    """What was said about the variable of a function is where it is looked at; ``None`` where
    it is no interval."""
    said = [
        p for p in map(known.resolve, known.pending) if set(t.symbols(p)) & set(request.variables)
    ]
    if not said:
        return request
    if request.domain is not None or len(request.variables) != 1:
        return None
    domain = as_interval(_together(tuple(said)))
    return None if domain is None else replace(request, domain=domain)


def _together(statements: tuple[t.Expr, ...]) -> t.Expr:
    return statements[0] if len(statements) == 1 else t.Junction(t.Connective.AND, statements)
