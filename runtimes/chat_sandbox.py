"""Jinja as chat templates are written for (Transformers sets it up so), with bounded operations.

No operation makes a text longer than ``LONGEST_TEXT``, a list longer than ``LONGEST_LIST`` or an
integer longer than some hundred bits, and all texts made for one prompt together are no longer
than ``MOST_TEXT``.  Filters and methods that published templates do not need, and that make much
of little, are not there.  Nothing is computed while a template is compiled.
"""

from __future__ import annotations

import datetime as dt
import json
import string
from collections.abc import Callable, Iterable
from functools import cache
from types import BuiltinMethodType
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes
    from jinja2.compiler import Frame
    from jinja2.parser import Parser

LONGEST_TEXT = 1 << 24
MOST_TEXT = 1 << 28
LONGEST_LIST = 100_000
LONGEST_REPEAT = 10_000
"""Characters that ``*`` may make of a string."""
LONGEST_INTEGER = 64
"""Bits of a number that is reckoned with."""
MOST_FIELDS = 64
"""Fields that ``format`` may fill."""

FILTERS = frozenset(
    "abs capitalize count d default dictsort e escape first float groupby indent int items join "
    "last length list lower map max min reject rejectattr replace reverse round safe select "
    "selectattr sort string sum title tojson trim truncate unique upper wordcount".split()
)
STRUCTURAL = frozenset(
    "count d default dictsort first groupby items last length list map reject rejectattr reverse "
    "select selectattr sort sum unique".split()
)
"""Those that make no text of a container."""
CONTAINERS = (list, tuple, dict, set, frozenset)
TEXT_METHODS = frozenset(
    "capitalize casefold count endswith find format index isalnum isalpha isascii isdecimal "
    "isdigit islower isnumeric isspace istitle isupper join lower lstrip partition removeprefix "
    "removesuffix replace rfind rindex rpartition rsplit rstrip split splitlines startswith strip "
    "swapcase title upper".split()
)
METHODS: tuple[tuple[type, frozenset[str]], ...] = (
    (str, TEXT_METHODS),
    (dict, frozenset({"get", "items", "keys", "values"})),
    (list, frozenset({"count", "index"})),
    (tuple, frozenset({"count", "index"})),
    (int, frozenset()),
    (float, frozenset()),
    (complex, frozenset()),
    (bytes, frozenset()),
)
"""What templates may ask of plain values; ``append`` and the like are not for a sandbox."""


def environment() -> Environment:
    """A new one, for one template."""
    return _sandbox()(
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,
        finalize=_finalize(),
        extensions=_extensions(),
    )


def begin(template: Template) -> None:
    """A new prompt: its texts are counted from 0."""
    template.environment.made = 0  # type: ignore[attr-defined]


def _refuse(what: str) -> NoReturn:
    from jinja2 import TemplateError

    raise TemplateError(f"{what} is not allowed here")


@cache
def _finalize() -> Callable[[Any, object], object]:
    """What is written is weighed; and as this asks for the context, Jinja does not write constants
    ahead, while it compiles."""
    from jinja2 import pass_context

    @pass_context
    def finalize(context: Any, value: object) -> object:
        context.environment.weigh(value)
        return value

    return finalize


@cache
def _extensions() -> tuple[Any, ...]:
    from jinja2.ext import Extension, loopcontrols

    class Generation(Extension):
        """Marks for training what the assistant wrote; nothing to a reader."""

        tags = {"generation"}  # noqa: RUF012 - as Jinja declares it

        def parse(self, parser: Parser) -> list[nodes.Node]:
            next(parser.stream)
            return parser.parse_statements(("name:endgeneration",), drop_needle=True)

    return (loopcontrols, Generation)


class _Counter:
    """Counts the texts that are made for one prompt."""

    made = 0

    def spend(self, size: int) -> None:
        """Count a text that is about to be made."""
        self.made += size
        if size > LONGEST_TEXT or self.made > MOST_TEXT:
            _refuse("so much text")

    def weigh(self, value: object) -> None:
        """Refuse the text of a container that holds the same things over and over."""
        if isinstance(value, CONTAINERS):
            self.spend(_weight(value))

    def texts(self, values: Iterable[object]) -> str:
        """What ``~`` makes."""
        found = list(values)
        for value in found:
            self.weigh(value)
        return self.concat(map(str, found))

    def concat(self, parts: Iterable[str]) -> str:
        """What blocks and macros are joined with."""
        found = list(parts)
        self.spend(sum(map(len, found)))
        return "".join(found)


@cache
def _sandbox() -> type[Environment]:
    from jinja2.compiler import CodeGenerator
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Generator(CodeGenerator):
        """Writes ``a ~ b`` as a call that can be counted."""

        def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's
            self.write("environment.texts((")
            for part in node.nodes:
                self.visit(part, frame)
                self.write(", ")
            self.write("))")

    class Sandbox(_Counter, ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"+", "*", "**", "%"})
        code_generator_class = Generator

        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.filters = {k: _later(k, v) for k, v in self.filters.items() if k in FILTERS}
            self.filters |= {"tojson": _later("tojson", _to_json)}
            for name in ("join", "replace", "indent", "round"):
                self.filters[name] = _measured(name, self.filters[name])
            del self.globals["lipsum"]
            self.globals |= {"raise_exception": _raise, "strftime_now": _strftime}

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if not _is_small(self, operator, left, right):
                _refuse(operator)
            return super().call_binop(context, operator, left, right)

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            for kind, names in METHODS:
                if isinstance(obj, kind):
                    return attr in names
            return super().is_safe_attribute(obj, attr, value)

        def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
            made = super().wrap_str_format(value)
            if made is not None:
                _check_format(value.__self__)
            return made

        def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
            text = obj.__self__ if isinstance(obj, BuiltinMethodType) else None
            if isinstance(text, str) and obj.__name__ in ("join", "replace"):
                args = _priced(self, obj.__name__, text, args)
            return super().call(context, obj, *args, **kwargs)

    return Sandbox


