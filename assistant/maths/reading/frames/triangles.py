"""Triangles from some of their sides and angles, in words."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.frames.frame import frame
from assistant.maths.reading.patterns import late
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task

RIGHT = late(r"right|直角|\bRt|hypotenuse", re.IGNORECASE)
SAID = r"(?=\s*(?:=|＝|≈|为|是|等于|[,.?;，。、？；]|$|\bis\b|\band\b|和|与|的))"
NAMED = late(r"(?:triangle|△|\\triangle|三角形)\s*([A-Z]{3})(?![A-Z])")


def _triangle(scan: Scan, values: dict[str, t.Expr], wanted: str) -> Request | None:
    """Letters as they are; a right triangle has its right angle at C."""
    named = NAMED.search(scan.source)
    if " " in wanted or not values or (named and sorted(named[1]) != ["A", "B", "C"]):
        return None
    angles = {k: v for k, v in values.items() if k in ("A", "B", "C")}
    if any(t.symbols(v) for v in values.values()) or not all(map(_is_angle, angles.values())):
        return None
    topic = topics.TRIANGLE
    if RIGHT.search(scan.source):
        legs = re.search(r"legs?\b|hypotenuse|直角边|斜边", scan.source)
        if legs and angles:
            return None
        if legs:
            topic = topics.PYTHAGORAS
        elif not any(v == t.Call("degrees", (t.integer(90),)) for v in angles.values()):
            return None
    if topic == topics.PYTHAGORAS and wanted in ("area", "perimeter"):
        topic = topics.TRIANGLE
        values = {**values, "C": t.Call("degrees", (t.integer(90),))}
    return Request(
        task=Task.GEOMETRY,
        topic=topic,
        operands=tuple(values.values()),
        variables=(wanted,),
        words=tuple(values),
    )


def _is_angle(value: t.Expr) -> bool:
    pi = t.Constant(t.ConstantName.PI)
    return any(n == pi or (isinstance(n, t.Call) and n.name == "degrees") for n in t.walk(value))


ANGLE = r"(?:∠|\\angle\s*|angles?\s+|角)\s*"
frame(
    r"(?:right(?:-angled)? |Rt\s*)?(?:triangles?|(?:Rt\s*)?△|(?:Rt\s*)?\\triangle|直?角?三角形)(?:\s*(?-i:[A-Z]{3})(?![A-Z]))?",
    {
        "a": rf"(?:side )?(?-i:a){SAID}|(?:side |边)?(?-i:BC|CB)|(?:one |a )?leg|一条直角边",
        "b": rf"(?:side )?(?-i:b){SAID}|(?:side |边)?(?-i:AC|CA)|(?:the )?other leg|另一条?直角边",
        "c": rf"(?:side )?(?-i:c){SAID}|(?:side |边)?(?-i:AB|BA)|hypotenuse|斜边",
        "A": rf"{ANGLE}(?-i:A|BAC|CAB)(?![A-Z])|(?-i:A){SAID}",
        "B": rf"{ANGLE}(?-i:B|ABC|CBA)(?![A-Z])|(?-i:B){SAID}",
        "C": rf"{ANGLE}(?-i:C|ACB|BCA)(?![A-Z])|(?-i:C){SAID}|third angle|(?:the )?(?:other|remaining) angle|第三个?(?:内)?角(?:的度数)?|另一个(?:内)?角(?:的度数)?",
        "a b": "(?:two )?legs|两条?直角边",
        "a b c": "(?:three )?sides?(?: lengths?)?|三边长?|三条边长?",
        "A B": "(?:two )?(?:interior )?angles|两个?内?角",
        "area": "area|面积",
        "perimeter": "perimeter|周长",
    },
    _triangle,
)
