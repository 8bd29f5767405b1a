"""Letters in other shapes: raised and lowered, double-struck, script, Fraktur, with an accent."""

from __future__ import annotations

_RAISED = (
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′*∘",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′*°",
)
_LOWERED = (
    "0123456789+-=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
)
RAISED = dict(zip(*_RAISED, strict=True)) | {
    "″": "″",
    "‴": "‴",
    "⁗": "⁗",
    "†": "†",
    "°": "°",
    "⊤": "ᵀ",
}
LOWERED = dict(zip(*_LOWERED, strict=True))
LONGEST = 7
"""More raised letters than these are hard to read."""


def small(text: str, table: dict[str, str]) -> str:
    """The text in raised or lowered characters; nothing where one of them is missing."""
    text = text.replace(" ", "")
    if len(text) > LONGEST or any(char not in table for char in text):
        return ""
    return "".join(table[char] for char in text)


def _letters(upper: int, lower: int, special: str) -> dict[int, str]:
    table = {ord("A") + n: chr(upper + n) for n in range(26)}
    table |= {ord("a") + n: chr(lower + n) for n in range(26)} if lower else {}
    pairs = special.split()
    return table | {ord(pair[0]): pair[1] for pair in pairs}


ALPHABETS: dict[str, dict[int, str]] = {
    "mathbb": _letters(0x1D538, 0x1D552, "Cℂ Hℍ Nℕ Pℙ Qℚ Rℝ Zℤ 1𝟙"),
    "mathcal": _letters(0x1D49C, 0, "Bℬ Eℰ Fℱ Hℋ Iℐ Lℒ Mℳ Rℛ"),
    "mathfrak": _letters(0x1D504, 0x1D51E, "Cℭ Hℌ Iℑ Rℜ Zℨ"),
}
"""Unicode's mathematical alphabets (the holes in them are letters encoded before)."""
ALPHABETS |= {
    "Bbb": ALPHABETS["mathbb"],
    "mathscr": ALPHABETS["mathcal"],
    "frak": ALPHABETS["mathfrak"],
}

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "vec": "\u20d7", "dot": "\u0307",
    "ddot": "\u0308", "dddot": "\u20db", "tilde": "\u0303", "widetilde": "\u0303",
    "check": "\u030c", "acute": "\u0301", "grave": "\u0300", "breve": "\u0306",
    "mathring": "\u030a", "overrightarrow": "\u20d7", "overleftarrow": "\u20d6",
}  # fmt: skip
"""Combining marks for one letter."""
MARKS = {
    "hat": "^", "widehat": "^", "bar": "_", "vec": "→", "dot": "˙", "ddot": "¨", "dddot": "…",
    "tilde": "~", "widetilde": "~", "check": "ˇ", "acute": "´", "grave": "`", "breve": "˘",
    "mathring": "°", "overrightarrow": "→", "overleftarrow": "←",
}  # fmt: skip
"""The same over something wide, on a line of its own."""
STRIKES = {
    "overline": "\u0305", "underline": "\u0332", "underbar": "\u0332", "cancel": "\u0338",
    "bcancel": "\u0338", "xcancel": "\u0338", "sout": "\u0336", "not": "\u0338",
}  # fmt: skip
"""Combining marks that every letter gets."""

VULGAR = {
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗",
    "4/5": "⅘", "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
}  # fmt: skip
"""Fractions that are one character."""
