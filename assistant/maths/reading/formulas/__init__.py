"""The grammar of formulas: text, LaTeX and Unicode to terms."""
