"""Which names a program of JavaScript, C or C++ defines, and which it lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coding import scopes
from assistant.coding.blocks import Block
from assistant.coding.context import with_context
from assistant.coding.sandbox.types import Language

SCRIPT, C, CPP = Language.JAVASCRIPT, Language.C, Language.CPP


@pytest.mark.parametrize(
    ("language", "text", "there", "lacking"),
    [
        (SCRIPT, "function f(a, {b, c: d}, ...r) { let e = a + b + d; return g(e, r) }", "f", "g"),
        (SCRIPT, "class K extends Base {}", "K", "Base"),
        (SCRIPT, "const g = async x => { for (const y of x) y }, h = u => u", "g h", ""),
        (SCRIPT, "export function f() { try { g() } catch (e) { e } }", "f", "g"),
        (SCRIPT, "const { f, g } = require('./own');\nf()", "", "f g"),
        (SCRIPT, "import { f } from './own.js';\nf()", "", "f"),
        (SCRIPT, "import { f } from 'package';\nf()", "", ""),
        (C, "typedef struct N { struct N *next; } N;\nN *head; struct M m;", "N head m", "M"),
        (C, "int f(int a);\nint main(void) { int b = f(1); return b; }", "main", "f"),
        (C, "#define MAX 3\nstatic int *a[MAX], n = 3;", "MAX a n", ""),
        (CPP, "template <class T> T f(const T& a) { return g(a); }", "f", "T g"),
        (CPP, "int main() { for (auto& [k, v] : m) for (const auto& x : v) k += x; }", "main", "m"),
    ],
)
def test_names_that_are_defined_and_names_that_are_lacking(
    language: Language, text: str, there: str, lacking: str
) -> None:
    assert scopes.defined(text, language) == set(there.split())
    assert scopes.missing(text, language) == set(lacking.split())


SNIPPETS = st.lists(
    st.sampled_from(
        ["f(", ")", "{", "}", "int ", "const ", "f", " = ", "g", ";", "\n", "#include \"g.h\"\n",
         "function ", "class ", "=>", "'", "\"", "struct ", "*", "&", ",", "require('./f')"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(SNIPPETS, SNIPPETS, st.sampled_from([SCRIPT, C, CPP, Language.PYTHON]))
def test_any_text_is_joined_line_by_line(first: str, second: str, language: Language) -> None:
    blocks = [Block("", f"{text}\n", 0, 0, at) for at, text in ((1, first), (100, second))]
    text, lines = with_context(blocks[:1], blocks[1], language)
    assert text.count("\n") == len(lines)
    assert lines[-1] == 100 + second.count("\n")
