"""Sequences and progressions."""
