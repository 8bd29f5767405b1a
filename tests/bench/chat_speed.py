"""How the chat keeps up with a fast model, and how quickly it opens.

    python tests/bench/chat_speed.py [tokens] [tokens a second]

A scripted model writes mathematics, lists and code; meanwhile keys are pressed, and the answer is
stopped at the end.  Prints a table: processor time of the screen's thread for a thousand tokens,
its share of one core, the time from a key to its sign on the screen, from Esc to "stopped".
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

from tui.messages import Asked
from tui.said import Said, Spoken

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


async def stream(tokens: int, rate: float) -> None:
    """The whole run."""
    with tempfile.TemporaryDirectory() as folder:
        model = written(Path(folder), tokens + 2000, rate)
        async with running(model, size=(120, 40)) as screens:
            await screens.ask("tell me something")
            await screens.until(lambda: screens.chat.transcript.last, "the turn")
            exchange = screens.chat.transcript.last
            assert exchange is not None
            echoes: list[float] = []
            cpu, wall, shown = time.thread_time(), time.perf_counter(), 0
            print(f"{'tokens':>8} {'ms a token':>11} {'share of a core':>16} {'widgets':>8}")
            while shown < tokens and screens.chat.turns.busy:  # a full window ends it before
                await asyncio.sleep(0.2)
                echoes.append(await echo(screens, "q"))
                now = len(exchange.answer) // 4
                if now // 1000 > shown // 1000:
                    used, passed = time.thread_time() - cpu, time.perf_counter() - wall
                    count = len(list(screens.chat.query("*")))
                    each = 1000 * used / (now - shown)
                    print(f"{now:>8} {each:>11.2f} {used / passed:>15.0%} {count:>8}", flush=True)
                    cpu, wall, shown = time.thread_time(), time.perf_counter(), now
            ranked = sorted(echoes)
            print(
                f"key to sign: median {statistics.median(ranked):.0f} ms,"
                f" p99 {ranked[int(0.99 * len(ranked))]:.0f} ms, of {len(ranked)}"
            )
            if not screens.chat.turns.busy:
                print("the window was full before; Esc was not measured")
                return
            begun = time.perf_counter()
            screens.app.simulate_key("escape")
            await screens.until(lambda: not screens.chat.turns.busy, "stopped")
            drawn = asyncio.Event()
            screens.chat.call_after_refresh(drawn.set)
            await drawn.wait()
            assert "■" in screens.text
            print(f"Esc to stopped: {1000 * (time.perf_counter() - begun):.0f} ms")


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
    """Run both."""
    tokens = int(sys.argv[1]) if len(sys.argv) > 1 else 32_000
    rate = float(sys.argv[2]) if len(sys.argv) > 2 else 150.0
    with tempfile.TemporaryDirectory() as home:
        os.environ["ASSISTANT_HOME"] = home
        asyncio.run(opening())
        asyncio.run(stream(tokens, rate))
    from turns import SharedPool

    if SharedPool._warm is not None:
        SharedPool._warm.close()


if __name__ == "__main__":
    main()
