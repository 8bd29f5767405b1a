"""Matrices and vectors: every row operation is a step."""
