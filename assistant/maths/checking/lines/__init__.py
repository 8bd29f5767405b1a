"""Marking worked lines: numbers, expressions and statements, each against what came before."""
