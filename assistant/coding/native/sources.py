"""The text of C or C++ that stands around the code: the end that is asked, and the end that asks.

What is written behind the code may not trust a single name of it: macros could mean anything, so
the words of the language are taken back, no header of the library is read there, and every name
begins with ``assistant_`` (``$`` below).
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Sequence

from assistant.coding import native
from assistant.coding.native.compound import definitions, helpers, read, taken, written
from assistant.coding.native.lengths import length_at, size_of_result, sizes_of_rows
from assistant.coding.native.prototypes import Function
from assistant.coding.native.slots import Form, Kind, Slot, Sort
from assistant.coding.sandbox.types import Language

KEY_SIZE = 16
NOTHING, ENDLESS, UNKNOWN, SAME = 2**64 - 1, 2**64 - 2, 2**64 - 3, 2**64 - 17
"""In place of a length; from ``SAME`` on, an array is the one that was handed over so many
parameters later."""
MOST_SAME = 13
LONGEST_RESULT = 1 << 16
HIDDEN_MAIN = "assistant_main"
"""What the code's own ``main`` is called meanwhile."""
MORE_ROOM = 4096
"""Bytes behind a text whose real room is not known here."""
WORDS = (
    "auto bool break case char const continue default do double else enum extern float for goto "
    "if int long register return short signed sizeof static struct switch typedef union unsigned "
    "void volatile while class template typename using namespace std string vector main _Bool "
    "try catch first second get insert end reset new decltype nullptr"
).split()
HEADERS = {
    "string": "string", "vector": "vector", "deque": "deque", "list": "list", "set": "set",
    "multiset": "set", "unordered_set": "unordered_set", "map": "map",
    "unordered_map": "unordered_map", "optional": "optional", "array": "array",
    "pair": "utility", "tuple": "tuple",
}  # fmt: skip
"""In which header a type of the library stands."""
DECLARED = """
#pragma GCC diagnostic error "-Wincompatible-pointer-types"
#ifdef __cplusplus
extern "C" {
#endif
unsigned long long $number(void);
unsigned long long $count(void);
unsigned long long $value(void);
int $truth(void);
int $false(void);
double $real(void);
void $take(void *, unsigned long long);
void $give(const void *, unsigned long long);
void $give_number(unsigned long long);
void $give_real(double);
void $give_text(const char *);
void $lost(const char *);
char *$text(void);
char *$told(void);
void $restore(char *, const char *);
void $give_chars(const char *, unsigned long long);
void $take_chars(char *, unsigned long long);
void *$room(unsigned long long, unsigned long long);
void $ask(void);
void $heard(void);
void $call(unsigned long long);
void $caught(void);
int $raised(void);
#ifdef __cplusplus
}
#endif
"""


def wire() -> str:
    """The text of both ends of the pipes; a file of its own."""
    return importlib.resources.files(native).joinpath("wire.c").read_text("utf-8")


def answering(
    program: str, functions: Sequence[Function], language: Language, *, catching: bool = False
) -> str:
    """The code's end: the program, and behind it what calls its functions by their number.

    ``catching``: whether it has given a value comes first, and an exception is an answer too.
    """
    plus = language is Language.CPP
    cases = "".join(
        _case(n, function, plus=plus, catching=catching) for n, function in enumerate(functions)
    )
    call = "void $call(unsigned long long $which)"
    body = f"{call} {{\n  switch ($which) {{\n{cases}  }}\n}}\n"
    return including(program) + _own(_declared() + _helpers(functions, plus=plus) + body)


def including(program: str) -> str:
    """The code itself, whose ``main`` is in nobody's way."""
    return f'#define main {HIDDEN_MAIN}\n#include "{program}"\n#undef main\n'


def asking(functions: Sequence[Function], language: Language) -> str:
    """The tests' end: functions of the same names, which ask the code."""
    plus = language is Language.CPP
    every = " ".join(kind.spelled for kind in _kinds(functions))
    heads = {file for name, file in HEADERS.items() if f"std::{name}" in every}
    head = "".join(f"#include <{file}>\n" for file in sorted(heads))
    head += definitions(_kinds(functions), plus=plus)
    owners = dict.fromkeys(function.owner for function in functions)
    body = ""
    for owner in owners:
        mine = [(n, f) for n, f in enumerate(functions) if f.owner == owner]
        stubs = "".join(_stub(n, function, plus=plus) for n, function in mine)
        body += f"struct {owner} {{\n{stubs}}};\n" if owner else stubs
    return head + _own(_declared() + _helpers(functions, plus=plus) + body)


