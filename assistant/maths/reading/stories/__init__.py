"""Stories: problems told in whole sentences, with quantities in place of formulas."""

from __future__ import annotations

from collections.abc import Callable

from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.reading.sentences import options
from assistant.maths.reading.stories.accounts import read_accounts
from assistant.maths.reading.stories.averages import read_averages
from assistant.maths.reading.stories.chance import read_chance
from assistant.maths.reading.stories.currents import read_currents
from assistant.maths.reading.stories.curves import read_curves, read_height
from assistant.maths.reading.stories.digits import read_digits
from assistant.maths.reading.stories.english import read_english_growth
from assistant.maths.reading.stories.figures import read_figures
from assistant.maths.reading.stories.following import read_consecutive
from assistant.maths.reading.stories.goods import read_cage, read_counts, read_goods
from assistant.maths.reading.stories.grazing import read_grazing
from assistant.maths.reading.stories.growth import read_growth
from assistant.maths.reading.stories.interest import read_interest
from assistant.maths.reading.stories.kinds import read_kinds, read_scores
from assistant.maths.reading.stories.leftovers import read_leftovers
from assistant.maths.reading.stories.maps import read_maps
from assistant.maths.reading.stories.mixtures import read_mixtures
from assistant.maths.reading.stories.motion import read_motion
from assistant.maths.reading.stories.narrated import read_narrated
from assistant.maths.reading.stories.notation import read_notation
from assistant.maths.reading.stories.numbers import read_numbers
from assistant.maths.reading.stories.one_step import read_one_step
from assistant.maths.reading.stories.overlaps import read_overlaps
from assistant.maths.reading.stories.pairs import read_ages, read_two_numbers
from assistant.maths.reading.stories.passing import read_passing
from assistant.maths.reading.stories.percents import read_percents
from assistant.maths.reading.stories.polygons import read_polygons
from assistant.maths.reading.stories.prices import read_prices
from assistant.maths.reading.stories.profit import read_profit
from assistant.maths.reading.stories.queues import read_queues
from assistant.maths.reading.stories.rates import read_faster_work, read_price_change
from assistant.maths.reading.stories.ratio_shares import read_ratio_shares
from assistant.maths.reading.stories.rectangles import read_rectangle
from assistant.maths.reading.stories.rows import read_cuts, read_rows
from assistant.maths.reading.stories.shares import read_buying, read_shares
from assistant.maths.reading.stories.shopping import read_shopping
from assistant.maths.reading.stories.text import Tale, normal
from assistant.maths.reading.stories.there_and_back import read_there_and_back
from assistant.maths.reading.stories.together import read_work
from assistant.maths.reading.stories.travel import read_meeting
from assistant.maths.reading.stories.unclear import unclear
from assistant.maths.types import Request

Reader = Callable[[Tale], "list[Request] | None"]
READERS: tuple[Reader, ...] = (
    read_notation,
    read_chance,
    read_growth,
    read_polygons,
    read_curves,
    read_height,
    read_goods,
    read_cage,
    read_counts,
    read_shares,
    read_price_change,
    read_faster_work,
    read_profit,
    read_buying,
    read_meeting,
    read_two_numbers,
    read_ages,
    read_english_growth,
    read_one_step,
    read_percents,
    read_ratio_shares,
    read_averages,
    read_rows,
    read_cuts,
    read_digits,
    read_consecutive,
    read_numbers,
    read_rectangle,
    read_prices,
    read_work,
    read_motion,
    read_mixtures,
    read_leftovers,
    read_currents,
    read_passing,
    read_kinds,
    read_scores,
    read_interest,
    read_maps,
    read_grazing,
    read_there_and_back,
    read_figures,
    read_overlaps,
    read_queues,
    read_accounts,
    read_shopping,
    read_narrated,
)
MAX_STORY = 1200
"""Characters; longer texts are no school problems, and patterns cost time."""


def read_story(scan: Scan, whole: Span) -> list[Request] | None:
    """What a story asks, its relations being added to the definitions of the scan; ``None`` where
    the text is no story.  Raises ``ReadingError`` with the sentence that is not understood."""
    stem, choices = options(whole)
    if len(whole.text) > MAX_STORY:
        return None
    state = list(scan.definitions), list(scan.notes), set(scan.names)
    for read in READERS:
        tale = Tale(scan, normal(stem.text), choices)
        try:
            requests = read(tale)
        except ReadingError:
            requests = None
        if requests and tale.understood():
            scan.options = tale.options
            return requests
        scan.definitions[:], scan.notes[:], scan.names = (
            list(state[0]),
            list(state[1]),
            set(state[2]),
        )
    if (wrong := unclear(scan, whole.text)) is not None:
        raise wrong
    return None
