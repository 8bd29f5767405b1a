"""Files of tests made from examples; they run in the sandbox, apart from the code.

A value that is compared is made by the tests, and the code never sees it.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from assistant.coding.blocks import blocks_of
from assistant.coding.examples import doubts
from assistant.coding.examples.asked import (
    Claim,
    Example,
    QuestionExample,
    Session,
    examples_in,
)
from assistant.coding.examples.chance import other_values
from assistant.coding.examples.foreign import spelled_for_python
from assistant.coding.examples.freenames import names_of, open_names
from assistant.coding.examples.pairs import Pair, names_all, of_nodes
from assistant.coding.examples.pairtests import (
    EMPTIED,
    Target,
    pair_test,
    places_of,
    reads_at_once,
    target,
)
from assistant.coding.examples.scanning import expression, is_value
from assistant.coding.examples.testhead import head, indented
from assistant.coding.linked import LINKED, Way, ways_in
from assistant.coding.linked import beside as linked_beside
from assistant.coding.naming import parsed
from runtimes.texts import Text

AWAITED = "_awaited_"
ACTED = "_acted_"
OBJECT = "Solution()."
WAITS = """

def {awaited}{name}(*given, **named):
    import asyncio

    return asyncio.run({name}(*given, **named))
"""
DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_CALLED = re.compile(r"(?<![\w.])([^\W\d]\w*)[ ]?\(")


@dataclass(frozen=True, slots=True)
class Case:
    """What a test asks, and what it wants, in the words of the example.  ``steps`` are the parts
    of a longer one, each by its line of the test."""

    call: str
    wanted: str
    steps: Mapping[str, Case] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TestFile:
    """A file of tests; ``cases`` tells of those that were made from examples, by name.
    ``beside`` must stand behind the code for them.  ``others``: why another value may
    be right too."""

    __test__ = False
    text: str
    cases: Mapping[str, Case] = field(default_factory=dict)
    beside: str = ""
    others: Text | None = None


def from_examples(
    examples: tuple[QuestionExample, ...], program: str, question: str = ""
) -> TestFile:
    """The tests that some examples make for a program.  Pairs need a function of it to call."""
    if not examples:
        return TestFile("")
    parts: list[str] = []
    cases: dict[str, Case] = {}
    linked = ways_in(program)
    meant = _meant(program, question, linked)
    order = order_of(question)
    later = coroutines(program) if doubts.awaited(question) else ()
    strangers = _strangers(program, question)
    own, others = _methods(program)
    unclear = {name for name, way in linked.items() if way.shape is None}
    tops = {node.name for node in _tops(program)}
    known = names_of(program)
    for number, given in enumerate(examples, 1):
        example = _as_example(given, linked)
        if (strangers | others | unclear) & _called(example):
            continue
        elsewhere = open_names(_source(example)) - known  # made where nobody tells
        if elsewhere or (_is_untold(example) and not tops & _called(example)):
            continue
        name = f"test_example_{number}"
        asked = _before(_before(example, later, AWAITED), linked, LINKED)
        made = _made(_emptied(_before(asked, own, OBJECT), linked), meant, order)
        if made is not None and _fits(_as_told(made[1].call), made[1].wanted, linked):
            body, case = made
            cases[name] = replace(case, call=_as_told(case.call))
            parts.append(f"\n\ndef {name}():\n{indented(body)}\n")
    behind = "".join(WAITS.format(name=name, awaited=AWAITED) for name in later)
    behind += linked_beside(linked)
    return TestFile(
        head() + "".join(parts) if parts else "", cases, behind, other_values(program, question)
    )


def _meant(program: str, question: str, linked: Mapping[str, Way]) -> Target | None:
    """The function that pairs ask; of a program of nodes, only one that takes such."""
    meant = None if reads_at_once(program) else target(program, question)
    way = linked.get(meant.name) if meant is not None else None
    if meant is None or (way is None and not of_nodes(program)):
        return meant
    return replace(meant, call=f"{LINKED}{meant.name}") if way is not None and way.shape else None


def _as_example(example: QuestionExample, linked: Mapping[str, Way]) -> QuestionExample:
    """An example of a function that takes nodes, however it is written, as a call of it."""
    match example:
        case Claim(source):
            told = case_of(source)
        case Session(lines) if len(lines) == 1 and not lines[0][2]:
            told = Case(lines[0][0].strip(), lines[0][1].strip())
        case _:
            return example
    call = expression(told.call)
    plain = isinstance(call, ast.Call) and all(is_value(ast.unparse(a)) for a in call.args)
    if not plain or told.call.partition("(")[0] not in linked or not is_value(told.wanted):
        return example
    return Example(told.call, told.wanted)


def _fits(call: str, wanted: str, linked: Mapping[str, Way]) -> bool:
    """Can lists stand for the nodes of a call?"""
    tree = expression(call) if linked else None
    return tree is None or all(
        linked[part.func.id].fits(part, wanted)
        for part in ast.walk(tree)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in linked
    )


def _emptied(example: QuestionExample, linked: Mapping[str, Way]) -> QuestionExample:
    """Of nodes, nothing is an empty list too."""
    if not linked or not isinstance(example, Example) or example.wanted.strip() != "[]":
        return example
    if not example.call.startswith(LINKED):
        return example
    return replace(example, call=f"{EMPTIED}{example.call})")


def _as_told(call: str) -> str:
    """A call without what was put before it here."""
    if call.startswith(EMPTIED):
        call = call.removeprefix(EMPTIED).removesuffix(")")
    for word in (AWAITED, LINKED, OBJECT):
        call = call.replace(word, "")
    return call


def of_question(question: str, program: str) -> TestFile:
    """The tests that the examples of a question make for a program."""
    return from_examples(examples_for(question, program), program, question)


def examples_for(question: str, program: str) -> tuple[QuestionExample, ...]:
    """The examples of a question, those too that call what has a name of other letters here."""
    tree = parsed(program)
    names = {node.name for node in ast.walk(tree) if isinstance(node, DEFINES)} if tree else set()
    question = spelled_for_python(question)
    return examples_in(question, [name for name in names if not name.isascii()])


def coroutines(program: str) -> tuple[str, ...]:
    """The public functions of a program whose results come later."""
    tree = parsed(program)
    kinds = [node for node in tree.body if isinstance(node, ast.AsyncFunctionDef)] if tree else []
    generators = (ast.Yield, ast.YieldFrom)
    return tuple(
        node.name
        for node in kinds
        if not any(isinstance(part, generators) for part in ast.walk(node))
    )


def _before(example: QuestionExample, names: Collection[str], word: str) -> QuestionExample:
    """The example with a word before each call of these."""
    if not names or not isinstance(example, Example):
        return example
    sign = "|".join(map(re.escape, names))
    return replace(example, call=re.sub(rf"(?<![\w.])(?=(?:{sign})\s?\()", word, example.call))


def _methods(program: str) -> tuple[set[str], set[str]]:
    """The methods that are no functions beside: of a ``Solution``, and of other classes, of whose
    objects an example says nothing."""
    own: set[str] = set()
    others: set[str] = set()
    for node in _tops(program):
        if isinstance(node, ast.ClassDef):
            names = {part.name for part in node.body if isinstance(part, DEFINES)}
            (own if node.name == "Solution" else others).update(names)
    tops = {node.name for node in _tops(program)}
    return own - tops - others, others - tops


def order_of(question: str) -> str:
    """May the items of a result come in any order?"""
    if not doubts.any_order(question):
        return ""
    return "free" if doubts.order_is_free(question) else "open"


def concerns(example: QuestionExample, program: str, question: str) -> bool:
    """Does an example plainly speak of what a part of some code defines?"""
    defined = {node.name for node in _tops(program)}
    if isinstance(example, Pair):
        meant = target(program, question)
        if meant is None or names_all(example.given, meant.parameters):
            return meant is not None
        if example.exact:
            return False
        return re.search(rf"\b{meant.name}\b", question) is not None
    called = _called(example)
    return bool(called & defined) and all(
        name in defined or hasattr(builtins, name) for name in called
    )


def _called(example: QuestionExample) -> set[str]:
    """The functions that an example calls by their names."""
    return set(_CALLED.findall(_source(example)))


def _source(example: QuestionExample) -> str:
    """What an example asks, as code; nothing where it is only an input."""
    match example:
        case Claim(source) | Example(source):
            return source
        case Session(lines):
            return "\n".join(source for source, _, _ in lines)
        case Pair():
            return ""


def _is_untold(example: QuestionExample) -> bool:
    return isinstance(example, Session) and example.untold


def _strangers(program: str, question: str) -> set[str]:
    """What the question itself defines by means of the program (``@memo`` before a function): that
    the program does not define it is no fault of its."""
    blocks = [tree for block in blocks_of(question) if (tree := parsed(block.text))]
    made = [node for tree in blocks for node in tree.body if isinstance(node, DEFINES)]
    defined = {node.name for node in _tops(program)} if made else set()
    return {
        node.name
        for node in made
        if node.name not in defined
        and any(isinstance(part, ast.Name) and part.id in defined for part in ast.walk(node))
    }


def _tops(program: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    tree = parsed(program)
    for node in tree.body if tree else ():
        if isinstance(node, DEFINES):
            yield node


def _made(example: QuestionExample, meant: Target | None, order: str) -> tuple[str, Case] | None:
    match example:
        case Claim(source) if order:
            told = case_of(source)
            plain = is_value(told.wanted) and expression(told.call) is not None
            return _made(Example(told.call, told.wanted), meant, order) if plain else None
        case Claim(source):
            return source, case_of(source)
        case Example(call, wanted, raises=True):
            bare = call.removeprefix(OBJECT)  # that it is not there is no exception of its own
            name = call[: len(call) - len(bare)] + bare.partition("(")[0]
            return f"assert callable({name})\nassert _raises(lambda: {call}, {wanted!r})", Case(
                call, wanted
            )
        case Example(call, wanted, printed=True):
            more = f"{places_of(wanted)}, {order!r}"
            return f"assert _says(lambda: {call}, {wanted}, {more})", Case(call, wanted)
        case Example(call, wanted):
            places = places_of(wanted) if example.loose else None
            tree = expression(call)
            if example.points and isinstance(tree, ast.Call) and not tree.keywords:
                given = f"{ast.unparse(tree.func)}, [{', '.join(map(ast.unparse, tree.args))}]"
                body = f"assert _points({given}, {wanted}, {places}, {order!r}, told=True)"
            else:
                more = ", told=True" if example.loose else ""
                body = f"assert _compared({call}, {wanted}, {places}, {order!r}{more})"
            return body, Case(call, wanted)
        case Session():
            return _session(example, order)
        case Pair():
            made = pair_test(example, meant, order) if meant else None
            return (made[0], Case(made[1], example.wanted.strip())) if made else None


def case_of(source: str) -> Case:
    """An ``assert a == b`` in its parts."""
    tree = parsed(source)
    test = tree.body[0].test if tree and isinstance(tree.body[0], ast.Assert) else None
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Eq) and len(test.ops) == 1:
        return Case(ast.unparse(test.left), ast.unparse(test.comparators[0]))
    return Case(source.removeprefix("assert "), "")


def _session(session: Session, order: str) -> tuple[str, Case] | None:
    body: list[str] = []
    steps: dict[str, Case] = {}
    acting = False
    for source, want, raised in session.lines:
        tree = parsed(source)
        if tree is None:
            return None
        word = ast.unparse(tree)
        if expression(source) is None:
            if want or raised:
                return None
            line = word
        elif raised:
            kind = raised.partition(":")[0].strip().rpartition(".")[2]
            line = f"assert _raises(lambda: {word}, {kind!r})"
        elif want:
            acts = session.untold and not source.startswith("(") and is_value(want)
            value = f", lambda: {want.strip()}, {order!r}, {places_of(want)}"
            if acts:
                value, acting = f"{value}, {ACTED}", True
            elif not session.untold:  # as ``doctest`` reads it
                value += ", strict=True"
            value = value if is_value(want) else ""
            line = f"assert _shows(lambda: {word}, {want!r}{value})"
        else:
            line = word  # what it shows is not told
        body.append(line)
        steps[line] = Case(word, (raised or want).strip())
    if acting:
        body = [f"{ACTED} = []", *body, f"assert _plain({ACTED})"]
    last = next((step for step in reversed(steps.values()) if step.wanted), Case("", ""))
    return "\n".join(body), replace(last, steps=steps)