def can_ask(function: Function) -> bool:
    """Has a function of the tests' world somewhere to keep what this one gives?"""
    result = function.result
    slots = _slots(function)
    if function.template or any(slot.form in (Form.ROWS, Form.GRID) for slot in slots):
        return False  # of the latter nobody says how many there are
    if any(kind.links or kind.sort is Sort.CHARS for kind in _kinds([function])):
        return False
    for n, slot in enumerate(function.parameters):
        nested = slot.kind is not None and slot.kind.raw
        if nested and not slot.least and length_at(n, function) is None:
            return False
    return result.form is not Form.REFERENCE and not (result.form is Form.VALUE and result.constant)


def _own(text: str) -> str:
    return text.replace("$", "assistant_")


def _declared() -> str:
    """The names of the wire, behind whatever the code has defined."""
    return "\n" + "".join(f"#undef {word}\n" for word in WORDS) + DECLARED


def _slots(function: Function) -> tuple[Slot, ...]:
    return (function.result, *function.parameters)


def _kinds(functions: Sequence[Function]) -> list[Kind]:
    """Every kind that some functions take or give, each behind those that it is made of."""
    slots = (slot for function in functions for slot in _slots(function))
    return [kind for slot in slots if slot.kind is not None for kind in slot.kind.within()]


def _helpers(functions: Sequence[Function], *, plus: bool) -> str:
    return helpers(_kinds(functions), plus=plus)


def _case(number: int, function: Function, *, plus: bool, catching: bool) -> str:
    """One function called: its arguments read, its result and what it has changed written."""
    before = [f"{_pointer(function, plus=plus)};"]
    for n, slot in enumerate(function.parameters):
        before += _argument(n, slot)
    called = "$f"
    if function.rest:  # a pointer knows no defaults
        before.append("(void)$f;")
        called = function.name
    if function.owner and not function.static:
        before.append(f"{function.owner} $o{{}};")
        called = f"$o.{called}" if function.rest else "($o.*$f)"
    elif function.owner and function.rest:
        called = f"{function.owner}::{called}"
    call = f"{called}({', '.join(_handed(n, slot) for n, slot in enumerate(function.parameters))})"
    lines = _result(function, call)
    for n, slot in enumerate(function.parameters):
        if slot.changes:
            lines += _changed(n, slot)
    if catching:
        before.append("$give_number(0);")
    if catching and plus:
        lines = ["try {", *lines, "} catch (...) {", "$caught();", "}"]
    body = "".join(f"      {line}\n" for line in (*before, *lines))
    return f"    case {number}: {{\n{body}      break;\n    }}\n"


def _pointer(function: Function, *, plus: bool) -> str:
    """The function by a pointer of the type that was read: the compiler's word on the reading."""
    slots = (*function.parameters, *function.rest)
    types = ", ".join(slot.spelled for slot in slots) or ("" if plus else "void")
    owner = f"{function.owner}::" if function.owner and not function.static else ""
    constant = " const" if function.constant else ""
    place = f"&{function.owner}::{function.name}" if function.owner else function.name
    return f"{function.result.spelled} ({owner}*$f)({types}){constant} = {place}"


def _loop(count: str, body: str) -> str:
    return f"for (unsigned long long $i = 0; $i < {count}; $i++) {body};"


def _handed(n: int, slot: Slot) -> str:
    """The argument; in C many pointers do not become pointers to what is constant by themselves."""
    if slot.form is Form.GRID:  # so that the width is whatever the function says
        return f"(void *)$a{n}"
    nested = slot.form is Form.ROWS or (slot.kind is not None and slot.kind.raw)
    constant = nested and slot.constant
    return f"({slot.spelled})$a{n}" if constant else f"$a{n}"


def _cells(n: int, body: str) -> str:
    """Along a row."""
    return f"for (unsigned long long $j = 0; $j < $w{n}; $j++) {body};"


