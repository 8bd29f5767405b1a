"""Whole problems: definitions that build on one another, and stories."""
