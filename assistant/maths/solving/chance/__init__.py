"""Probability by counting outcomes."""
