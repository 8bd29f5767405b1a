"""Rewriting of expressions, line by line, as a teacher writes it."""
