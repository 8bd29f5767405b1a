"""Growth of run time, measured over doubling sizes; never claimed as proof.

``measure(job, "two_sum", policy, asked=read_order("O(n)"))``.
"""

from assistant.coding.growth.measuring import measure
from assistant.coding.growth.reading import asked_in, read_order
from assistant.coding.growth.types import Agreement, Growth, Kind, Order, Point, Series

__all__ = [
    "Agreement",
    "Growth",
    "Kind",
    "Order",
    "Point",
    "Series",
    "asked_in",
    "measure",
    "read_order",
]
