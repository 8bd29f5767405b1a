"""The memory bar: as many cells as it has, each part in proportion, nothing hidden."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from runtimes.texts import Lang
from runtimes.types import Placement
from tui.models.work import windows
from tui.widgets.memorybar import FREE, OVER, bar, cells, legend, shares

SIZES = st.integers(0, 1 << 42)


@st.composite
def placements(draw: st.DrawFn) -> Placement:
    return Placement(
        accelerator=None,
        layers=1,
        weight_bytes=draw(SIZES),
        kv_bytes=draw(SIZES),
        compute_bytes=draw(SIZES),
        reserve_bytes=draw(SIZES),
        free=draw(SIZES),
    )


@given(placements(), st.integers(4, 200))
def test_the_cells_add_up_and_tell_whether_it_fits(placement: Placement, width: int) -> None:
    found = cells(placement, width)
    assert sum(count for _, count in found) == width
    assert all(count >= 0 for _, count in found)
    over = sum(count for part, count in found if part is OVER)
    free = sum(count for part, count in found if part is FREE)
    if placement.total > placement.free:
        assert over >= 1
        assert free == 0
    else:
        assert over == 0
    assert len(bar(placement, width).plain) == width


@given(placements(), st.integers(4, 200))
def test_each_part_that_fits_is_in_proportion(placement: Placement, width: int) -> None:
    if placement.total > placement.free:
        return
    for (part, size), (drawn, count) in zip(
        shares(placement)[:4], cells(placement, width)[:4], strict=True
    ):
        assert part is drawn
        assert abs(count - size * width / max(placement.free, 1)) <= 1


@given(placements(), st.sampled_from(list(Lang)), st.integers(20, 120))
def test_the_legend_names_every_part(placement: Placement, lang: Lang, width: int) -> None:
    plain = legend(placement, lang, width).plain
    for part, _ in shares(placement):
        assert f"{part.sign} {part.title.template(lang)} " in plain


@given(st.integers(0, 1 << 22))
def test_the_slider_ends_at_the_window_of_the_model(trained: int) -> None:
    steps = windows(trained)
    assert list(steps) == sorted(set(steps))
    assert (steps[-1] if steps else 0) == trained
