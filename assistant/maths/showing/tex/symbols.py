"""What the commands of LaTeX look like in Unicode, by the class of atom they make.

The classes are TeX's (*The TeXbook*, chapter 17 and appendix F); the names those of LaTeX and
amssymb, with the spellings that models use.
"""

from __future__ import annotations

from enum import Enum, auto


class Kind(Enum):
    """The class of an atom: it decides the space between neighbours."""

    ORD = auto()
    OP = auto()
    BIN = auto()
    REL = auto()
    OPEN = auto()
    CLOSE = auto()
    PUNCT = auto()
    SPACE = auto()


def _table(words: str) -> dict[str, str]:
    pairs = words.split()
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


LETTERS = _table(
    """alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
    kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ
    varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Alpha Α Beta Β Gamma Γ Delta Δ
    Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Pi Π Rho Ρ Sigma Σ Tau Τ
    Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω varGamma Γ varDelta Δ
    infty ∞ partial ∂ nabla ∇ hbar ℏ hslash ℏ ell ℓ wp ℘ Re ℜ Im ℑ aleph ℵ beth ℶ imath ı jmath ȷ
    emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠
    measuredangle ∡ triangle △ square □ Box □ blacksquare ■ qed ∎ degree ° prime ′ dagger † sharp ♯
    dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso … hdots …
    cdotp · checkmark ✓ star ⋆ bigstar ★ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ ddagger ‡
    flat ♭ natural ♮ S § P ¶ copyright © pounds £ euro € yen ¥ surd √ backslash \\ complement ∁
    mho ℧ eth ð Finv Ⅎ N ℕ R ℝ Z ℤ Q ℚ C ℂ lbrace { rbrace } vert | Vert ‖ | ‖ mid ∣ slash /
    textdegree ° celsius ℃ aa å AA Å oe œ ae æ o ø ss ß diamond ⋄ bigcirc ◯ Diamond ◇ lozenge ◊
    textbackslash \\ textbar | textasciitilde ~ textasciicircum ^ # # % % & & $ $ _ _ { { } }"""
)
"""Ordinary atoms."""
del LETTERS["mid"]

BINARIES = _table(
    """pm ± mp ∓ times × div ÷ cdot · ast ∗ cap ∩ cup ∪ setminus ∖ smallsetminus ∖ wedge ∧ land ∧
    vee ∨ lor ∨ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ oslash ⊘ circ ∘ bullet • uplus ⊎ sqcap ⊓ sqcup ⊔
    amalg ⨿ triangleleft ◁ triangleright ▷ ltimes ⋉ rtimes ⋊ bmod mod wr ≀ centerdot · dotplus ∔
    barwedge ⊼ veebar ⊻ boxplus ⊞ boxtimes ⊠ boxdot ⊡ divideontimes ⋇"""
)

RELATIONS = _table(
    """leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙
    approx ≈ sim ~ simeq ≃ cong ≅ equiv ≡ propto ∝ varpropto ∝ asymp ≍ doteq ≐ coloneqq ≔ eqqcolon ≕
    triangleq ≜ prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃
    subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉ sqsubseteq ⊑ sqsupseteq ⊒
    mid ∣ nmid ∤ divides ∣ parallel ∥ nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩
    to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔
    implies ⟹ impliedby ⟸ iff ⟺ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷
    Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ uparrow ↑
    downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
    hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼
    rightleftharpoons ⇌ leftrightarrows ⇆ rightrightarrows ⇉ leadsto ⇝ rightsquigarrow ⇝
    nrightarrow ↛ nRightarrow ⇏ therefore ∴ because ∵ smile ⌣ frown ⌢ bowtie ⋈ between ≬ nless ≮
    ngtr ≯ nleq ≰ ngeq ≱ lesssim ≲ gtrsim ≳ lessgtr ≶ precsim ≾ succsim ≿ ncong ≇ nsim ≁
    lneq ⪇ gneq ⪈ trianglelefteq ⊴ trianglerighteq ⊵ vartriangle △ multimap ⊸ colon :
    thickapprox ≈"""
)

DELIMITERS = _table(
    """langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } lbrack [ rbrack ]
    { { } } | ‖ vert | Vert ‖ lvert | rvert | lVert ‖ rVert ‖ lparen ( rparen ) llbracket ⟦
    rrbracket ⟧ backslash \\ uparrow ↑ downarrow ↓ lgroup ( rgroup )"""
)
"""Commands that can stand after ``\\left`` and ``\\right``."""
OPENING = "([{⟨⌊⌈⟦"
CLOSING = ")]}⟩⌋⌉⟧"
OPENERS = {
    "langle", "lfloor", "lceil", "lbrace", "{", "lbrack", "lvert", "lVert", "lparen", "llbracket",
    "lgroup",
}  # fmt: skip
CLOSERS = {
    "rangle", "rfloor", "rceil", "rbrace", "}", "rbrack", "rvert", "rVert", "rparen", "rrbracket",
    "rgroup",
}  # fmt: skip

BIG = _table(
    """sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀
    biguplus ⨄ bigsqcup ⨆"""
)
"""Operators that have their limits above and below."""
INTEGRALS = _table("int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ intop ∫ smallint ∫ fint ⨍")

_PLAIN = """sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth
    sech csch arsinh arcosh artanh ln log lg exp arg ker dim hom deg tr Tr rank sgn erf Var Cov"""
_LIMITS = "lim limsup liminf max min sup inf gcd lcm det Pr argmax argmin injlim projlim"
NAMES = dict.fromkeys(_PLAIN.split(), False) | dict.fromkeys(_LIMITS.split(), True)
"""Names of functions, and whether a subscript stands below them."""
SPELLED = {"limsup": "lim sup", "liminf": "lim inf", "argmax": "arg max", "argmin": "arg min"}

SPACES = {
    "quad": 2, "qquad": 4, ",": 1, ";": 1, ":": 1, ">": 1, "!": 0, " ": 1, "~": 1, "enspace": 1,
    "thinspace": 1, "medspace": 1, "thickspace": 1, "negthinspace": 0, "space": 1, "/": 0,
    "nobreakspace": 1, "hfill": 2, "enskip": 1,
}  # fmt: skip
"""Columns of the spacing commands."""

IGNORED = set(
    """displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag
    allowbreak nobreak tiny small normalsize large Large LARGE huge Huge centering mathstrut strut
    relax protect noindent bf rm it sf tt cal boldmath mathord mathopen mathclose mathpunct
    mathbin mathrel mathop mathinner hline noalign displaylimits left. right. par null break
    smallskip medskip bigskip""".split()
)
"""Commands that change nothing that a terminal can show."""
SIZES = {a + b for a in ("big", "Big", "bigg", "Bigg") for b in ("", "l", "r", "m")}

CHARS: dict[str, Kind] = (
    dict.fromkeys("+-*−±∓×÷·∗∩∪∖∧∨⊕⊗∘", Kind.BIN)
    | dict.fromkeys("=<>:≤≥≠≈≡≅≃∝∈∉∋⊂⊃⊆⊇→←↔⇒⇐⇔⟹⟺↦∣∥⊥≪≫∴∵⟶", Kind.REL)
    | dict.fromkeys(",;", Kind.PUNCT)
    | dict.fromkeys(".。，、；：？！", Kind.CLOSE)
    | dict.fromkeys("∑∏∫∬∮", Kind.OP)
)
"""The class of a character that is typed as itself; others are ordinary."""
