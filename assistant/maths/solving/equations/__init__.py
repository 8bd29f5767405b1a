"""Equations in one real unknown: finders of roots, tried in order, that call one another."""
