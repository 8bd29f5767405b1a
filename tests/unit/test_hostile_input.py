"""Text that tries to be more than a formula: refused or read as harmless letters, in no time."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from assistant.maths.printable import printable
from assistant.maths.reading.formulas.formula import read_formula, read_prefix, read_statements
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.plain import plain
from assistant.maths.terms import Expr, walk

COMMANDS = ["id", "rm -rf /", "touch /tmp/owned", "cat /etc/passwd"]
CODE = [
    f"__import__('os').{call}('{command}')"
    for call in ("system", "popen", "execvp")
    for command in COMMANDS
] + [
    "eval('1+1')", "exec('x=1')", "compile('1','','eval')", "open('/etc/passwd').read()",
    "globals()", "locals()", "vars()", "dir()", "print(1)", "input()", "breakpoint()", "exit()",
    "quit()", "help()", "memoryview(b'')", "getattr(x,'y')", "setattr(x,'y',1)", "delattr(x,'y')",
    "().__class__.__bases__[0].__subclasses__()", "[].__class__", "''.__class__.__mro__[1]",
    "x.__class__", "x.__init__.__globals__", "x.y.z", "x.doit()", "sin.__call__(x)",
    "x._eval_subs",
    "(1).__class__", "1 .__class__", "1..real", "x.__dict__", "x.__reduce__()", "x.func.args",
    "lambda: 1", "lambda x: x", "(lambda f: f(f))(lambda f: f(f))", "λ x: x",
    "def f(x): return x",
    "class A: pass", "import os", "from os import system", "async def f(): pass", "await x",
    "yield x", "return x", "raise x", "del x", "global x", "nonlocal x", "assert 0", "pass",
    "with open('a') as f: f", "while True: pass", "for x in x: x", "[x for x in range(10**9)]",
    "{x: 1 for x in (1,)}", "x if x else y", "not x", "x is y", "x := 1", "*x, y", "**x", "@x",
    "x; import os", "1\nimport os", "`id`", "$(id)", "${HOME}", "%(x)s", "%s%s%s%n",
    "x and __import__",
    "__name__", "__builtins__", "__debug__", "__file__", "__doc__", "__x__", "_", "__", "_x",
    "x__",
    "NotImplemented", "Ellipsis", "...", "None", "self", "cls", "os", "sys", "subprocess",
    "pickle",
    "S('x')", "Symbol('x')", "sympify('1')", "parse_expr('1')", "Function('f')(x)",
    "lambdify(x, x)",
    "Lambda(x, x)", "Integer('1')", "Float('1', 10**9)", "srepr(x)", "preview(x)", "plot(x)",
    "test()", "init_session()", "source(x)", "N(x, 10**10)", "var('x')", "symbols('x y')",
]  # fmt: skip
FORMATS = [
    "{0.__class__}", "{0!r}", "{}", "{x}", "{{0}}", "{0}{1}{2}", "{:>99999999}", "%d", "%x%x",
    "{0[0]}",
    "hello{0.__class__.__init__.__globals__}", "foo{0}(x)", "x_{0}", "x_{0.__class__}", "f'{x}'",
    'f"{x}"', "\\N{BELL}", "\\x41", "\\u0041", "\\U00000041", "\\101", "\\", "\\\\", "\\\\\\",
    "x\\", "\\{0\\}",
    "u'x'", "b'x'", "r'x'", "'''x'''", '"x"', "'", '"', "''", "x'", "'x", "x''''''''''''''",
]  # fmt: skip
INVISIBLE = [
    "x\x00", "\x00", "x+\x00y", "\x1b[2J", "\x1b]0;owned\x07", "\x1b[31mx\x1b[0m", "x\x1bPq",
    "\x9b31m",
    "\x07", "\x08\x08\x08x", "x\x7f", "\r\nx", "\u202ex+y", "x\u202dy", "\u2066x\u2069",
    "\u200fx", "x\u200e+1",
    "\u061cx", "\ufeffx+1", "x\u200b+1", "s\u200bin(x)", "x\u00ad", "\u2028x", "\u2029",
    "\ufff9x\ufffb", "\U000e0041x",
    "x\ud800", "\udfff", "\uffff", "\ufffe", "\U0010ffff", "x\u0301", "\u0301", "\u20dd",
    "x\ufe0f", "1\u20e3",
    "\U0001f600", "\u3164", "\u115f", "\u180e", "x\x85y", "x\x0by", "x\x0cy", "\u2800",
]  # fmt: skip
LOOKALIKES = [
    "х+1", "sіn(x)", "ѕin(x)", "𝐬𝐢𝐧(x)", "ｓｉｎ（ｘ）", "x＝1", "ｅｖａｌ(１)",
    "＿＿ｉｍｐｏｒｔ＿＿", "𝒙²", "ℌ", "ⅷ", "ⓧ", "١+٢", "१+२",
    "๑", "x‚y", "x‐1", "x⁄2", "1∕0", "ⅰ", "ℯ^x", "µ", "Ω", "K", "Å", "ﬁ", "ǆ", "ß", "ı", "İ",
    "ſin(x)",
]  # fmt: skip
NUMBERS = [
    "10**10**10", "9^9^9^9^9", "2^(2^(2^(2^100000)))", "1e999999999", "1e-999999999", "1e999",
    "1" * 5000,
    "0." + "0" * 5000, "1e" + "9" * 5000, "(10^9)!", "((((9!)!)!)!)!", "9!!!!!!!!!!",
    "x^" * 500 + "x",
    "1/0", "0/0", "0^0", "1//2", "1%0", "5%%%%%%%%%", "x%y%z", "nan", "inf", "-oo+oo", "1j",
    "9.5j", "0x41", "0b1",
    "0o17", "1_000", "1e", "1e+", "1.2.3", "1..2", ".", "..", ".5.5", "--------x", "+-+-+-x",
    "~x", "x~", "<<", "x<<99",
    "factorial(10**9)", "expand((a+b+c+d)**400)", "sum(k,(k,1,10**100))", "binomial(10^9,5*10^8)",
    "x" * 5000, "abc" * 2000, "sin" * 3000, "sin " * 3000 + "x", "x+" * 2000, "x*" * 2000 + "x",
    "x/" * 2000 + "x", "-" * 5000 + "x", "√" * 2000 + "x", "x'" * 4000, "x_" * 2000, "1 " * 2000,
    "|" * 10000, "|x" * 2000, "!" * 3000, "5" + "!" * 3000, "%" * 3000, "x," * 2000, ";" * 3000,
    "\n" * 3000,
    "x=" * 2000 + "x", "x and " * 3000 + "x", "x∪" * 2000 + "x", "x in " * 3000, "lim " * 4000,
    "∫" * 3000, "∫" * 400 + "x" + "dx" * 400, "d/dx " * 3000 + "x", "d" * 3000, "d/" * 2000,
    "²" * 3000, "₂" * 3000, "½" * 3000,
    "2^" * 2000 + "2", "log_" * 3000, "e^-" * 4000 + "x", "lim_{x->0} " * 1500 + "x",
    "x mod " * 3000 + "x",
]  # fmt: skip
NESTED = [
    opening * count + "x" + closing * count
    for opening, closing in (
        ("(", ")"), ("[", "]"), ("{", "}"), ("|", "|"), ("sin(", ")"), ("\\frac{", "}{2}"),
        ("\\sqrt{", "}"),
        ("x^{", "}"), ("\\left(", "\\right)"), ("f(", ")"), ("2^(", ")"), ("\\{", "\\}"),
        ("-(", ")"),
        ("\\begin{cases}", "\\end{cases}"), ("log_{", "} 2"), ("∫_(", ") x dx"), ("x_{", "}"),
        ("⌊", "⌋"),
        ("\\lim_{x\\to ", "} x"), ("\\text{", "}"), ("1/(1+", ")"), ("\\int_{", "}^1 x dx"),
    )
    for count in (60, 700)
]  # fmt: skip
HOSTILE = [*CODE, *FORMATS, *INVISIBLE, *LOOKALIKES, *NUMBERS, *NESTED]


SEEN: list[str] = []
WATCHING = [False]


def _watch(event: str, args: tuple[object, ...]) -> None:
    if WATCHING[0] and event.startswith(
        ("exec", "compile", "open", "os.", "subprocess.", "socket.", "import")
    ):
        SEEN.append(f"{event} {args}")


sys.addaudithook(_watch)
read_formula("\\frac{1}{2} + 𝒙")  # what the reader imports late is there before the watch begins


@contextmanager
def watched() -> Iterator[None]:
    """Fails if the interpreter compiles, runs, imports or opens anything meanwhile."""
    SEEN.clear()
    WATCHING[0] = True
    try:
        yield
    finally:
        WATCHING[0] = False
    assert SEEN == []


def test_the_watch_sees() -> None:
    with pytest.raises(AssertionError, match="compile"), watched():
        eval("1 + 1")


def _shown(wrong: ReadingError) -> str:
    texts = [wrong.message] + ([wrong.suggestion] if wrong.suggestion else [])
    return "".join(
        template.format(*(str(a) if isinstance(a, str) else plain(a) for a in text.args))
        for text in texts
        for template in (text.en, text.zh)
    )


def _well_said(wrong: ReadingError, text: str) -> None:
    assert 0 <= wrong.at <= len(text)
    assert _shown(wrong).isprintable()
    assert "<class" not in _shown(wrong)


def _harmless(value: Expr) -> None:
    assert plain(value).replace("\n", "").isprintable()
    assert len(list(walk(value))) < 50_000


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 300


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=[f"{n}" for n in range(len(HOSTILE))])
def test_hostile_text_is_refused_or_harmless(text: str) -> None:
    for read in (read_formula, read_prefix, read_statements):
        start = time.process_time()
        try:
            with watched():
                result = read(text)
        except ReadingError as wrong:
            _well_said(wrong, text)
        else:
            for value in result if isinstance(result, tuple) else (result,):
                if not isinstance(value, int):
                    _harmless(value)
        assert time.process_time() - start < 10  # far from it unless something is quadratic


@pytest.mark.parametrize(
    "junk", ["(", ")", "[", "{", "|", "x+(", "\\frac{", "\\", "^", "_{", "\n", "٣"]
)
def test_ten_megabytes_are_refused_at_once(junk: str) -> None:
    text = junk * (10_000_000 // len(junk))
    start = time.process_time()
    for read in (read_formula, read_prefix, read_statements):
        with pytest.raises(ReadingError, match="more than"):
            read(text)
    assert time.process_time() - start < 5  # 10 MB would take minutes to read


@pytest.mark.parametrize(
    "piece", ["x+", "(x)", "sin x ", "x_1*", "|x|", "2^x ", "x=1;", "\\frac12+", "∫x dx+", "lemon "]
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count + "x"
        start = time.process_time()
        with suppress(ReadingError):
            read_statements(text)
        return time.process_time() - start

    def best(count: int) -> float:
        return min(seconds(count) for _ in range(5))

    assert best(800) < 40 * best(100) + 0.1  # linear is 8 times; quadratic would be 64


def test_printable_shows_what_would_hide() -> None:
    assert printable("a\x1b[31mb") == "a⟨U+001B⟩[31mb"
    assert printable("\u202e+1") == "⟨U+202E⟩+1"
    assert printable("x" * 100) == "x" * 79 + "…"
    assert printable("解方程 x²") == "解方程 x²"
    assert printable("a\u3000b\ud800") == "a b⟨U+D800⟩"
