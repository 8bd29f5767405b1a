"""Limits, by asymptotic expansions of their own."""
