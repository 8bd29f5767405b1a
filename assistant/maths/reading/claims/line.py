"""What a line of worked mathematics claims: formulas alone, LaTeX in prose, or plain prose.

Nothing is decided here.  A line becomes claims (chains of sides with signs between them, or
a formula of another kind), and what its words say about them: that something is only
supposed, denied, rounded, or restricted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.maths import terms as t
from assistant.maths.reading.claims.cases import several
from assistant.maths.reading.claims.chained import chained
from assistant.maths.reading.claims.congruent import congruent, without_congruence
from assistant.maths.reading.claims.counters import without_counter
from assistant.maths.reading.claims.formulas import formula, lone_e
from assistant.maths.reading.claims.harmless import is_harmless, keeps_to, leaves_alone
from assistant.maths.reading.claims.instructed import CONCLUDES, instructed, row_text
from assistant.maths.reading.claims.labels import labels_are_clear
from assistant.maths.reading.claims.marks import settled, spelled
from assistant.maths.reading.claims.openings import without_opening
from assistant.maths.reading.claims.parted import SIGN_OF, chain_of, parted
from assistant.maths.reading.claims.prose import chains
from assistant.maths.reading.claims.sides import Reading
from assistant.maths.reading.claims.tokens import METRIC
from assistant.maths.reading.claims.told import tells_other
from assistant.maths.reading.claims.voices import is_crossed_out, of_others
from assistant.maths.reading.claims.words import (
    DENIED,
    DERIVED,
    NARROWED,
    NEGATED,
    OF_OTHERS,
    OPENS,
    REPEATING,
    RESTRICTED,
    ROUNDED,
    SUPPOSED,
    TESTED,
)
from assistant.maths.reading.claims.written_out import behind_words, written_out
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.scan import SHORT_WORDS

MAX_LINE = 4000
"""Characters of a line; a longer one is not read."""


@dataclass(frozen=True, slots=True)
class Claim:
    """``sides`` with ``signs`` between them (one side: an expression), or a ``formula`` of
    another kind; ``readings`` say how prose was read.  A side not understood is ``None``."""

    text: str
    sides: tuple[t.Expr | None, ...] = ()
    signs: tuple[str, ...] = ()
    readings: tuple[Reading | None, ...] = ()
    formula: t.Expr | None = None
    sure: bool = True
    name: str = ""
    """The words that stand alone on the left: the name of a value."""
    lead: str = ""
    """What stands in the line between the claim before and this one."""
    unread: bool = False
    """A formula with a relation in it that was not understood."""
    modular: bool = False
    """The sides are remainders, which are said to be congruent."""

    @property
    def equals(self) -> int:
        """How many signs, from the first on, say that sides are equal."""
        return next((n for n, sign in enumerate(self.signs) if sign != "="), len(self.signs))

    @property
    def statement(self) -> t.Expr | None:
        """The claim as one formula, without what is only about equal behind it; ``None`` where
        a part of it is not understood."""
        if self.formula is not None:
            return self.formula
        count = self.signs.index("≈") if "≈" in self.signs else len(self.signs)
        signs, sides = self.signs[:count], self.sides[: count + 1]
        if len(sides) < 2 or any(s is None or s not in RELATIONS for s in signs):
            return None
        known = [s for s in sides if s is not None]
        if len(known) < len(sides):
            return None
        parts = tuple(
            t.Relation(RELATIONS[sign], a, b)
            for sign, a, b in zip(signs, known, known[1:], strict=False)
        )
        return parts[0] if len(parts) == 1 else t.Junction(t.Connective.AND, parts)


@dataclass(frozen=True, slots=True)
class Line:
    """``bare``: nothing but formulas and a connecting word; ``continues``: it begins with
    the sign that joins it to the line before, or, where it ``restarts``, to the problem."""

    text: str
    claims: tuple[Claim, ...]
    bare: bool = False
    continues: bool = False
    restarts: bool = False
    supposed: bool = False
    denied: bool = False
    rounded: bool = False
    restricted: bool = False
    derived: bool = False
    opens: bool = False
    negated: bool = False
    tested: bool = False
    narrowed: bool = False
    harmless: bool = True
    """Whether all its words are known to leave what the formulas say as it stands."""
    of_problem: bool = True
    """Whether all its words are known to be about the problem."""
    goes_on: bool = True
    """The same, and about the line before."""
    tells_other: bool = False
    """Whether words conclude something that the claims do not say."""
    wordy: bool = False
    tried: tuple[t.Expr, ...] = ()
    """Numbers that the line before puts in for a letter, to see whether they fit."""

    @property
    def is_step(self) -> bool:
        """Whether a sentence says one thing that the next line can go on from like from a
        formula."""
        loose = self.opens or self.supposed or self.denied or self.negated or self.rounded
        loose |= self.tested or self.narrowed or self.restricted or self.tells_other
        return self.goes_on and not loose and len(self.claims) == 1 and self.claims[0].sure


RELATIONS = {sign: op for op, sign in SIGN_OF.items()} | {
    "<=": t.Comparison.LE, ">=": t.Comparison.GE, "!=": t.Comparison.NE,
}  # fmt: skip
COMMENT = re.compile(
    r"(?<!\s)(?:\s*+(?:[(\[（【](?=[^()\[\]（）【】]*?[A-Za-z\u4e00-\u9fff]{3})[^()\[\]（）【】]*+[)\]）】]"
    r"|(?:#|//).*)|\s{2,}+[A-Za-z][A-Za-z ]{5,}+)\s*+$"
)
TRAILING = re.compile(r"[\s.,;:。，；：!！]+$")
NOTHING = re.compile(
    r"(?:there\s+(?:is|are)\s+)?no\s+(?:real\s+)?(?:solutions?|roots?)|(?:原?方程)?无(?:实数?)?[解根]|没有实数?[解根]",
    re.IGNORECASE,
)
EVERYTHING = re.compile(
    r"(?:true\s+for\s+)?all\s+(?:real\s+numbers|reals|x)|x?\s*(?:是|为|可取)?(?:任意|一切|全体)实数|恒成立",
    re.IGNORECASE,
)
BLOCKS = re.compile(
    r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\\((.+?)\\\)"
    r"|(\\begin\{(align|aligned|gather|equation|eqnarray|split)(\*?)\}.+?\\end\{\5\6\})"
    r"|(?<![\\$\d])\$(?=[^\s$])([^$]*?[^\s\\$])\$(?!\d)",
    re.DOTALL,
)
LISTS = re.compile(
    r"\b(?:solutions|roots|zeros)(?:\s+of\s+the\s+equation)?\s+are\b|(?:两个?)?[根解](?:分别)?[是为]\s*\$"
)
"""All formulas behind it are solutions of one equation."""
_SHORT = r"(?:\$[^$\\]{1,60}\$|\\\([^$\\]{1,60}\\\))"
CASES = re.compile(rf"{_SHORT}(?:\s*,?\s*(?:or|或者?)\s*{_SHORT})+")
"""``$x = 4$ or $x = -2$``: cases, with no words but those between them."""
TEX_SPACES = re.compile(
    r"(?:\\[,;:! ]|\\q?quad|\\)+\s*$|=\s*\\[lc]?dots\s*$"
    r"|(?<=[})]) +(?=[A-Za-z](?![A-Za-z])|\\[a-z])"
    r"|(?<=[A-Za-z]) +(?=\\(?:alpha|beta|gamma|delta|theta|phi|pi|lambda|mu|omega)(?![a-z]))"
)
"""What parts nothing in TeX, and a chain that is left open."""
ENVIRONMENT = re.compile(r"\\(?:begin|end)\{(?:align|aligned|gather|equation|eqnarray|split)\*?\}")
ROOT = re.compile(r"\broots?\b", re.IGNORECASE)
"""What is taken of both sides, and no solution."""
RESTARTS = re.compile(r"原式\s*[=＝]")  # the problem's, whatever was worked out in between
SPOKEN = re.compile(r"[A-Za-z]{2}|[\u4e00-\u9fff]|##|\*\*|__")
"""Something beside formulas, which may tell another value."""
LABEL = re.compile(r"\\(?:text|mathrm|textbf|mbox|textrm)\s*\{([^{}]*)\}")


def read_line(text: str) -> Line:
    """What a line says.  Never raises; a line that is not understood has no claims."""
    clear = settled(row_text(text))
    if len(text) > MAX_LINE or "[asy]" in text or clear is None:
        return Line(text, ())
    if REPEATING.search(text):
        unread = Claim(text.strip(), (None, None), ("=",), sure=False, unread=True)
        return _line(clear, (unread,))
    clear = without_counter(clear)
    body = written_out(spelled(clear))
    if (done := _behind_instruction(body)) is not None:
        return done
    blocks = list(BLOCKS.finditer(body))
    core = without_opening(TRAILING.sub("", body))
    if NOTHING.fullmatch(core) or EVERYTHING.fullmatch(core):
        truth = t.Truth(value=EVERYTHING.fullmatch(core) is not None)
        return replace(
            _line(body, (Claim(core, formula=truth),), bare=True), denied=False, negated=False
        )
    if blocks and blocks[0].span() == (0, len(core)) and len(blocks) == 1:
        core = _inside(blocks[0])
        blocks = []
    if CASES.fullmatch(core):
        core = " or ".join(_inside(block) for block in BLOCKS.finditer(core))
        blocks = []
    if blocks:
        return _line(body, _joined(body, blocks))
    words = core
    if (bare := bare_claims(core)) is None:
        core = TRAILING.sub("", COMMENT.sub("", core))
        bare = bare_claims(core)
    if bare is not None:
        continues = core[:1] in "=＝" and not core.startswith(("=>", "=="))
        restarts = continues and RESTARTS.search(body) is not None
        line = replace(_line(body, bare, bare=True), continues=continues, restarts=restarts)
        return replace(line, harmless=is_harmless(words.replace(core, " ", 1)))
    core = words
    joined = chained(core, bare_claims)
    if joined and all(claim.signs or claim.formula is not None for _, claim in joined):
        return _line(body, tuple(replace(c, lead=lead) for lead, c in joined), bare=True)
    lead, rest = behind_words(core)
    if rest and (bare := bare_claims(rest)) is not None:
        return _line(body, tuple(replace(claim, lead=lead) for claim in bare))
    found = latex_claims(core) if "\\" in core else prose_claims(core)
    return _line(body, tuple(found))


def _behind_instruction(body: str) -> Line | None:
    """A line that tells what was done to the one before, and the statement about letters that it
    led to: it stands for itself like a line of formulas alone."""
    lead, rest = instructed(body)
    block = BLOCKS.fullmatch(rest)
    found = bare_claims(_inside(block) if block else rest) if rest else None
    said = [claim.statement for claim in found or ()]
    if not found or not all(one is not None and t.symbols(one) for one in said):
        return None
    claims = (replace(found[0], lead=lead), *found[1:])
    restricted = RESTRICTED.search(ROOT.sub(" ", lead)) is not None
    line = _line(body, claims, bare=True)
    other = line.tells_other and CONCLUDES.search(lead) is not None
    return replace(line, harmless=is_harmless(lead), restricted=restricted, tells_other=other)


def _joined(body: str, blocks: list[re.Match[str]]) -> tuple[Claim, ...]:
    """The claims of the formulas in a sentence; with *or* between them they are cases."""
    found: list[Claim] = []
    end = 0
    joins = ("or", "或", "或者", *(("and", "和", "与", "") if LISTS.search(body) else ()))
    for block in blocks:
        new = latex_claims(_inside(block))
        lead = body[end : block.start()]
        new = [replace(claim, lead=lead) for claim in new[:1]] + new[1:]
        found += _between(lead)
        between = lead.strip(" ,，、").lower()
        last = found[-1].statement if found else None
        first = new[0].statement if new else None
        if between in joins and last is not None and first is not None:
            cases = t.Junction(t.Connective.OR, (last, first))
            text = f"{found[-1].text} or {new[0].text}"
            found[-1:] = [Claim(text, formula=cases, sure=found[-1].sure and new[0].sure)]
            new = new[1:]
        found += new
        end = block.end()
    return (*found, *_between(body[end:]))


def _between(text: str) -> list[Claim]:
    """What the words between the formulas of a sentence claim, where all of it is understood."""
    found = prose_claims(text) if RELATED.search(text) else []
    return [claim for claim in found if None not in claim.sides]


def _line(text: str, found: tuple[Claim, ...], *, bare: bool = False) -> Line:
    outside, crossed = BLOCKS.sub(" ", text), is_crossed_out(text)
    told = without_congruence(text) if any(claim.modular for claim in found) else text
    of_another = of_others(BLOCKS.sub(" = ", text))
    of_problem, goes_on = keeps_to(outside, text)
    return Line(
        text, found, bare=bare,
        supposed=SUPPOSED.search(outside) is not None,
        denied=crossed or of_another or DENIED.search(told) is not None,
        negated=crossed or NEGATED.search(OF_OTHERS.sub(" ", text)) is not None,
        rounded=ROUNDED.search(text) is not None,
        tested=TESTED.search(outside) is not None,
        narrowed=NARROWED.search(outside) is not None,
        restricted=RESTRICTED.search(outside) is not None,
        derived=DERIVED.search(outside) is not None,
        opens=OPENS.search(outside) is not None,
        harmless=bare or leaves_alone(outside, text),
        of_problem=bare or of_problem,
        goes_on=bare or goes_on,
        tells_other=SPOKEN.search(text) is not None and tells_other(text, found, BLOCKS),
    )  # fmt: skip


def _inside(match: re.Match[str]) -> str:
    groups = match.groups()
    return next(g for g in (*groups[:4], groups[6]) if g is not None).strip()


RELATED = re.compile(r"[=≈<>≤≥≠]|\\(?:leq?|geq?|approx|neq?|equiv)(?![a-z])")
CROSS = re.compile(r"(?<=[\d)%])\s+[xX]\s+(?=[\d(.$])|(?<=\d)[xX](?=\d)")
"""The letter x between two numbers, as a sign of multiplication."""
CLOCK = re.compile(r"\d:\d\d\b\s*[-+−–]|[-+−–]\s*\d{1,2}:\d\d\b")  # a sum, and no ratio
ENGLISH = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
LOOSE = re.compile(r"\\(?:sin|cos|tan|cot|sec|csc|log|ln)\s*\d+\s*\*")
"""A function whose argument may go on behind a sign of multiplication."""


def bare_claims(core: str) -> tuple[Claim, ...] | None:
    """The claims of a text that is formulas and nothing else."""
    core = CROSS.sub("*", core)
    if (remainders := congruent(core, formula)) is not None:
        return (Claim(core, remainders, ("=",) * (len(remainders) - 1), modular=True),)
    words = {w.lower() for w in ENGLISH.findall(core)}
    if METRIC.search(core) or CLOCK.search(core) or words & (SHORT_WORDS - {"and"}):
        return None
    if core[:1] in ("=", "＝"):
        tree = formula(core[1:])
        return None if tree is None else (_claim(core, tree),)
    tree = formula(core)
    if tree is None and len(core) < 400:
        tree = several(core, formula)
    return None if tree is None else tuple(_claim(core, part) for part in parted(tree))


def _claim(text: str, tree: t.Expr, *, sure: bool = True) -> Claim:
    """A tree as a chain of sides, or as a formula of another kind."""
    match tree:
        case t.Relation() | t.Call("approx", (_, _)):
            found = chain_of((tree,))
            assert found is not None
            return Claim(text, found[0], found[1], sure=sure)
        case t.Junction(t.Connective.AND, parts) if (found := chain_of(parts)) is not None:
            return Claim(text, found[0], found[1], sure=sure)
        case t.Junction() | t.Truth() | t.Interval() | t.Constant(t.ConstantName.EMPTY):
            return Claim(text, formula=tree, sure=sure)
        case t.Call("in" | "union" | "intersection" | "imageset", _) | t.Collection(t.Bracket.SET):
            return Claim(text, formula=tree, sure=sure)
    return Claim(text, (tree,), sure=sure)


def latex_claims(source: str) -> list[Claim]:
    """The claims of a piece of LaTeX; several lines of an aligned block are several."""
    source = ENVIRONMENT.sub("", source)
    source = re.sub(r"\\boxed\s*\{(.*)\}", r"\1", source)
    found: list[Claim] = []
    rows = re.split(r"\\\\(?:\[[^\]]*\])?", source) if r"\begin" not in source else [source]
    before: t.Expr | None = None
    for row in rows:
        text = TRAILING.sub("", row.replace("&", "") if len(rows) > 1 or "&=" in row else row)
        sure = labels_are_clear(text, LABEL) and LOOSE.search(text) is None
        text = TEX_SPACES.sub("", LABEL.sub(" ", text).replace("~", " ")).strip()
        if not text:
            continue
        if (remainders := congruent(text, formula)) is not None:
            signs = ("=",) * (len(remainders) - 1)
            found.append(Claim(text, remainders, signs, sure=sure, modular=True))
            before = None
            continue
        joined = text[:1] == "="
        tree = formula(text[1:] if joined else text)
        if tree is None and sure:
            tree = several(text, formula)
        if tree is None:
            before = None
            if RELATED.search(text):
                found.append(Claim(text, (None, None), ("=",), sure=False, unread=True))
            continue
        first, *more = (_claim(text, part, sure=sure) for part in parted(tree))
        if joined and first.sides:
            first = replace(first, sides=(before, *first.sides), signs=("=", *first.signs))
        before = first.sides[-1] if first.sides and not more else None
        found += [c for c in (first, *more) if c.signs or c.formula is not None]
    return found


def prose_claims(text: str) -> list[Claim]:
    """The relations in plain prose."""
    found: list[Claim] = []
    for chain in chains(text):
        sides = tuple(None if r is None else _side(r) for r in chain.sides)
        known = [r for r in chain.sides if r is not None]
        sure = not any(r.guessed for r in known)
        claim = Claim(chain.text, sides, chain.signs, chain.sides, sure=sure)
        found.append(replace(claim, name=chain.name, lead=chain.lead))
    return found


def _side(reading: Reading) -> t.Expr | None:
    tree = None if "?" in reading.formula else formula(reading.formula)
    if tree is not None and lone_e(tree):
        return read_formula(reading.formula, names=frozenset({"e", "E"}))
    return tree
