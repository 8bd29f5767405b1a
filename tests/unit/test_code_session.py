"""Code blocks in a conversation are run where they end."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import confined
import pytest
from command import assistant
from hypothesis import given
from hypothesis import strategies as st
from turns import USUAL, end, of, script, turn

from assistant.cli.diagnostics import Exit
from assistant.coding.blocks import Block, blocks_of
from assistant.coding.types import Failed, Origin, Passed, Undecided
from assistant.events import CodeChecked, Routed, TurnEvent, VoteCounted
from assistant.records import event_record
from assistant.session.code_checks import CodeChecks, fails_the_question, passes
from runtimes.base import Cancel
from runtimes.texts import Lang
from runtimes.types import TextDelta

WRONG = "Here:\n\n```python\ndef f(x):\n    return x + 1\n```\n"
BETTER = "\nNo:\n```py\ndef f(x):\n    return x * 2\n\nassert f(3) == 6\n```\nDone."
ASKED = "Write a Python function f with f(1) == 2 and f(2) == 4."


RIGHT = "Here:\n\n```python\ndef f(x):\n    return x * 2\n```\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    confined.policy()
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    return tmp_path


def model(folder: Path, text: str, size: int) -> str:
    """A model that writes this text in pieces of a size."""
    return script(folder, [{"text": text[at : at + size]} for at in range(0, len(text), size)])


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_each_block_is_run_at_its_end(tmp_path: Path, size: int) -> None:
    answer = WRONG + BETTER
    events = turn(model(tmp_path, answer, size), ASKED)
    first, second = of(CodeChecked, events)
    assert isinstance(first.report.verdict, Failed)
    assert first.report.verdict.failure.call == "f(2)"
    assert second.report.verdict == Passed(2, Origin.QUESTION)
    assert [answer[e.start : e.end].strip()[:5] for e in (first, second)] == ["```py", "```py"]
    before = "".join(e.text for e in of(TextDelta, events[: events.index(first)]))
    assert before == WRONG
    assert end(events).answer == answer
    code = end(events).account.code
    assert (code.passed, code.failed, code.undecided) == (1, 1, 0)


def test_a_block_without_any_test_is_left_alone(tmp_path: Path) -> None:
    answer = (
        "```python\nprint('hello')\n```\n```python\ndef g(x):\n    return 1\n```\n```sh\nls\n```"
    )
    assert not of(CodeChecked, turn(model(tmp_path, answer, 50), ASKED))


LOOP = "```python\nfor i in range(3):\n    print(i)\n```\n"


@pytest.mark.parametrize(
    ("lead", "shown", "kind"),
    [
        ("Output:", "0\n1\n2", Passed),
        ("**Output:**", "1\n2\n3", Failed),
        ("运行结果：", "1\n2\n3", Failed),
        ("When you run this, it prints:", "1\n2\n3", Failed),
        ("Put this into a file:", "1\n2\n3", None),
        ("It might print:", "1\n2\n3", None),
        ("", "1\n2\n3", None),
    ],
)
def test_what_an_answer_says_that_its_code_prints_is_checked(
    lead: str, shown: str, kind: type | None
) -> None:
    text = f"So:\n\n{LOOP}\n{lead}\n\n```\n{shown}\n```\nDone."
    checks = CodeChecks("How do I count?", Cancel())
    found = [checked for _, checked in checks.whole(text) if checked is not None]
    assert [type(checked.report.verdict) for checked in found] == ([kind] if kind else [])
    assert all(text[c.start : c.end].strip() == f"```\n{shown}\n```" for c in found)
    assert not any(passes(c.report) or fails_the_question(c.report) for c in found)


SUM = "Read two numbers and print their sum.\n\nInput:\n```\n3 4\n```\nOutput:\n```\n7\n```\n"
TABLE = (
    "Who manages nobody?\n\nCREATE TABLE e(name TEXT, boss TEXT);\n"
    "INSERT INTO e VALUES ('Ann', NULL), ('Bob', 'Ann');\n\nExpected:\n\n| name |\n|---|\n| Bob |\n"
)


@pytest.mark.parametrize(
    ("question", "info", "program", "kind"),
    [
        (SUM, "python", "a, b = map(int, input().split())\nprint(a + b)", Passed),
        (SUM, "python", "a, b = input().split()\nprint(a + b)", Failed),
        (SUM, "python", "n = int(input())\nprint(other(n))", Failed),
        (SUM, "python", "print(other(input()))", None),
        (SUM, "python", "a, b = map(int, input().split())", None),
        pytest.param(SUM, "python", "input()\nwhile True: pass", None, marks=pytest.mark.slow),
        (SUM, "bash", "read -r a b\necho $((a + b))", Passed),
        (SUM, "bash", "read -r a b\necho $a$b", Failed),
        (SUM, "bash", "read -r a b\nadd_up $a $b", None),
        (SUM, "c", 'int n;\nscanf("%d", &n);', None),
        (SUM, "python", "def add(a, b):\n    return a + b", None),
        (TABLE, "sql", "SELECT name FROM e WHERE name NOT IN (SELECT boss FROM e);", Failed),
        (TABLE, "sql", "SELECT name FROM e WHERE name <> 'Ann';", Passed),
        (TABLE, "sql", "CREATE INDEX i ON e(boss);", None),
    ],
)
def test_whole_programs_and_queries_are_run_by_what_the_question_shows(
    question: str, info: str, program: str, kind: type | None
) -> None:
    checks = CodeChecks(question, Cancel())
    found = [c for _, c in checks.whole(f"```{info}\n{program}\n```\n") if c is not None]
    assert [type(checked.report.verdict) for checked in found] == ([kind] if kind else [])
    assert all(passes(c.report) is (kind is Passed) for c in found)


BOSSES = "SELECT name FROM e WHERE name IN (SELECT boss FROM e);"
NOT_BOSSES = "SELECT name FROM e WHERE name <> 'Ann';"
QUERIES = [
    (("SELECT * FROM e;", NOT_BOSSES), [Passed]),
    (("SELECT COUNT(*) FROM e", BOSSES), [Failed]),
    ((BOSSES, NOT_BOSSES), [Passed]),
    ((NOT_BOSSES, "SELECT name, boss FROM e;", BOSSES), [Passed]),
    ((BOSSES, "SELECT * FROM e ORDER BY name LIMIT 5;"), [Failed]),
    (("SELECT boss FROM e;",), [Failed]),
    (("SELECT boss FROM e;", "CREATE INDEX i ON e(name);"), []),
]


@pytest.mark.parametrize("end", ["\n", ""])
def test_queries_on_the_way_to_another_fail_nothing(end: str) -> None:
    for queries, kinds in QUERIES:
        text = "\n".join(f"Then:\n```sql\n{query}\n```" for query in queries) + end
        found = [c for _, c in CodeChecks(TABLE, Cancel()).whole(text) if c is not None]
        assert [type(c.report.verdict) for c in found] == kinds, queries
        assert all(text[c.start : c.end].startswith("```sql") for c in found)


LESS = "```python\ndef add(a, b):\n    return a - b\n\n%s```\n"
TOLD = '```python\ndef add(a, b):\n    """Add, e.g. add(2, 2) == 4."""\n    return a %s b\n```\n'


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (LESS % "" + "\n```pycon\n>>> add(2, 2)\n4\n```\n", Failed),
        (LESS % "" + "\n```\n>>> add(2, 2)\n0\n>>> add(3, 2)\n1\n```\n", Passed),
        (LESS % "" + "\n```python\n>>> other(2, 2)\n4\n```\n", None),
        ("```pycon\n>>> add(2, 2)\n4\n```\n", None),
        (LESS % "import random" + "\n```\n>>> add(2, 2)\n4\n```\n", None),
        (LESS % "def main():\n    assert add(2, 2) == 4\n\nmain()\n", Failed),
        (LESS % "if __name__ == '__main__':\n    assert add(2, 2) == 0\n", Passed),
        (TOLD % "-", Failed),
        (TOLD % "+", Passed),
    ],
)
def test_the_use_that_an_answer_shows_is_tried(answer: str, kind: type | None) -> None:
    found = [c for _, c in CodeChecks("Add.", Cancel()).whole(answer) if c is not None]
    assert [type(c.report.verdict) for c in found] == ([kind] if kind else [])
    assert not any(fails_the_question(checked.report) for checked in found)


def test_an_output_of_code_that_is_shown_as_wrong_is_left_alone() -> None:
    text = f"The wrong way:\n{LOOP}\nOutput:\n```\n1\n2\n3\n```\n"
    assert [c for _, c in CodeChecks("Why?", Cancel()).whole(text) if c is not None] == []


def test_a_comment_that_is_false_is_told_where_the_block_ends() -> None:
    text = "```python\nprint(len('你好'))  # 6\n```\n"
    ((_, checked),) = [one for one in CodeChecks("?", Cancel()).whole(text) if one[1] is not None]
    assert checked is not None
    verdict = checked.report.verdict
    assert isinstance(verdict, Failed)
    assert (verdict.by, verdict.failure.gave) == (Origin.CLAIMED, "2")
    assert verdict.failure.frames[0].answer_line == 2


def test_a_block_that_is_shown_as_wrong_is_not_held_against_the_answer(tmp_path: Path) -> None:
    answer = WRONG.replace("Here:", "A common mistake is this wrong one:") + BETTER
    (found,) = of(CodeChecked, turn(model(tmp_path, answer, 50), ASKED))
    assert (found.index, type(found.report.verdict)) == (1, Passed)


def test_assertions_in_a_later_block_test_what_stands_before(tmp_path: Path) -> None:
    answer = "```python\ndef g(x):\n    return 1\n```\nTry:\n```python\nassert g(2) == 2\n```"
    (found,) = of(CodeChecked, turn(model(tmp_path, answer, 50), "some python code please"))
    verdict = found.report.verdict
    assert isinstance(verdict, Failed)
    assert (found.index, verdict.by, verdict.failure.call) == (1, Origin.MODEL, "g(2)")


def test_code_in_an_answer_of_another_kind_is_run_too(tmp_path: Path) -> None:
    answer = "2 + 2 = 4\n```python\ndef add(a, b):\n    return a + b\nassert add(2, 2) == 4\n```\n"
    events = turn(model(tmp_path, answer, 5), "What is 2 + 2?")
    assert of(Routed, events)[0].route.value != "code"
    (found,) = of(CodeChecked, events)
    assert found.report.verdict == Passed(1, Origin.MODEL)


def test_a_function_in_another_language_is_called_by_the_examples(tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not installed here")
    answer = (
        "```js\nfunction f(x) { return 2 * x }\n```\nor\n```js\nconst f = x => x + 1\n```\nor\n"
        "```js\nconst f = x => twice(x)\n```\nrun it by\n```js\nconsole.log(f(3))\n```\n"
    )
    events = turn(model(tmp_path, answer, 50), "Write a JavaScript function f. f(2) === 4.")
    right, wrong, part, *_ = (event.report.verdict for event in of(CodeChecked, events))
    assert right == Passed(1, Origin.QUESTION)
    assert isinstance(wrong, Failed)
    assert isinstance(part, Undecided)


@pytest.mark.slow
def test_a_part_of_a_program_in_c_is_called_where_it_compiles(tmp_path: Path) -> None:
    if shutil.which("gcc") is None:
        pytest.skip("gcc is not installed here")
    answer = (
        "```c\nint f(int x) { return 2 * x; }\n```\nor\n```c\nint f(int x) { return SIZE * x; }\n"
        "```\n"
    )
    events = turn(model(tmp_path, answer, 50), "Write a C function int f(int x). f(2) == 4.")
    right, part = (event.report.verdict for event in of(CodeChecked, events))
    assert right == Passed(1, Origin.QUESTION)
    assert isinstance(part, Undecided)


def test_nothing_is_run_without_checks(tmp_path: Path) -> None:
    options = dataclasses.replace(USUAL, check=False)
    assert not of(CodeChecked, turn(model(tmp_path, WRONG, 50), ASKED, options))


def test_an_event_is_a_record_of_plain_values(tmp_path: Path) -> None:
    (event,) = of(CodeChecked, turn(model(tmp_path, WRONG, 50), ASKED))
    for lang in Lang:
        record = json.loads(json.dumps(event_record(event, lang)))
        assert (record["event"], record["verdict"], record["index"]) == ("code", "failed", 0)
        assert (record["failure"]["gave"], record["failure"]["expected"]) == ("3", "4")


def test_a_cut_takes_blocks_back(tmp_path: Path) -> None:
    checks = CodeChecks(ASKED, Cancel())
    pieces = [piece for part in (WRONG, BETTER) for piece, _ in checks.feed(part)]
    assert "".join(pieces) == WRONG + BETTER
    checks.restart(WRONG[:20])
    found = [block for _, block in checks.feed(WRONG[20:]) if block is not None]
    assert [(b.start, b.end) for b in found] == [(7, len(WRONG) - 1)]
    event = checks.check(found[0])
    assert event is not None
    assert event.index == 0


@given(
    st.lists(st.sampled_from(["```", "py", "\n", "x", "~~~", "`", "\r\n", " "]), max_size=25),
    st.lists(st.integers(0, 60), max_size=5),
)
def test_the_pieces_are_the_answer_and_their_blocks_those_of_the_whole(
    parts: list[str], cuts: list[int]
) -> None:
    text = "".join(parts)
    checks = CodeChecks("", Cancel())
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for cut in sorted({min(cut, len(text)) for cut in cuts} | {len(text)}):
        for piece, block in checks.feed(text[at:cut]):
            pieces.append(piece)
            if block is not None:
                assert text[: block.end].rstrip("\r") in "".join(pieces)
                blocks.append(block)
        at = cut
    assert "".join(pieces) == text
    assert [*blocks, *checks.flush()] == [b for b in blocks_of(text) if b.closed]


def test_the_verdict_stands_under_the_block_and_is_kept(tmp_path: Path) -> None:
    named = model(tmp_path, WRONG + BETTER, 9)
    done = assistant("ask", "-m", named, ASKED)
    assert done.stdout == WRONG + BETTER + "\n"
    assert done.returncode == Exit.REFUTED
    assert "f(2) gave 3, and 4 was expected" in done.stderr
    assert "passed 2 of 2" in done.stderr


def voted(folder: Path, *answers: str, question: str = ASKED) -> list[TurnEvent]:
    """The events of a vote among these answers."""
    options = dataclasses.replace(USUAL, samples=len(answers))
    return turn(script(folder, *[[{"text": text}] for text in answers]), question, options)


def test_the_code_of_an_answer_that_was_voted_for_is_run_as_any_other(tmp_path: Path) -> None:
    events = voted(tmp_path, WRONG, RIGHT, WRONG)
    (checked,) = of(CodeChecked, events)
    assert isinstance(checked.report.verdict, Passed)
    assert checked.report.verdict.by is Origin.QUESTION
    assert end(events).answer == RIGHT
    assert "".join(event.text for event in of(TextDelta, events)) == RIGHT
    assert end(events).account.code.passed == 1
    at = events.index(checked)
    assert (
        "".join(e.text for e in events[:at] if isinstance(e, TextDelta)).rstrip() == RIGHT.rstrip()
    )


def test_code_that_fails_an_example_has_no_vote(tmp_path: Path) -> None:
    sure = "\nSo the answer is \\boxed{7}.\n"
    events = voted(tmp_path, WRONG + sure, WRONG + sure, RIGHT + "\nThe answer is \\boxed{8}.\n")
    ballots = of(VoteCounted, events)[-1].ballots
    assert [(b.answer, b.votes, b.refuted) for b in ballots] == [("8", 1, 0), ("7", 0, 2)]
    assert "boxed{8}" in end(events).answer


def test_what_an_answer_itself_has_mended_costs_it_no_vote(tmp_path: Path) -> None:
    mended = WRONG + "\nThat fails. Better:\n" + RIGHT + "\n\\boxed{8}.\n"
    undone = RIGHT + "\nOr shorter:\n" + WRONG + "\n\\boxed{8}.\n"
    for answer, refuted in ((mended, 0), (undone, 2)):
        (ballot,) = of(VoteCounted, voted(tmp_path, answer, answer))[-1].ballots
        assert ballot.refuted == refuted


def test_a_test_of_its_own_that_fails_costs_an_answer_no_vote(tmp_path: Path) -> None:
    own = "```python\ndef g(x):\n    return x\n\nassert g(1) == 2\n```\n\\boxed{7}\n"
    events = voted(tmp_path, own, own, question="What is 3 + 4? Show some code.")
    (ballot,) = of(VoteCounted, events)[-1].ballots
    assert ballot.refuted == 0
    (checked,) = of(CodeChecked, events)
    assert isinstance(checked.report.verdict, Failed)
    assert checked.report.verdict.by is Origin.MODEL
