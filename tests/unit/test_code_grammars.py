"""What grammars say of code in languages other than Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coding.grammars import GRAMMARS, syntax
from assistant.coding.sandbox.types import Language, SourceFile
from runtimes.texts import Lang

RIGHT = {
    Language.JAVASCRIPT: "const f = async (x) => x ?? 1;\nclass A { get p() { return 1 } }\n",
    Language.C: '#include <stdio.h>\nint main(void) { for (int i = 0; i < 3; i++) puts("a"); }\n',
    Language.CPP: "#include <vector>\nint main() { std::vector<int> v; for (auto x : v) {} }\n",
    Language.SHELL: 'set -eu\nfor f in *.txt; do if [ -f "$f" ]; then echo "$f"; fi; done\n',
}
WRONG = {
    Language.JAVASCRIPT: ("let a = 1;\nfunction f( { return 1 }\n", 2),
    Language.C: ("int a;\nint main( { return 0; }\n", 2),
    Language.CPP: ("int a;\n\nint main() { int x = ; }\n", 3),
    Language.SHELL: ("echo a\nif true; then echo 1\n", 2),
}


@pytest.mark.parametrize("language", GRAMMARS)
def test_right_code_has_no_findings(language: Language) -> None:
    assert syntax(SourceFile("a", RIGHT[language]), language) == ()


@pytest.mark.parametrize("language", GRAMMARS)
def test_wrong_code_is_told_with_its_line_and_is_not_fatal(language: Language) -> None:
    text, line = WRONG[language]
    found = syntax(SourceFile("a", text), language)
    assert found
    assert found[0].line >= line
    assert not any(finding.fatal for finding in found)
    assert all(finding.text.template(Lang.ZH) for finding in found)


def test_columns_count_characters() -> None:
    found = syntax(SourceFile("a.js", 'let s = "中文字"; let = = 1;\n'), Language.JAVASCRIPT)
    assert found
    assert 13 <= found[0].column <= 23


def test_other_languages_have_none() -> None:
    assert syntax(SourceFile("a.sql", "selec 1"), Language.SQL) == ()


@given(st.text(max_size=200), st.sampled_from(list(GRAMMARS)))
def test_any_text_is_read(text: str, language: Language) -> None:
    lines = text.count("\n") + 1
    assert all(1 <= f.line <= lines for f in syntax(SourceFile("a", text), language))


@pytest.mark.parametrize("language", GRAMMARS)
def test_deep_and_large_texts_are_read(language: Language) -> None:
    syntax(SourceFile("a", "(" * 20_000), language)
    syntax(SourceFile("a", "{[(" * 5_000 + "a" * 10_000), language)
