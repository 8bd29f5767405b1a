"""English stories, sentence by sentence: a small grammar, and what is told kept as accounts."""

from assistant.maths.reading.stories.narrated.reading import read_narrated, understood

__all__ = ["read_narrated", "understood"]
