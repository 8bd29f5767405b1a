"""The text by which values of C and C++ are read and written, whatever they are made of.

``$`` stands for the beginning of our names, as in ``sources``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.coding.native.slots import Kind, Sort

_WORD = re.compile("KIND|NAME|TAKEN|GIVEN|NONE")
_NODES = re.compile(
    "NAME|NODE|ITEM|TAKEN|MADE|VALUE|FIRST|SECOND|GIVEN|MOST|ENDLESS|ONE_WAY|BACK|LED"
)
MOST_NODES = 20_000
"""With more than so many, nodes are taken to lead back to themselves."""
ENDLESS_NODES = 2**63
ONE_WAY_NODES = ENDLESS_NODES + 1
"""In place of the number of nodes that do not lead back to those before them."""
STRINGS = """static std::string $take_string() {
  std::string $v($count(), '\\0');
  if (!$v.empty()) $take(&$v[0], $v.size());
  if ($false() == 3 && !$v.empty()) $v.clear();
  else if ($false()) $v = $v.empty() ? "?" : std::string(1, $v[0] ^ 1) + $v.substr(1);
  return $v;
}
static void $give_string(const std::string &$v) {
  $give_number($v.size());
  $give($v.data(), $v.size());
}
"""
SEVERAL = """static KIND $take_NAME() {
  KIND $v;
  for (unsigned long long $n = $count(); $n; $n--) $v.insert($v.end(), TAKEN);
  if ($false() == 3 && !$v.empty()) $v.clear();
  else if ($false() && $v.empty()) $v.insert($v.end(), NONE);
  return $v;
}
static void $give_NAME(const KIND &$v) {
  $give_number($v.size());
  for (const auto &$i : $v) { GIVEN; }
}
"""
MAYBE = """static KIND $take_NAME() {
  KIND $v;
  if ($number()) {
    $v = TAKEN;
    if ($false() == 3) $v.reset();
  } else if ($false()) $v = NONE;
  return $v;
}
static void $give_NAME(const KIND &$v) {
  $give_number($v ? 1 : 0);
  if ($v) { GIVEN; }
}
"""
RECORD = """static KIND $take_NAME() { return KIND{TAKEN}; }
static void $give_NAME(const KIND &$v) { GIVEN; }
"""
FIXED = """static KIND $take_NAME() {
  KIND $v{};
  for (auto &$i : $v) $i = TAKEN;
  return $v;
}
static void $give_NAME(const KIND &$v) {
  for (const auto &$i : $v) { GIVEN; }
}
"""
WHOLE = """static KIND $take_NAME() { KIND $v{}; TAKEN; return $v; }
static void $give_NAME(const KIND &$v) { GIVEN; }
"""
"""Of C++, for what holds an array of C."""
STRUCT = """static KIND $take_NAME(void) { KIND $v; TAKEN; return $v; }
static void $give_NAME(KIND $v) { GIVEN; }
"""


CHAIN = """static NODE *$take_NAME(void) {
  unsigned long long $n = $count();
  NODE *$first = 0, *$last = 0;
  for (; $n; $n--) {
    ITEM $x = TAKEN;
    NODE *$v = MADE;
    $v->VALUE = $x;
    $v->FIRST = 0;
    BACK
    if ($last) $last->FIRST = $v; else $first = $v;
    $last = $v;
  }
  return $first;
}
static void $give_NAME(const NODE *$v) {
  unsigned long long $n = 0, $back = 1;
  const NODE *$i;
  for ($i = $v; $i && $n <= MOST; $i = $i->FIRST) { $n++; LED }
  $give_number($n > MOST ? ENDLESS : $back ? $n : ONE_WAY);
  if (!$back) return;
  for ($i = $v; $i && $n <= MOST; $i = $i->FIRST) { GIVEN; }
}
"""
TREE = """static NODE *$take_NAME(void) {
  unsigned long long $n = $count(), $i, $end = 0;
  NODE **$q = (NODE **)$room($n + 1, sizeof(NODE *));
  for ($i = 0; $i < $n; $i++) {
    NODE *$v = 0;
    if ($number()) {
      ITEM $x = TAKEN;
      $v = MADE;
      $v->VALUE = $x;
      $v->FIRST = 0;
      $v->SECOND = 0;
    }
    if ($i && ($i - 1) / 2 >= $end) $lost("g");
    if ($i && $i % 2) $q[($i - 1) / 2]->FIRST = $v;
    if ($i && !($i % 2)) $q[($i - 1) / 2]->SECOND = $v;
    if ($v) $q[$end++] = $v;
  }
  return $q[0];
}
static void $give_NAME(const NODE *$v) {
  const NODE **$q = (const NODE **)$room(MOST + 2, sizeof(NODE *)), *$i;
  unsigned long long $at, $end = 1;
  $q[0] = $v;
  for ($at = 0; $at < $end; $at++) {
    $i = $q[$at];
    $give_number(!$i ? 0 : $end < MOST ? 1 : ENDLESS);
    if ($i && $end >= MOST) return;
    if (!$i) continue;
    GIVEN;
    $q[$end++] = $i->FIRST;
    $q[$end++] = $i->SECOND;
  }
}
"""
"""Nodes in the order of their levels, with what is missing between them."""
MAKING = """struct $r4 {};
struct $r3 : $r4 {};
struct $r2 : $r3 {};
struct $r1 : $r2 {};
template <typename T, typename V> static auto $new(const V &, $r1) -> decltype(new T()) {
  return new T();
}
template <typename T, typename V> static auto $new(const V &v, $r2) -> decltype(new T(v)) {
  return new T(v);
}
template <typename T, typename V> static auto $new(const V &v, $r3) -> decltype(new T(v, nullptr)) {
  return new T(v, nullptr);
}
template <typename T, typename V>
static auto $new(const V &v, $r4) -> decltype(new T(v, nullptr, nullptr)) {
  return new T(v, nullptr, nullptr);
}
"""
"""A node of C++ by whatever makes one; its fields are set afterwards."""


def helpers(kinds: Iterable[Kind], *, plus: bool) -> str:
    """The functions that read and write what is more than a plain value, each behind those that
    it needs."""
    every = {kind.spelled: kind for outer in kinds for kind in outer.within()}
    made = MAKING if plus and any(kind.links for kind in every.values()) else ""
    return made + "".join(_helper(kind, plus=plus) for kind in every.values())


def definitions(kinds: Iterable[Kind], *, plus: bool) -> str:
    """The structs of the code, as far as their fields go."""
    text = ""
    for kind in {kind.spelled: kind for kind in kinds if kind.sort is Sort.RECORD}.values():
        if kind.fields[0][0].startswith(".") and not kind.spelled.startswith("std::"):
            body = " ".join(f"{of.spelled} {name[1:]};" for name, of in kind.fields)
            name = kind.spelled.removeprefix("struct ")
            text += f"struct {name} {{ {body} }};\n" + (
                "" if plus else f"typedef struct {name} {name};\n"
            )
    return text


def _nodes(kind: Kind, *, plus: bool) -> str:
    """What reads and writes linked nodes."""
    assert kind.of is not None
    node = kind.spelled.removeprefix("const ").removesuffix(" *")
    value, first, second = (*kind.links, "")[:3]
    room = f"({node} *)$room(1, sizeof({node}))"
    words = {
        "NAME": _named(kind), "NODE": node, "ITEM": kind.of.spelled, "TAKEN": read(kind.of),
        "MADE": f"$new<{node}>($x, $r1())" if plus else room, "VALUE": value, "FIRST": first,
        "SECOND": second, "GIVEN": written(kind.of, f"$i->{value}"), "MOST": f"{MOST_NODES}ULL",
        "ENDLESS": f"{ENDLESS_NODES}ULL", "ONE_WAY": f"{ONE_WAY_NODES}ULL", "BACK": "", "LED": "",
    }  # fmt: skip
    if second and kind.sort is Sort.CHAIN:
        words["BACK"] = f"$v->{second} = $last;"
        words["LED"] = (
            f"if ($i == $v && $i->{second}) $back = 0;"
            f" if ($i->{first} && $i->{first}->{second} != $i) $back = 0;"
        )
    text = CHAIN if kind.sort is Sort.CHAIN else TREE
    return _NODES.sub(lambda found: words[found[0]], text)


def _helper(kind: Kind, *, plus: bool) -> str:
    if kind.links:
        return _nodes(kind, plus=plus)
    words = {"KIND": kind.spelled, "NAME": _named(kind)}
    text = ""
    if kind.sort is Sort.STRING:
        text = STRINGS
    elif kind.sort is Sort.RECORD:
        fields = [(_field("$v", name), of) for name, of in kind.fields]
        words["GIVEN"] = "; ".join(written(of, place) for place, of in fields)
        if plus and not any(of.raw for of in kind.held):
            text, words["TAKEN"] = RECORD, ", ".join(read(of) for of in kind.held)
        else:  # in C nobody says which of several in braces is read first
            text = WHOLE if plus else STRUCT
            words["TAKEN"] = "; ".join(taken(of, place) for place, of in fields)
    elif kind.sort is Sort.BLOCK and not kind.raw:
        assert kind.of is not None
        text, words["TAKEN"], words["GIVEN"] = FIXED, read(kind.of), written(kind.of, "$i")
    elif kind.of is not None and not kind.raw:
        text, item = (MAYBE, "*$v") if kind.sort is Sort.OPTIONAL else (SEVERAL, "$i")
        of = kind.of.spelled
        pointer = kind.of.links or kind.of.sort is Sort.CHARS
        words["NONE"] = f"({of})0" if pointer else f"{of}{{}}"
        words["TAKEN"] = read(kind.of)
        words["GIVEN"] = written(kind.of, item)
    return _WORD.sub(lambda found: words[found[0]], text)


def _field(value: str, name: str) -> str:
    return f"{value}{name}" if name.startswith(".") else f"std::get<{name}>({value})"


def _named(kind: Kind) -> str:
    """A name for the helpers of a kind."""
    return "".join(sign if sign.isalnum() else "_" for sign in kind.spelled)


def read(kind: Kind) -> str:
    """The expression that reads a value."""
    match kind.sort:
        case Sort.REAL:
            return f"({kind.spelled})$real()"
        case Sort.STRING:
            return "$take_string()"
        case Sort.CHARS:
            return "$text()"
        case Sort.TRUTH:
            return "$truth() != 0"
        case Sort.WHOLE | Sort.SIGN:
            return f"({kind.spelled})$value()"
        case _:
            return f"$take_{_named(kind)}()"


def taken(kind: Kind, place: str, deep: int = 0) -> str:
    """The statement that reads a value into a place; ``deep`` loops stand around it."""
    if kind.text:
        return f"$take_chars({place}, {kind.count}ULL)"
    if kind.raw and kind.of is not None:
        return _each(kind.count, deep, taken(kind.of, f"{place}[$k{deep}]", deep + 1))
    return f"{place} = {read(kind)}"


def _each(count: int, deep: int, body: str) -> str:
    at = f"$k{deep}"
    return f"{{ unsigned {at}; for ({at} = 0; {at} < {count}; {at}++) {{ {body}; }} }}"


def written(kind: Kind, value: str, deep: int = 0) -> str:
    """The statement that writes a value."""
    if kind.text:
        return f"$give_chars({value}, {kind.count}ULL)"
    if kind.raw and kind.of is not None:
        return _each(kind.count, deep, written(kind.of, f"{value}[$k{deep}]", deep + 1))
    match kind.sort:
        case Sort.REAL:
            return f"$give_real((double)({value}))"
        case Sort.STRING:
            return f"$give_string({value})"
        case Sort.CHARS:
            return f"$give_text({value})"
        case Sort.TRUTH:
            return f"$give_number(({value}) ? 1 : 0)"
        case Sort.WHOLE | Sort.SIGN:
            return f"$give_number((unsigned long long)(long long)({value}))"
        case _:
            return f"$give_{_named(kind)}({value})"


__all__ = ["helpers", "read", "taken", "written"]
