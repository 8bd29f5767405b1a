"""Ordinary differential equations: each method of a first course a function of its own."""