def _is_small(sandbox: _Counter, operator: str, left: Any, right: Any) -> bool:
    """May this be reckoned?  Not ``"x" * 10**9``, ``9**9**9``, ``"%999999999d" % 1``."""
    if isinstance(left, int | float) and isinstance(right, int | float):
        integers = [n for n in (left, right) if isinstance(n, int)]
        return operator != "**" and all(n.bit_length() <= LONGEST_INTEGER for n in integers)
    if operator == "*":
        repeated = isinstance(left, str) and isinstance(right, int)
        return repeated and len(left) * right <= LONGEST_REPEAT
    if operator != "+":
        return False
    if isinstance(left, str) and isinstance(right, str):
        sandbox.spend(len(left) + len(right))
    elif isinstance(left, list | tuple) and isinstance(right, list | tuple):
        sandbox.spend(len(left) + len(right))
        return len(left) + len(right) <= LONGEST_LIST
    return True


def _check_format(text: str) -> None:
    """Widths are what makes much of little."""
    fields = [spec or "" for _, name, spec, _ in string.Formatter().parse(text) if name is not None]
    if len(fields) > MOST_FIELDS or any("{" in f or _has_width(f) for f in fields):
        _refuse("such a format")


def _has_width(spec: str) -> bool:
    return any(
        len(digits) > 2 for digits in "".join(c if c.isdigit() else " " for c in spec).split()
    )


def _priced(sandbox: _Counter, name: str, text: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments of ``str.join`` or ``str.replace``, when what they make is counted."""
    if not args:
        _refuse(f"such a {name}")
    if name == "join":
        parts = list(args[0])
        sandbox.weigh(parts)
        sandbox.spend(len(text) * len(parts) + sum(len(p) for p in parts if isinstance(p, str)))
        return (parts, *args[1:])
    old, new = str(args[0]), str(args[1]) if len(args) > 1 else ""
    sandbox.spend(len(text) + (text.count(old) if old else len(text) + 1) * len(new))
    return tuple(args)


def _weight(value: object) -> int:
    """Characters of a container's text, about; one that is there twice counts twice."""
    waiting, weight, count = [value], 0, 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count + len(waiting) > LONGEST_LIST:
            _refuse("so large a list")
        if isinstance(part, dict):
            waiting.extend((*part.keys(), *part.values()))
        elif isinstance(part, CONTAINERS):
            waiting.extend(part)
        weight += len(part) if isinstance(part, str) else 8
    return weight


def _later(name: str, make: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that Jinja does not try while it compiles, because it asks for the context."""
    from jinja2 import pass_context
    from jinja2.utils import _PassArg

    kind = _PassArg.from_obj(make)

    @pass_context
    def later(context: Any, *args: Any, **kwargs: Any) -> Any:
        if name not in STRUCTURAL:
            for value in (*args, *kwargs.values()):
                context.environment.weigh(value)
        if kind is _PassArg.context:
            return make(context, *args, **kwargs)
        if kind is _PassArg.eval_context:
            return make(context.eval_ctx, *args, **kwargs)
        if kind is _PassArg.environment:
            return make(context.environment, *args, **kwargs)
        return make(*args, **kwargs)

    return later


def _measured(name: str, make: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose result is counted before it is made."""
    from jinja2 import pass_context

    @pass_context
    def measured(context: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        sandbox = context.environment
        match name:
            case "join":
                value = list(value)
                sandbox.weigh(value)
                mark = str(args[0] if args else kwargs.get("d", ""))
                held = sum(len(part) for part in value if isinstance(part, str))
                sandbox.spend(len(mark) * len(value) + held)
            case "replace":
                old = str(args[0] if args else kwargs.get("old", ""))
                new = str(args[1] if len(args) > 1 else kwargs.get("new", ""))
                _priced(sandbox, "replace", str(value), (old, new))
            case "indent":
                width = args[0] if args else kwargs.get("width", 4)
                wide = width if isinstance(width, int) else len(str(width))
                sandbox.spend(len(str(value)) + (str(value).count("\n") + 1) * max(wide, 0))
            case "round":
                digits = args[0] if args else kwargs.get("precision", 0)
                if not isinstance(digits, int) or abs(digits) > 30:
                    _refuse("such a precision")
        return make(context, value, *args, **kwargs)

    return measured


def _to_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=None if indent is None else min(indent, 8))


def _raise(message: str) -> NoReturn:
    from jinja2 import TemplateError

    raise TemplateError(str(message)[:500])


def _strftime(form: str) -> str:
    if len(form) > 100 or any(c.isdigit() for c in form):  # "%999999999d"
        _refuse("such a form of the date")
    return dt.datetime.now().astimezone().strftime(form)[:200]
