"""Whatever fails, what can be done about it is told."""

from __future__ import annotations

import pytest

from assistant.events import Account, TurnEnd, TurnFinished
from runtimes.errors import DoesNotFit, EngineFailed, NotFound, RuntimeFailure, remedies
from runtimes.texts import Lang, Text
from runtimes.types import Fit, KvType, MemoryPlan
from tui.messages import Asked
from tui.turn.said import Line, Said, Tone
from tui.turn.telling import Teller

PLAN = MemoryPlan(
    fit=Fit.NO,
    context=2048,
    kv_type=KvType.F16,
    layers_on=0,
    weight_bytes=0,
    kv_bytes=0,
    compute_bytes=0,
    reserve_bytes=0,
    nearest=(Text("a smaller one", "较小的模型"), Text("a server", "服务器")),
)
WRONG = Text("it is wrong", "出错了")


def test_its_own_remedy_comes_first_and_else_what_would_fit() -> None:
    own = Text("do this", "这样做")
    assert remedies(NotFound(WRONG, own)) == (own,)
    assert remedies(DoesNotFit(WRONG, own, PLAN)) == (own,)
    assert remedies(DoesNotFit(WRONG, plan=PLAN)) == PLAN.nearest
    assert remedies(DoesNotFit(WRONG)) == ()
    assert remedies(NotFound(WRONG)) == ()


@pytest.mark.parametrize(
    ("failure", "lang", "told"),
    [
        (DoesNotFit(WRONG, plan=PLAN), Lang.EN, ["Try: a smaller one", "Try: a server"]),
        (DoesNotFit(WRONG, plan=PLAN), Lang.ZH, ["建议：较小的模型", "建议：服务器"]),
        (EngineFailed(WRONG), Lang.EN, ["assistant doctor"]),
        (EngineFailed(WRONG), Lang.ZH, ["assistant doctor"]),
    ],
)
def test_the_app_tells_it(failure: RuntimeFailure, lang: Lang, told: list[str]) -> None:
    items = Teller(Said(Asked("?")), lang).tell(
        TurnFinished(TurnEnd.FAILED, "", Account(), failure)
    )
    (line,) = [i for i in items if isinstance(i, Line) and i.tone is Tone.FAILED]
    lines = line.remedy.splitlines()
    assert len(lines) == len(told)
    assert all(part in line for part, line in zip(told, lines, strict=True))