def _argument(n: int, slot: Slot) -> list[str]:
    assert slot.kind is not None
    spelled = slot.kind.spelled
    if slot.form is Form.TEXT:
        return [f"char *$a{n} = $text();"]
    if slot.form is Form.ARRAY:
        return [
            f"unsigned long long $n{n} = $count();",
            f"{spelled} *$a{n} = ({spelled} *)$room($n{n}, sizeof({spelled}));",
            _loop(f"$n{n}", taken(slot.kind, f"$a{n}[$i]")),
        ]
    if slot.form is Form.GRID:
        return [
            f"unsigned long long $n{n} = $number(), $w{n} = $number();",
            f"{spelled} *$a{n} = ({spelled} *)$room($n{n} * $w{n}, sizeof({spelled}));",
            _loop(f"$n{n} * $w{n}", taken(slot.kind, f"$a{n}[$i]")),
        ]
    if slot.form is Form.ROWS:
        row = f"$a{n}[$i]"
        each = f"{row} = $text();"
        if slot.kind.sort is not Sort.SIGN:
            room = f"{row} = ({spelled} *)$room($w{n}, sizeof({spelled}));"
            each = f"{room} {_cells(n, f'{row}[$j] = {read(slot.kind)}')}"
        return [
            f"unsigned long long $n{n} = $number(), $w{n} = $number();",
            f"{spelled} **$a{n} = ({spelled} **)$room($n{n}, sizeof({spelled} *));",
            _loop(f"$n{n}", f"{{ {each} }}"),
        ]
    return [f"{spelled} $a{n} = {read(slot.kind)};"]


def _result(function: Function, call: str) -> list[str]:
    result = function.result
    if result.kind is None:
        return [f"{call};"]
    if result.form is Form.TEXT:
        return [f"$give_text({call});"]
    if result.form is Form.ROWS:
        return _rows(function, call)
    if result.form is not Form.ARRAY:
        return [f"{result.kind.spelled} $r = {call};", f"{written(result.kind, '$r')};"]
    lines = [f"const {result.kind.spelled} *$r = {call};", f"if (!$r) $give_number({NOTHING}ULL);"]
    for n, slot in enumerate(function.parameters[:MOST_SAME]):
        if slot.form is Form.ARRAY:
            same = f"(const void *)$r == (const void *)$a{n}"
            lines.append(f"else if ({same}) $give_number({SAME + n}ULL);")
    size = size_of_result(function)
    if size is not None:
        each = written(result.kind, "$r[$i]")
        lines.append(f"else if ({_known(size)}) {{ {_several(size, each)} }}")
    return [*lines, f"else $give_number({UNKNOWN}ULL);"]


def _known(size: int) -> str:
    """Has the function told how long its result is?"""
    length = f"$a{size}[0]"
    return f"$n{size} && {length} >= 0 && {length} < {LONGEST_RESULT}"


def _several(size: int, each: str) -> str:
    length = f"(unsigned long long)$a{size}[0]"
    return f"$give_number({length}); {_loop(length, each)}"


def _rows(function: Function, call: str) -> list[str]:
    """Texts, or arrays each of a length that the function has told."""
    result = function.result
    assert result.kind is not None
    size, sizes = size_of_result(function), sizes_of_rows(function)
    lines = [f"{result.spelled} $r = {call};", f"if (!$r) $give_number({NOTHING}ULL);"]
    unknown = f"else $give_number({UNKNOWN}ULL);"
    if size is None:
        return [*lines, unknown]
    if result.kind.sort is Sort.SIGN:
        each = _several(size, "$give_text($r[$i])")
        return [*lines, f"else if ({_known(size)}) {{ {each} }}", unknown]
    if sizes is None:
        return [*lines, unknown]
    width, items = f"$a{sizes}[0][$i]", written(result.kind, "$r[$i][$j]")
    row = f"for (unsigned long long $j = 0; $j < (unsigned long long){width}; $j++) {items};"
    row = f"{{ $give_number((unsigned long long){width}); {row} }}"
    told = f"if ({width} >= 0 && {width} < {LONGEST_RESULT}) {row}"
    each = _several(size, f"{{ {told} else $give_number({UNKNOWN}ULL); }}")
    before = f"const void *$b = $n{sizes} ? (const void *)$a{sizes}[0] : 0;"
    set_ = f"$n{sizes} && (const void *)$a{sizes}[0] != $b"
    return [before, *lines, f"else if ({_known(size)} && {set_}) {{ {each} }}", unknown]


