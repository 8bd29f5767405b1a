"""Derivatives, limits, curves, series and sums."""
