"""Integrals with the steps that a teacher writes.

``engine`` searches for a ``Plan`` (a tree of rules); ``plan`` writes it out as lines.
Every line is an equality of antiderivatives up to a constant, so that the checker can
differentiate both sides; a substitution ``u = g(x)`` travels in ``Step.given``.
"""
