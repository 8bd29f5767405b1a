"""What the comments of a program say that it prints: where that is read, and what is none."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coding.claims import Claim, claims_in, marked
from assistant.coding.sandbox.types import Language

PYTHON, SCRIPT, C, CPP = Language.PYTHON, Language.JAVASCRIPT, Language.C, Language.CPP


@pytest.mark.parametrize(
    ("language", "program", "claim"),
    [
        (PYTHON, "print(f(2))  # 4", Claim(1, "f(2)", "4", told=False)),
        (PYTHON, "print(f(2))  # Output: 4", Claim(1, "f(2)", "4", told=True)),
        (PYTHON, "print(f(2))  # 输出：4", Claim(1, "f(2)", "4", told=True)),
        (PYTHON, "print(f(2))  # 4 (two squared)", Claim(1, "f(2)", "4", told=False)),
        (PYTHON, "print(f(2))  # -> (1, 2)", Claim(1, "f(2)", "(1, 2)", told=True)),
        (PYTHON, "x = '你'; print(x, 2)  # 你 2", Claim(1, "print(x, 2)", "你 2", told=False)),
        (PYTHON, "if x:\n    print(\n        f(2)\n    )  # 4", Claim(4, "f(2)", "4", told=False)),
        (PYTHON, "tri(2)\n# Output:\n# *\n# **", Claim(1, "tri(2)", "*\n**", told=True)),
        (SCRIPT, "console.log(f(2)); // => 4", Claim(1, "f(2)", "4", told=True)),
        (SCRIPT, "  console.log(')', 1)\n  // 输出：) 1", Claim(1, "')', 1", ") 1", told=True)),
        (C, '    printf("%d", f(2)); // 4', Claim(1, 'printf("%d", f(2))', "4", told=False)),
        (CPP, 'std::cout << f(2) << ";\\n"; // 4;', Claim(1, "f(2)", "4;", told=False)),
    ],
)
def test_a_comment_says_what_a_statement_prints(
    language: Language, program: str, claim: Claim
) -> None:
    assert claims_in(program, language) == (claim,)


@pytest.mark.parametrize(
    ("language", "program"),
    [
        (PYTHON, "# Output: 4\nprint(f(2))\n# Output: 9\nprint(f(3))"),
        (PYTHON, "print(f(2))\n# now the next"),
        (PYTHON, "print(f(2))  # 1\nprint(f(3))  # 2\nprint(f(4))  # 3"),
        (PYTHON, "print(f(2))  # 5 is wrong"),
        (PYTHON, "print(f(2))  # Output: 5 (wrong)"),
        (PYTHON, "print(f(2))  # 输出：5（错误）"),
        (PYTHON, "print(3); print(4)  # 3"),
        (PYTHON, "if x: print(1); print(2)  # 2"),
        (PYTHON, "f(2)  # returns 5"),
        (PYTHON, "f(2)  # -> 5"),
        (PYTHON, "print(a is b)  # True (may vary)"),
        (PYTHON, "print(id(a))  # 140000"),
        (PYTHON, "print(x)  # ~3.14"),
        (PYTHON, "x = f(2)  # 4"),
        (PYTHON, "async def g():\n    print(await f(2))  # 4"),
        (PYTHON, "print(f(2)  # 4"),
        (SCRIPT, "const x = f(2); // 4"),
        (SCRIPT, "console.log(await f(2)); // 4"),
        (SCRIPT, "console.log(f(2)) + 1; // 4"),
        (SCRIPT, "console.log(f(2), // 4\n  3);"),
        (C, '    printf("%d", sizeof(long)); // 8'),
        (Language.SQL, "SELECT 1; -- 1"),
    ],
)
def test_other_comments_claim_nothing(language: Language, program: str) -> None:
    assert claims_in(program, language) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "print('é', 1)  # é 1",
                "if True: x = 2; print(x)  # 2",
                "x = 1",
                "for i in range(2):\n    print(\n        i)  # 0",
                "def f():\n    print('a')  # a",
                "print('#')\n# Output:\n# a",
                "",
                "'''\nprint(1)  # 1\n'''",
            ]
        )
    )
)
def test_marks_change_no_line_and_no_program(parts: list[str]) -> None:
    program = "\n".join(parts)
    text = marked(program, PYTHON, "<m ")
    assert text.count("\n") == program.count("\n")

    class Unmarked(ast.NodeTransformer):
        def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
            return None if "__import__" in ast.unparse(node) else node

    assert ast.unparse(Unmarked().visit(ast.parse(text))) == ast.unparse(ast.parse(program))
    assert text.count("<m ") == 2 * len(claims_in(program, PYTHON))


def test_statements_of_other_languages_become_blocks() -> None:
    assert marked("if (x)\n  console.log(1); // 1\nelse y();", SCRIPT, "m") == (
        'if (x)\n  {process.stdout.write("m0<"); console.log(1); process.stdout.write("m0>");} // 1'
        "\nelse y();"
    )


@given(st.text(st.sampled_from("cout<<\"';\\/ #printf()\n1"), max_size=200))
def test_nothing_that_is_written_is_too_much(text: str) -> None:
    for language in (PYTHON, SCRIPT, C, CPP):
        claims_in(text, language)
        marked(text, language, "m")


def test_long_lines_are_read_in_one_go() -> None:
    for part in ('cout << "', "console.log(", "printf('", "print(1)  # Output: "):
        for language in (PYTHON, SCRIPT, CPP):
            claims_in(part * 3000, language)
