"""Whole turns over hostile answers: what is wrong is written again, and nothing breaks."""

from __future__ import annotations

import json
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from talkers import (
    EQUATION,
    EVIL,
    LOVE,
    PLAIN,
    RIGHT,
    WRONG,
    Item,
    Talker,
    asked,
    say,
    sound,
    talking,
    think,
)
from turns import USUAL, end, of

from assistant.events import (
    Rewound,
    StepChecked,
    StepProposed,
    TurnEnd,
)
from assistant.history import State, open_history
from assistant.maths.types import Refuted
from assistant.session.options import Sampling
from runtimes.base import Cancel

# repairs


REPAIRED = replace(USUAL, repairs=2)


@pytest.mark.parametrize(
    "wrong",
    [
        "We solve it.\n\n| step | result |\n|---|---|\n| a | 2 + 3 = 5 |\n| b | 3 * 3 = 8 |\n| c |",
        "$$\\begin{aligned}\n2x + 3 &= 11 \\\\\n2x &= 9 \\\\\nx &= 4.5\n\\end{aligned}$$\n\nSo",
        "2x + 3 = 11\n\n2x = 9\n\n3 * 3 = 8\n\nSo",
        "- First $2 + 3 = 5$.\n- Then $3 * 3 = 8$.\n- Then x",
        "2x + 3 = 11, therefore 2x = 9.\n\nSo",
    ],
)
@pytest.mark.parametrize("capabilities", [None, PLAIN])
def test_a_wrong_step_anywhere_is_written_again(
    wrong: str, capabilities: frozenset[str] | None
) -> None:
    right = "2x = 4 + 4, so x = 4.\n\nThe answer is \\boxed{x = 4}.\n"
    given = {} if capabilities is None else {"capabilities": capabilities}
    model = Talker([say(wrong), 2.0, say(" on.\n")], [say(right)], **given)  # type: ignore[arg-type]
    events = asked(model, EQUATION, REPAIRED)
    sound(events)
    assert of(Rewound, events)
    last = end(events)
    assert last.account.repairs == 1
    assert last.answer.endswith(right)
    assert "8" not in last.answer
    assert "9" not in last.answer
    if capabilities == PLAIN:
        kept = last.answer.removesuffix(right)
        assert kept == "" or kept.endswith("\n")
        assert "aligned" not in kept
        assert last.account.steps.proved + last.account.steps.supported >= 1


def test_a_wrong_last_line_without_its_end_is_written_again() -> None:
    model = Talker([say("2x + 3 = 11\n\n2x = 9")], RIGHT)
    events = asked(model, EQUATION)
    sound(events)
    assert end(events).account.repairs == 1
    assert end(events).answer == "2x + 3 = 11\n\n" + str(RIGHT[0].text)  # type: ignore[union-attr]


def test_a_repair_that_makes_it_worse_ends() -> None:
    worse: list[Item] = [say("2x = 9\n\n3 + 3 = 7\n\n5 = 6\n\n"), 1.0, say("1 = 2\n")]
    model = Talker(WRONG, worse)
    events = asked(model, EQUATION, REPAIRED)
    sound(events)
    assert [e.attempt for e in of(Rewound, events)] == [1, 2]
    assert end(events).account.steps.refuted >= 1


def test_a_wrong_step_is_repaired_though_the_thinking_was_to_cool_down() -> None:
    options = replace(USUAL, sampling=Sampling(temperature=0.9, cool_down=0.1))
    model = Talker([think("Hm."), say("hot")], WRONG[1:], RIGHT)
    events = asked(model, EQUATION, options)
    sound(events)
    assert end(events).account.repairs == 1
    assert "9" not in end(events).answer


def test_a_mark_that_comes_after_a_loop_was_cut_still_takes_its_step_back() -> None:
    circle = "And so we see that it is true, and so on.\n"
    model = Talker(
        [say("2x + 3 = 11\n\n2x = 9\n"), say(circle * 40)],
        [say("Well, "), 1.0, say("so.\n")],
        RIGHT,
    )
    events = asked(model, EQUATION)
    sound(events)
    assert "9" not in end(events).answer


