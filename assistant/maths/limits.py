"""Bounds that every process of ours sets before it works, apart from what they bound."""

MAX_DIGITS = 100_000
"""Of one integer in an answer: writing it takes time that grows with the square."""
