"""``assistant tutor`` as a user runs it: piped, and on a terminal."""

from __future__ import annotations

from command import assistant, on_terminal


def test_a_lesson_through_a_pipe() -> None:
    done = assistant("tutor", "2x + 3 = 11", stdin="2x = 14\nwhy\n2x = 8\nx = 4\n")
    assert done.returncode == 0
    assert "[refuted] 2x = 14" in done.stdout
    assert "when 3 goes to the other side without changing its sign" in " ".join(
        done.stdout.split()
    )
    assert "counterexample: x = 7 fulfils your line" in done.stdout
    assert "[proved] 2x = 8" in done.stdout
    assert "Solved: your answer is the exact one; that is proved." in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_help_comes_a_level_at_a_time_and_never_unasked() -> None:
    done = assistant("tutor", "2x + 3 = 11", stdin="2x = 14\nhint\n?\nhint\nhint\n")
    silent, *levels = done.stdout.split("Help, level ")
    assert [level[0] for level in levels] == ["1", "2", "3", "4"]
    assert "Look at 3" not in silent
    assert ["2x = □" in level for level in levels] == [False, False, True, False]
    assert ["2x = 8" in level for level in levels] == [False, False, False, True]


def test_chinese_throughout() -> None:
    lines = "2x-3=x/2+1\n反例\n提示\n提示\n撤回\n退出\n"
    done = assistant("tutor", stdin=f"解方程 2(x-3)=x/2+1\n{lines}")
    assert done.returncode == 0
    for words in (
        "[已否定]",
        "由题目推不出这一行。",
        "去括号 2(x - 3) 时只乘了第一项",
        "反例：x = 8/3 满足你写的这一行",
        "提示，第 1 级（共 4 级）：看哪里",
        "规则：去括号",
        "已撤回：2x-3=x/2+1",
    ):
        assert words in done.stdout, words


def test_undo_and_show() -> None:
    done = assistant("tutor", "x^2 = 9", stdin="undo\nx = 3\nundo\nx = -3\nshow\nx = 3\n")
    assert done.returncode == 0
    assert "There is no line to take back." in done.stdout
    assert "1 of 2 solutions found" in done.stdout
    assert done.stdout.count("[undecided] x = -3") == 2


def test_left_with_a_wrong_line() -> None:
    assert assistant("tutor", "2x + 3 = 11", stdin="x = 5\nquit\n").returncode == 1
    assert assistant("tutor", "2x + 3 = 11", stdin="2x = 8\nquit\nx = 5\n").returncode == 0


def test_what_cannot_be_read_is_a_message() -> None:
    done = assistant("tutor", "hello world what")
    assert done.returncode == 2
    assert "this word is not understood here" in done.stderr
    assert done.stdout == ""
    none = assistant("tutor")
    assert none.returncode == 2
    assert 'assistant tutor "2x + 3 = 11"' in none.stderr


def test_hostile_lines_are_drawn_harmless() -> None:
    lines = b"\x1b[2J\x1b]0;x\x07\n\xff\xfe\n" + b"x" * 100_000 + b"\n\nx = 4\n"
    done = assistant("tutor", "2x + 3 = 11", stdin=lines)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_on_a_terminal_it_asks_and_colours() -> None:
    code, text = on_terminal(("tutor", "2x + 3 = 11"), typed=[("> ", b"x = 4\n")])
    assert code == 0
    assert "\x1b[32m✓" in text
    assert "Solved" in text