# what models write


HOSTILE: list[list[Item]] = [
    [think(EVIL), say(EVIL)],
    [say("\\frac{{{{" * 200 + "$$$\\begin{aligned} & & & \\\\ \\end{nothing}$ \\[ \\( x = ")],
    [say("x = " + "(" * 3000 + "1" + ")" * 3000 + "\n"), say("\ud800\udfff = \ud83d")],
    [say("```\n2x = 9\n"), say("~~~\n<tool_call>\n"), think("late"), say("</think>")],
    [say("|" * 2000 + "\n" + "|-" * 2000 + "|\n| 1 = 2 |\n"), say("$" * 999)],
    [say("2" * 10_000 + " = " + "3" * 10_000 + "\n")],
    [say("1/0 = 1/0\n\n(-8)^(1/3) = -2\n\n0^0 = 0/0\n")],
]


@pytest.mark.parametrize("answer", HOSTILE)
def test_nothing_that_a_model_writes_breaks_a_turn(answer: list[Item], tmp_path: Path) -> None:
    model = Talker(answer, [say("fine")])
    with open_history(tmp_path / "history.db") as history, talking(model, USUAL, history) as talk:
        events = list(talk.ask(EQUATION, Cancel()))
        assert end(list(talk.ask("And now?", Cancel()))).answer == "fine"
        assert talk.conversation is not None
        first = history.turns(talk.conversation)[0].answer
    sound(events)
    assert first is not None
    assert first.state is State.CLOSED
    json.loads(first.record)


def test_a_question_of_a_megabyte_or_of_signs_is_answered() -> None:
    for question in ("(" * 1_000_000, EVIL, "x=" * 100_000, "\n" * 100_000 + "1", "解" * 200_000):
        began = time.monotonic()
        last = end(asked(Talker([say("no")], counts=False), question))
        assert last.end in (TurnEnd.ANSWERED, TurnEnd.FAILED, TurnEnd.UNSOLVED)
        assert time.monotonic() - began < 5


@pytest.mark.slow
@pytest.mark.parametrize("thought", [True, False])
def test_a_megabyte_without_a_newline_costs_the_same_at_its_end(*, thought: bool) -> None:
    draw = random.Random(1)
    kind = think if thought else say
    words = ("".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=19)) for _ in range(50_000))
    pieces: list[Item] = [kind(f"{word} ") for word in words]
    model = Talker([*pieces, say(" end")], [say("the end")], counts=False)
    began = time.monotonic()
    events = asked(model, LOVE, replace(USUAL, check=True))
    assert time.monotonic() - began < 20
    sound(events)
    assert end(events).answer.endswith(" end")


@pytest.mark.slow
def test_ten_thousand_steps_are_held_to_their_time() -> None:
    lines: list[Item] = [say(f"{n} + {n} = {2 * n + (n == 9_000)}\n\n") for n in range(10_000)]
    model = Talker(lines, counts=False)
    began = time.monotonic()
    events = asked(model, LOVE, replace(USUAL, repairs=0))
    assert time.monotonic() - began < 90
    sound(events)
    assert len(of(StepProposed, events)) == 10_000
    counts = end(events).account.steps
    assert sum((counts.proved, counts.supported, counts.undecided, counts.refuted)) == 10_000


def test_ten_thousand_wrong_steps_are_counted_in_linear_time() -> None:
    from assistant.events import SpokenStep
    from assistant.maths.types import Mark, Text
    from assistant.session.draft import Draft

    draft, mark = Draft(), Mark(Refuted("1", "1", "2"), 1, Text("no", "不"))
    began = time.monotonic()
    for n in range(20_000):
        draft.steps.append(SpokenStep(n, "1 = 2", n, n + 1))
        list(draft.note(StepChecked(n, mark)))
    assert time.monotonic() - began < 2
    assert draft.counts().refuted == 20_000
