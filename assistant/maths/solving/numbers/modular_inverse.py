"""The inverse of a whole number modulo another, by Euclid's algorithm run backwards."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft
from assistant.maths.solving.numbers.quantities import integer
from assistant.maths.types import Link, Request, Rule, Step, Text

DIVIDE = Rule("inverse.divide", "Divide with remainder", "辗转相除")
COMBINE = Rule("inverse.combine", "Write 1 by the two numbers", "回代，把 1 表示出来")
READ = Rule("inverse.read", "Read off the inverse", "得出逆元")
LARGEST = 10**40


def modular_inverse(request: Request) -> Draft | None:
    """``7·15 = 105 = 4·26 + 1``: 15 is the inverse of 7 modulo 26."""
    if request.topic != topics.MODULAR_INVERSE or len(request.operands) != 2:
        return None
    number, modulus = map(integer, request.operands)
    if number is None or modulus is None or not 1 < modulus < LARGEST or abs(number) > LARGEST:
        return None
    a, b, steps = modulus, number % modulus, list[Step]()
    u, v = 0, 1
    while b:
        q, rest = divmod(a, b)
        why = Text("{0} divided by {1}.", "{0} 除以 {1}。", (str(a), str(b)))
        line = t.add(t.mul(t.integer(q), t.integer(b)), t.integer(rest))
        steps.append(Step(rule=DIVIDE, why=why, before=t.integer(a), after=line))
        a, b, u, v = b, rest, v, u - q * v
    if a != 1:
        why = Text(
            "The greatest common divisor is {0}, not 1.", "最大公约数为 {0}，不是 1。", (str(a),)
        )
        none = t.Constant(t.ConstantName.UNDEFINED)
        return Draft(answer=none, text="no inverse", steps=tuple(steps),
                     said=(Text("there is no inverse", "逆元不存在"),), method="euclid",
                     conditions=(why,))  # fmt: skip
    found = u % modulus
    times = (number % modulus) * u
    back = t.add(t.mul(t.integer(number % modulus), t.integer(u)),
                 t.mul(t.integer((1 - times) // modulus), t.integer(modulus)))  # fmt: skip
    upward = Text("Put the remainders in, from below.", "由下而上代入余数。")
    steps.append(Step(rule=COMBINE, why=upward, before=t.integer(1), after=back))
    answer = t.integer(found)
    told = Text("Modulo {0} that is {1}.", "模 {0} 即为 {1}。", (str(modulus), answer))
    steps.append(Step(rule=READ, why=told, before=t.Call("mod", (t.integer(u), t.integer(modulus))),
                      after=answer, link=Link.EQUAL))  # fmt: skip
    return Draft(answer=answer, steps=tuple(steps), method="euclid")
