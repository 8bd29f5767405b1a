"""Worksheets: problems drawn at random after a pattern, each solved and proved for the key."""
