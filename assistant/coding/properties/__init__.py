"""A function tried on made-up examples against a stated oracle, judged from outside its world.

``check_property(job, "my_sort", Reference("sorted"), policy)``.
"""

from assistant.coding.properties.checking import check_property
from assistant.coding.properties.signature import Parameter, Signature, signature_of
from assistant.coding.properties.types import (
    Counterexample,
    Law,
    Oracle,
    PropertyReport,
    Reference,
    RoundTrip,
)

__all__ = [
    "Counterexample",
    "Law",
    "Oracle",
    "Parameter",
    "PropertyReport",
    "Reference",
    "RoundTrip",
    "Signature",
    "check_property",
    "signature_of",
]
