"""The characters of formulas that are not ASCII, and what each one stands for.

Nothing is replaced in the text itself: the tokenizer asks, character by character, so
that every token keeps its place in what the user wrote.
"""

from __future__ import annotations

SUPERSCRIPTS = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣʸᵗᵃᵇᶜᵈᵉᵏᵐᵖ", "0123456789+-=()nixytabcdekmp", strict=True)
)
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢₓₐₑₖₘₚₜⱼ", "0123456789+-=()nixaekmptj", strict=True))
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
SIGNS = {
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "✕": "*", "⨯": "*", "⁎": "*",
    "÷": "÷", "∕": "/", "⁄": "/", "−": "-", "–": "-", "—": "-", "﹣": "-", "‐": "-", "‑": "-",
    "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=", "≧": ">=", "≠": "!=", "≈": "~",
    "≒": "~",
    "：": ":", "；": ";", "、": ",", "。": ".", "【": "[", "】": "]", "〔": "(", "〕": ")",
    "∣": "|",
    "｜": "|", "′": "'", "’": "'", "″": "''", "º": "°", "˚": "°", "→": "->", "⟶": "->", "←": "<-",
    "±": "±", "∪": "∪", "∩": "∩", "∈": "∈", "∖": "∖", "＼": "∖", "∧": "and", "∨": "or",
    "且": "and",
    "或": "or", "和": "and", "∫": "∫", "∬": "∬", "∭": "∭", "∑": "Σ", "∏": "Π", "√": "√", "∛": "∛",
    "∜": "∜", "°": "°", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "∂": "∂", "≡": "≡",
    "‖": "‖", "…": "...", "⋯": "...", "‰": "‰", "∓": "∓",
}  # fmt: skip
"""One character to the text of its token."""
WORDS = {"∞": "oo", "π": "pi", "ℝ": "RR", "ℤ": "ZZ", "ℕ": "NN", "ℚ": "QQ", "ℂ": "CC",
         "∅": "emptyset", "Ø": "emptyset", "ℯ": "E", "ⅇ": "E", "ⅈ": "I", "ⅉ": "I"}  # fmt: skip
GREEK_LETTERS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "ρ": "rho", "σ": "sigma", "ς": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega", "Σ": "Sigma", "Π": "Pi",
}  # fmt: skip
GREEK = frozenset(GREEK_LETTERS.values()) | {"omicron", "Upsilon"}

SPACES = frozenset(
    " \t\r\v\f\u00a0\u1680\u202f\u205f\u3000\u2061\u2062\u2063\u2064\u200b\u2060\ufeff"
)
"""White space, and the invisible characters that copying from a page brings along."""
SPACES |= frozenset(map(chr, range(0x2000, 0x200B)))

LOOKALIKES = dict(zip("аеорсухіАВЕКМНОРСТХ", "aeopcyxiABEKMHOPCTX", strict=True))
"""Cyrillic letters that look like Latin ones: refused, with the Latin letter suggested."""


def ascii_of(char: str) -> str:
    """The ASCII character or Greek letter that a character is a form of, or the character.

    Full-width forms by their offset; letters in mathematical styles (𝑥, 𝐱) by Unicode's
    compatibility mapping.
    """
    if char.isascii():
        return char
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    if 0x1D400 <= code <= 0x1D7FF or 0x2100 <= code <= 0x214F:
        import unicodedata  # only such letters need the tables

        plain = unicodedata.normalize("NFKC", char)
        if len(plain) == 1:
            return plain
    return char
