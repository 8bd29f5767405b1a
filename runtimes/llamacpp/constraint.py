"""A constraint on an answer, checked before the first token and then followed by C."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from runtimes.errors import Unsupported
from runtimes.llamacpp.keywords import SchemaError
from runtimes.llamacpp.schema import grammar_of
from runtimes.texts import Text
from runtimes.types import Constraint, Grammar, JsonSchema

if TYPE_CHECKING:
    from runtimes.llamacpp.library import Library
    from runtimes.llamacpp.vocabulary import Vocabulary

LONGEST = 1 << 18
"""Characters of a grammar."""
DEEPEST = 64
"""Brackets inside brackets; llama.cpp's parser calls itself for each."""
MOST_RULES = 4000
"""Rules; its check for left recursion calls itself along a chain of them."""


class CompiledGrammar:
    """A grammar ready to be followed, any number of times.  To be closed."""

    def __init__(self, library: Library, vocabulary: Vocabulary, constraint: Constraint) -> None:
        """Raises ``Unsupported`` for what is broken or too much."""
        self._api = library.api
        text = _gbnf(constraint)
        _check(text)
        handle: int | None = self._api.llama_sampler_init_grammar(
            vocabulary.handle, text.encode("utf-8", "replace"), b"root"
        )
        if not handle:
            raise _refused("it cannot be parsed, or a rule begins with itself")
        self._handle: int | None = handle

    def fresh(self) -> int:
        """A sampler at the beginning of the grammar; the caller frees it."""
        handle: int = self._api.llama_sampler_clone(self._handle)
        return handle

    def close(self) -> None:
        """Free it; any number of times."""
        if self._handle is not None:
            self._api.llama_sampler_free(self._handle)
            self._handle = None


def _gbnf(constraint: Constraint) -> str:
    match constraint:
        case Grammar(gbnf):
            return gbnf
        case JsonSchema(schema):
            try:
                return grammar_of(schema)
            except (SchemaError, RecursionError) as wrong:
                raise Unsupported(
                    Text(
                        "the JSON schema cannot be used: {0}",
                        "无法使用该 JSON schema：{0}",
                        (str(wrong)[:200],),
                    )
                ) from wrong
        case _:
            assert_never(constraint)


def _check(text: str) -> None:
    """Hold off what could exhaust the stack of llama.cpp's parser."""
    if len(text) > LONGEST:
        raise _refused(f"it is longer than {LONGEST} characters")
    if not text.strip():
        raise _refused("it is empty")
    if "\x00" in text:
        raise _refused("it has a character of code 0")
    if text.count("::=") > MOST_RULES:
        raise _refused(f"it has more than {MOST_RULES} rules")
    depth = deepest = 0
    closing = ""  # the end of the literal or class that we are in
    escaped = False
    for letter in text:
        if escaped:
            escaped = False
        elif closing:
            escaped = letter == "\\"
            closing = "" if letter == closing else closing
        elif letter in '"[#':
            closing = {'"': '"', "[": "]", "#": "\n"}[letter]
        elif letter in "()":
            depth += 1 if letter == "(" else -1
            deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise _refused(f"more than {DEEPEST} brackets are open at one place")


def _refused(why: str) -> Unsupported:
    return Unsupported(
        Text("the grammar cannot be used: {0}", "无法使用该语法：{0}", (why,)),
        Text("see llama.cpp's description of GBNF", "请参阅 llama.cpp 的 GBNF 说明"),
    )
