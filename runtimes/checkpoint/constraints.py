"""Answers held to a JSON Schema or a grammar, by llguidance where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, assert_never

from runtimes.checkpoint.failures import words
from runtimes.checkpoint.tokens import Tokens
from runtimes.errors import EngineFailed, Unsupported
from runtimes.texts import Text
from runtimes.types import Constraint, Grammar, JsonSchema

if TYPE_CHECKING:
    from torch import Tensor

LONGEST = 2**20
"""Characters of a schema or grammar."""

BLANKS = r"( |\n[ \t]{0,20})?"
"""Between the parts of JSON, as in llama.cpp: a model that may write blanks without end, does."""


def available() -> bool:
    """Is the library here?"""
    return find_spec("llguidance") is not None


class Matcher:
    """Where an answer stands in its grammar."""

    def __init__(self, matcher: Any) -> None:
        self._matcher = matcher

    def allow(self, logits: Tensor) -> Tensor:
        """The logits with what may not come next at minus infinity."""
        import torch

        bias = bytearray(self._matcher.compute_logit_bias())
        self._check()
        allowed = torch.frombuffer(bias, dtype=torch.uint8)[: len(logits)].bool()
        return logits.masked_fill(~allowed.to(logits.device), float("-inf"))

    def take(self, token: int) -> None:
        """This token was written."""
        self._matcher.consume_token(token)
        self._check()

    @property
    def done(self) -> bool:
        """Nothing more may come."""
        return bool(self._matcher.is_stopped())

    def _check(self) -> None:
        if self._matcher.is_error():
            raise EngineFailed(
                Text(
                    "the answer left its grammar: {0}",
                    "答案偏离了语法：{0}",
                    (str(self._matcher.get_error())[:300],),
                )
            )


@dataclass
class Guides:
    """Makes matchers for one tokenizer; the first takes a moment."""

    tokens: Tokens
    vocabulary: int
    ends: frozenset[int]

    def begin(self, constraint: Constraint) -> Matcher:
        """At the start of a constraint.  Raises ``Unsupported`` for one that cannot be had."""
        from llguidance import LLMatcher

        try:
            matcher = LLMatcher(self._tokenizer, _grammar(constraint), log_level=0)
        except ValueError as wrong:  # no JSON, or no GBNF
            raise _refused(words(wrong)) from wrong
        if matcher.is_error():
            raise _refused(str(matcher.get_error())[:300])
        return Matcher(matcher)

    @cached_property
    def _tokenizer(self) -> Any:
        from llguidance import LLTokenizer

        return LLTokenizer(
            self.tokens.backend.to_str(),
            n_vocab=self.vocabulary,
            eos_token=sorted(self.ends) or None,
        )


def _grammar(constraint: Constraint) -> str:
    """In llguidance's own words.  Raises ``ValueError``."""
    from llguidance import LLMatcher

    convert: Callable[[str], str]
    match constraint:
        case JsonSchema(text):
            blanks = {"whitespace_pattern": BLANKS}
            convert = partial(LLMatcher.grammar_from_json_schema, overrides=blanks)
        case Grammar(text):
            convert = _from_gbnf
        case _:
            assert_never(constraint)
    if len(text) > LONGEST:
        raise ValueError("it is too long")
    return str(convert(text))


def _from_gbnf(gbnf: str) -> str:
    from llguidance import LLMatcher
    from llguidance.gbnf_to_lark import gbnf_to_lark

    try:
        return str(LLMatcher.grammar_from_lark(gbnf_to_lark(gbnf)))
    except Exception as wrong:  # the converter has no class of its own for most errors
        raise ValueError(str(wrong)) from wrong


def _refused(why: str) -> Unsupported:
    return Unsupported(Text("this constraint cannot be used: {0}", "无法使用此约束：{0}", (why,)))
