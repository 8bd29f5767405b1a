"""Runs of letters: which are functions, which are products of letters, which are words.

The rule for a run of letters that touch:

1. a known function, constant or Greek name is that; so is a name of this problem;
2. a run made of the functions of school (``sin``, ``ln``, ``sqrt`` …), ``pi``, long Greek
   names and at most three single letters is cut into them: ``xlnx``, ``2sinxcosx``;
3. a common English word (``english``) is a word: never the product of its letters.  Those that
   are usual products too (``at``, ``by``, ``an``) are words only where an operator could stand;
4. up to three other letters are a product, ``abc``; so are longer runs without a vowel,
   in the order of the alphabet, or of letters that stand alone elsewhere in the text;
5. all else is a word, and no formula.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from string import ascii_letters

from assistant.maths.reading.formulas.characters import GREEK
from assistant.maths.reading.formulas.english import EVERYDAY, INSTRUCTIONS

FUNCTIONS = frozenset(
    """sin cos tan cot sec csc asin acos atan acot asec acsc arcsin arccos arctan arccot arcsec
    arccsc sinh cosh tanh coth sech csch asinh acosh atanh acoth asech acsch arcsinh arccosh
    arctanh arsinh arcosh artanh tg ctg arctg cosec exp ln log lg sqrt cbrt root nthRoot abs Abs
    sign sgn floor ceil ceiling factorial binomial gcd lcm GCD LCM max min Max Min erf erfc gamma
    Si Ci Ei li re im Re Im arg conjugate mod Mod det transpose inverse rank trace real_root
    Rational Integer diff integrate limit lim int Integral Derivative Limit sum Sum summation
    product Product prod LambertW zeta Heaviside union intersection complement imageset conditionset
    piecewise Piecewise Matrix Interval FiniteSet Eq Ne Lt Le Gt Ge loggamma digamma polylog
    erfi besselj bessely besseli besselk airyai airybi airyaiprime airybiprime fresnels fresnelc
    kummer hypergeometric
    ConditionSet ImageSet Union Intersection rootof in approx plusminus mixed percent
    degrees""".split()
)
CONSTANTS = frozenset(
    "pi oo inf infinity RR ZZ NN QQ CC EulerGamma emptyset undefined true false True False".split()
)
JOINERS = frozenset("and or AND OR".split())
WORDS = FUNCTIONS | CONSTANTS | JOINERS
AFTER_VALUE = frozenset("of mod in".split())
"""Operators spelled as words; each also is a product of letters or a function."""

STRONG = frozenset(
    """sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh ln log lg exp sqrt pi
    alpha beta gamma delta theta lambda sigma omega""".split()
)
"""What is found inside a run of letters."""
HARD = frozenset(
    """the is of to if it we no do us up me my and for how let all are its has was per put you
    can one two six ten get had not but out off own day that this with then than when what find
    show from into over both each such true false have give graph plot value where which word
    solve let's does will your they there as""".split()
) - {"as"}
SOFT = frozenset(
    """at by be an on so as in am go he or ox ad ah we us sum any may say see who why use yes new
    old now way man age set box cm mm km kg ml ft""".split()
)
"""Words that are usual products too: words only behind a value and a space."""
UNITS = frozenset("km cm mm dm kg mg ml mL".split())
"""Units behind a number: a formula has none, and they are no products there."""
VOWELS = frozenset("aeiouAEIOU")
LONGEST = 12
ALPHABET = frozenset(ascii_letters)


def is_word(run: str, *, behind_value: bool) -> bool:
    """Whether a run is a common English word in this place (rule 3)."""
    low = run.lower()
    segment = len(run) == 2 and run.isupper()  # AB, NO: two points
    return len(run) > 1 and not segment and (low in HARD or (behind_value and low in SOFT))


def is_english(run: str, alone: frozenset[str] = frozenset()) -> bool:
    """Whether a run is an everyday word, or has a word of instruction in it.

    ``cost`` is ``cos(t)`` where t stands alone elsewhere, and so is no word there.
    """
    low = run.lower()
    if low in EVERYDAY and not (run.isupper() and len(run) < 5):
        return run[-1] not in alone or run[:3] not in STRONG
    return len(run) > 4 and any(word in low for word in INSTRUCTIONS)


def cut(run: str, *, alone: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """A run in its known words and single letters; empty if it is a word (rules 2, 4, 5).

    ``alone`` are the letters that stand alone elsewhere in the text.
    """
    if is_english(run, alone):
        return ()
    pieces: list[str] = []
    at = 0
    while at < len(run):
        known = next(
            (
                w
                for n in range(min(LONGEST, len(run) - at), 1, -1)
                if (w := run[at : at + n]) in STRONG
            ),
            run[at],
        )
        pieces.append(known)
        at += len(known)
    singles = [p for p in pieces if len(p) == 1]
    if run[-2:-1] == "d":  # x sin x dx: the differential is no part of the product
        singles = singles[:-2]
    if len(singles) <= 3 or (len(singles) == len(run) and _letters(run, alone)):
        return tuple(pieces)
    return ()


def _letters(run: str, alone: frozenset[str]) -> bool:
    """Whether a long run is a product of letters (rule 4)."""
    in_order = all(ord(b) - ord(a) in (0, 1) for a, b in pairwise(run))
    return len(run) <= 8 and (in_order or not VOWELS & set(run) or set(run) <= alone)


def looks_like_function(run: str, alone: frozenset[str]) -> bool:
    """Whether three letters before a bracket are an unknown function and not a product."""
    return (
        len(run) == 3
        and len(cut(run)) == 3
        and not (set(run) <= alone or list(run) == sorted(set(run)))
    )


@lru_cache(maxsize=512)
def suggestion(word: str) -> str:
    """The known word that a mistyped one is closest to, or nothing.

    One letter more, less, or other, or two neighbours changed (Damerau 1964).
    """
    if not 2 <= len(word) <= LONGEST:
        return ""
    near = [
        w for w in sorted(FUNCTIONS | GREEK | {"pi", "infinity"}) if len(w) > 2 and _near(word, w)
    ]
    same_letters = [w for w in near if sorted(w) == sorted(word)]
    return (same_letters or near or [""])[0]


def _near(a: str, b: str) -> bool:
    """Whether two words differ by one edit."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    x, y = a[start:], b[start:]
    swapped = len(x) > 1 and len(x) == len(y) and x[1] + x[0] + x[2:] == y
    return x[1:] == y or x == y[1:] or x[1:] == y[1:] or swapped


def letters_alone(text: str) -> frozenset[str]:
    """The letters that stand in a text with no letter beside them, or as ``dt``."""
    padded = f" {text} "
    return frozenset(
        c
        for n, c in enumerate(padded)
        if c in ALPHABET
        and padded[n + 1] not in ALPHABET
        and (
            padded[n - 1] not in ALPHABET
            or (padded[n - 1] == "d" and padded[n - 2] not in ALPHABET)
        )
    )