def _changed(n: int, slot: Slot) -> list[str]:
    assert slot.kind is not None
    if slot.form is Form.TEXT:
        return [f"$give_text($a{n});"]
    if slot.form is Form.ARRAY:
        each = _loop(f"$n{n}", written(slot.kind, f"$a{n}[$i]"))
        return [f"$give_number($n{n});", each]
    if slot.form is Form.GRID:
        each = _loop(f"$n{n} * $w{n}", written(slot.kind, f"$a{n}[$i]"))
        return [f"$give_number($n{n}); $give_number($w{n});", each]
    if slot.form is Form.ROWS:
        each = f"$give_text($a{n}[$i]);"
        if slot.kind.sort is not Sort.SIGN:
            each = _cells(n, written(slot.kind, f"$a{n}[$i][$j]"))
        return [f"$give_number($n{n}); $give_number($w{n});", _loop(f"$n{n}", f"{{ {each} }}")]
    return [f"{written(slot.kind, f'$a{n}')};"]


def _stub(number: int, function: Function, *, plus: bool) -> str:
    """A function of the tests' world that asks the code's own."""
    types = [f"{slot.spelled} $a{n}" for n, slot in enumerate(function.parameters)]
    lines = [f"$give_number({number});"]
    for n, slot in enumerate(function.parameters):
        lines += _sent(n, slot, function)
    lines += ["$ask();", *([_thrown(function.result)] if plus else ()), *_got(function)]
    for n, slot in enumerate(function.parameters):
        if slot.changes:
            lines += _restored(n, slot)
    lines.append("$heard();")
    if function.result.kind is not None:
        lines.append("return $r;")
    body = "".join(f"  {line}\n" for line in lines)
    listed = ", ".join(types) or ("" if plus else "void")
    head = f"{'static ' if function.static else ''}{function.result.spelled} {function.name}"
    return f"{head}({listed}){' const' if function.constant else ''} {{\n{body}}}\n"


def _thrown(result: Slot) -> str:
    """An exception of the code's is the tests' to catch; where it is falsified into none, the
    call gives what says nothing."""
    if result.kind is None:
        return "if ($raised()) return;"
    spelled = f"{result.kind.spelled} " if result.form is Form.VALUE else result.spelled
    return f"if ($raised()) {{ {spelled}$z{{}}; return $z; }}"


def _sent(n: int, slot: Slot, function: Function) -> list[str]:
    assert slot.kind is not None
    if slot.form is Form.TEXT:
        size = f"unsigned long long $z = 0; while ($a{n}[$z]) $z++;"
        given = f"$give_number($z); $give_number({MORE_ROOM}); $give($a{n}, $z);"
        return [f"if (!$a{n}) $give_number({NOTHING}ULL);", f"else {{ {size} {given} }}"]
    if slot.form is Form.ARRAY:
        place = length_at(n, function) if n != size_of_result(function) else None
        length = f"$a{place} > 0 ? $a{place} : 0" if place is not None else str(slot.least or 1)
        return [
            f"unsigned long long $n{n} = $a{n} ? (unsigned long long)({length}) : 0;",
            f"$give_number($n{n});",
            _loop(f"$n{n}", written(slot.kind, f"$a{n}[$i]")),
        ]
    return [f"{written(slot.kind, f'$a{n}')};"]


def _got(function: Function) -> list[str]:
    result = function.result
    if result.kind is None:
        return []
    if result.form is Form.TEXT:
        return ["char *$r = $told();"]
    if result.form is not Form.ARRAY:
        return [f"{result.kind.spelled} $r = {read(result.kind)};"]
    spelled = result.kind.spelled
    lines = [
        f"{spelled} *$r = 0;",
        "unsigned long long $t = $number();",
        f"if ($t == {NOTHING}ULL) $r = $false() ? ({spelled} *)$room(1, sizeof({spelled})) : 0;",
    ]
    for n, slot in enumerate(function.parameters[:MOST_SAME]):
        if slot.form is Form.ARRAY:
            lines.append(f"else if ($t == {SAME + n}ULL) $r = ({spelled} *)$a{n};")
    each = _loop("$t", f"$r[$i] = {read(result.kind)}")
    room = f"$r = ({spelled} *)$room($t, sizeof({spelled}));"
    lines.append(f'else {{ if ($t > {LONGEST_RESULT}) $lost("g"); {room} {each} }}')
    return [*lines, "if ($false() == 4) $r = 0;"]


def _restored(n: int, slot: Slot) -> list[str]:
    assert slot.kind is not None
    if slot.form is Form.TEXT:
        return [f"$restore($a{n}, $told());"]
    if slot.form is Form.ARRAY:
        return [
            f'if ($number() != $n{n}) $lost("g");',
            _loop(f"$n{n}", taken(slot.kind, f"$a{n}[$i]")),
        ]
    return [f"$a{n} = {read(slot.kind)};"]
