"""How the chat keeps up with a fast model, and how quickly it opens.

    python tests/bench/chat_speed.py [tokens] [tokens a second] [stops]

A scripted model writes mathematics, lists and code; meanwhile keys are pressed, as one types and
stops to think: 0.05 to 0.6 seconds apart, by chance.  Prints a table:
processor time of the screen's thread for a thousand tokens, its share of one core, the time from a
key to its sign on the screen.  Then as many answers as asked for are stopped while they are
written: the time from Esc to "stopped" on the screen.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from screens import Screens, running

from tui import garbage
from tui.messages import Asked
from tui.turn.said import Said, Spoken

SYLLABLES = "ba be bi co cu da de fi ga ha in ka la mo ni or pa qui ra se ti un ve xo zy".split()


def paragraph(chance: random.Random) -> str:
    """No two are alike: an answer that repeats itself would be taken for one that is stuck."""

    def words(count: int) -> str:
        return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(count))

    a, b = chance.randrange(100, 10_000), chance.randrange(100, 10_000)
    return f"""The function $g(x) = x^2 + {a}x - {b}$ and {words(9)} **{words(2)}** of `{words(1)}`.

$$
\\frac{{x^2 + {a}}}{{x - {b}}} + \\sqrt{{x + {b}}}
$$

- {words(6)}, $y_{{{a}}}$
- {words(5)}

```python
def {words(1)}(x):
    return x**{a} + {b}
```

"""


def written(folder: Path, tokens: int, rate: float) -> str:
    """A script of so many tokens; the name of its model."""
    chance = random.Random(1)
    text = ""
    while len(text) < 4 * tokens:
        text += paragraph(chance)
    pieces = (text[at : at + 4] for at in range(0, 4 * tokens, 4))
    lines = (json.dumps({"text": piece, "after": 1 / rate}) for piece in pieces)
    path = folder / "stream.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return f"scripted:{path}"


async def echo(screens: Screens, sign: str) -> float:
    """Milliseconds from a key to its sign on the screen."""
    begun = time.perf_counter()
    screens.app.simulate_key(sign)
    draft = screens.chat.composer.draft
    while sign not in draft.text:
        await asyncio.sleep(0)
    drawn = asyncio.Event()
    draft.call_after_refresh(drawn.set)
    await drawn.wait()
    passed = 1000 * (time.perf_counter() - begun)
    draft.text = ""
    return passed


def spread(name: str, values: list[float]) -> str:
    """Median, p99 and most of milliseconds."""
    ranked = sorted(values)
    p99 = ranked[min(len(ranked) - 1, int(0.99 * len(ranked)))]
    return (
        f"{name}: median {statistics.median(ranked):.0f} ms, p99 {p99:.0f} ms,"
        f" most {ranked[-1]:.0f} ms, of {len(ranked)}"
    )


async def stream(tokens: int, rate: float) -> None:
    """One long answer."""
    with tempfile.TemporaryDirectory() as folder:
        model = written(Path(folder), tokens + 2000, rate)
        window = 2 * tokens + 8000  # four letters are more than a token, as the script counts
        async with running(model, size=(120, 40), context=window) as screens:
            await screens.ask("tell me something")
            await screens.until(lambda: screens.chat.transcript.last, "the turn")
            exchange = screens.chat.transcript.last
            assert exchange is not None
            echoes: list[float] = []
            chance = random.Random(4)
            cpu, wall, shown = time.thread_time(), time.perf_counter(), 0
            print(f"{'tokens':>8} {'ms a token':>11} {'share of a core':>16} {'widgets':>8}")
            while shown < tokens:
                assert screens.chat.turns.busy, "the answer ended too early"
                await asyncio.sleep(chance.uniform(0.05, 0.6))
                echoes.append(await echo(screens, "q"))
                now = len(exchange.answer) // 4
                if now // 1000 > shown // 1000:
                    used, passed = time.thread_time() - cpu, time.perf_counter() - wall
                    count = len(list(screens.chat.query("*")))
                    each = 1000 * used / (now - shown)
                    print(f"{now:>8} {each:>11.2f} {used / passed:>15.0%} {count:>8}", flush=True)
                    cpu, wall, shown = time.thread_time(), time.perf_counter(), now
            print(spread("key to sign", echoes))


async def stopped(screens: Screens, question: str, after: float) -> float:
    """Milliseconds from Esc to "stopped" on the screen, for an answer that was written for so many
    seconds."""
    await screens.ask(question)
    await screens.until(lambda: screens.chat.transcript.last, "the turn")
    exchange = screens.chat.transcript.last
    assert exchange is not None
    await screens.until(lambda: exchange.answer, "the answer")
    await asyncio.sleep(after)
    begun = time.perf_counter()
    screens.app.simulate_key("escape")
    while screens.chat.turns.busy or "■" not in screens.text:
        assert time.perf_counter() - begun < 10.0, screens.text
        await asyncio.sleep(0.005)
    passed = 1000 * (time.perf_counter() - begun)
    await screens.chat.action_new()
    return passed


async def stops(count: int, rate: float) -> None:
    """Answers that are stopped at some moment of their first seconds."""
    chance = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        model = written(Path(folder), 2000, rate)
        async with running(model, size=(120, 40)) as screens:
            times = [
                await stopped(screens, f"tell me something of {n}", chance.uniform(0.0, 2.0))
                for n in range(count)
            ]
        print(spread("Esc to stopped", times))


async def opening() -> None:
    """A conversation of 500 turns."""
    chance = random.Random(2)
    turns = [Said(Asked(f"question {n}?"), [Spoken(paragraph(chance))]) for n in range(500)]
    async with running(None, size=(120, 40)) as screens:
        await asyncio.sleep(2)  # what a question needs is being loaded
        drawn = asyncio.Event()
        signal = screens.chat.screen_layout_refresh_signal
        begun = time.perf_counter()
        await screens.chat.transcript.show(turns)
        signal.subscribe(screens.chat, lambda _: drawn.set())
        await drawn.wait()
        print(f"500 turns, to the first frame: {1000 * (time.perf_counter() - begun):.0f} ms")


def main() -> None:
    """Run all."""
    tokens = int(sys.argv[1]) if len(sys.argv) > 1 else 32_000
    rate = float(sys.argv[2]) if len(sys.argv) > 2 else 150.0
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    with tempfile.TemporaryDirectory() as home:
        os.environ["ASSISTANT_HOME"] = home
        garbage.starting()  # as the command does
        asyncio.run(opening())
        asyncio.run(stream(tokens, rate))
        asyncio.run(stops(count, rate))
    from turns import SharedPool

    if SharedPool._warm is not None:
        SharedPool._warm.close()


if __name__ == "__main__":
    main()
