"""A history whose conversations are always the same, times and marks included."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from assistant.history import Attachment, ConversationId, History, open_history

STARTED = 1_790_000_000.0
STEPS = [
    {"index": 0, "text": "3x - 5 = 10", "verdict": "undecided", "doubt": "not a claim", "why": ""},
    {"index": 1, "text": "3x = 15", "verdict": "proved", "method": "equivalence", "why": ""},
    {"index": 2, "text": "x = 6", "verdict": "refuted", "witness": "x = 5", "why": "3·6 ≠ 15"},
]
CODE = {
    "event": "code", "index": 0, "start": 60, "end": 127, "verdict": "failed",
    "said": "failed: passed 0 of 1 (the examples in the question)",
    "failure": {"call": "double(2)", "gave": "6", "expected": "4"}, "measured": [],
}  # fmt: skip
ANSWER = """We take 5 to the other side:

$$
3x = 15, \\quad x = \\frac{15}{3}
$$

```python
def double(n):
    return 3 * n
```

So **x** is what stands there.
"""
FINISHED = {
    "steps": {"proved": 1, "supported": 0, "undecided": 0, "refuted": 1},
    "usage": {"reasoning_tokens": 120, "answer_tokens": 64},
    "model": "r1-qwen-1.5b", "seed": 7, "temperature": 0.6, "first_token_seconds": 0.4,
    "tokens_per_second": 21.5, "seconds": 9.0,
}  # fmt: skip


def talks(path: Path, monkeypatch: pytest.MonkeyPatch) -> ConversationId:
    """Make them; the result is the one touched last."""
    monkeypatch.setitem(os.environ, "TZ", "UTC")
    time.tzset()
    path.parent.mkdir(parents=True)
    clock = iter(range(10_000))
    with monkeypatch.context() as patch, open_history(path) as history:
        patch.setattr(time, "time", lambda: STARTED + 600 * next(clock))
        for n in range(12):
            _talk(history, f"What is {n} + {n}?", f"It is {n + n}.", "")
        _talk(history, "解方程 2x + 3 = 11，并说明每一步的理由", "x = 4", "先移项，再除以 2")
        number = _talk(history, "How do I solve 3x - 5 = 10?", "x = 6", "")
        question = history.messages(number)[0].id
        writer = history.answer(question, "r1-qwen-1.5b")
        writer.reasoning("Let me see. Take 5 to the other side, so 3x is 15.")
        writer.text(ANSWER)
        end = ANSWER.index("```\n\n") + 3
        record = {"steps": STEPS, "events": [{**CODE, "end": end}], "finished": FINISHED}
        writer.close("stop", json.dumps(record))
    return number


def _talk(history: History, question: str, answer: str, thought: str) -> ConversationId:
    number = history.begin()
    asked = history.ask(number, None, question, [Attachment("notes.txt", "a\nb")] * (number == 14))
    writer = history.answer(asked, "r1-qwen-1.5b")
    writer.reasoning(thought)
    writer.text(answer)
    writer.close("stop")
    return number
