"""Does a grammar accept a text?  Asked of llama.cpp itself, byte by byte."""

from __future__ import annotations

from functools import cache

from runtimes.llamacpp.constraint import CompiledGrammar
from runtimes.llamacpp.engine import LlamaModel
from runtimes.llamacpp.sampling import Sampler
from runtimes.types import Constraint, GenerationParams


class GrammarWalk:
    """Walks texts through grammars with the micro model's vocabulary."""

    def __init__(self, model: LlamaModel) -> None:
        self._model = model
        vocabulary = model._vocabulary
        self._end = next(t for t in range(vocabulary.size) if vocabulary.ends(t))

    def accepts(self, constraint: Constraint, text: str) -> bool:
        """Is this a whole sentence of the grammar?"""
        grammar = self.compiled(constraint)
        sampler = Sampler(
            self._model._library, self._model._vocabulary, GenerationParams(temperature=0.0), 0
        )
        try:
            sampler.constrain(grammar.fresh())
            for token in self._model._vocabulary.tokens(text):
                if not sampler.allows(token):
                    return False
                self._model._library.api.llama_sampler_accept(sampler._grammar, token)
            return sampler.allows(self._end)
        finally:
            sampler.close()

    @cache  # noqa: B019 - lives as long as a test's module
    def compiled(self, constraint: Constraint) -> CompiledGrammar:
        """Raises ``Unsupported``."""
        return CompiledGrammar(self._model._library, self._model._vocabulary, constraint)
