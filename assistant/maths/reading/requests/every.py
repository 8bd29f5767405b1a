"""All productions: what this module imports enters them, in this order."""

from __future__ import annotations

from assistant.maths.reading.frames import (  # noqa: F401
    figures,
    sequences,
    triangles,
)
from assistant.maths.reading.requests import (  # noqa: F401
    algebra,
    always,
    arithmetic,
    calculus,
    census,
    choice,
    compare,
    conditions,
    conics,
    continuity,
    counting,
    curves,
    data,
    differential,
    divisibility,
    functions,
    meaningful,
    measure,
    number,
    parity,
    power_series,
    ranges,
    remainders,
    roots,
    sets,
    solids,
    sums,
    words,
)
