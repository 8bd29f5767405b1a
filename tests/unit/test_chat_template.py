"""Chat templates from outside: they end, they take little, and they reach nothing."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("jinja2")

from runtimes.chat_template import ChatTemplate
from runtimes.errors import Damaged, Unsupported
from runtimes.types import Message, Role

ROOT = Path(__file__).resolve().parents[2]
TURNS = (Message(Role.USER, "long " * 1000),)


def doubled(step: str, use: str = "{{ ns.x }}", first: str = "'ab'", times: int = 40) -> str:
    return (
        f"{{% set ns = namespace(x={first}) %}}{{% for i in range({times}) %}}{step}{{% endfor %}}"
        + use
    )


ENDLESS = [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{{ messages[0].content }}{% endfor %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
]
LARGE = [
    "{{ 'x' * 10**12 }}", "{{ 9**9**9 }}", "{{ 'x' * 999999999 }}", "{{ '%999999999d' % 1 }}",
    "{{ 'x'|center(1000000000) }}", "{{ 'x'.center(1000000000) }}", "{{ 'x'.zfill(10000000) }}",
    "{{ ('x'|center(1000000000))|length }}", "{% set y = 'x'|center(1000000000) %}{{ y|length }}",
    "{% autoescape 'x'|center(1000000000) %}{% endautoescape %}",
    "{{ '{:>700000000}'.format('x') }}", "{{ '{:>{}}'.format('x', 700000000) }}",
    "{{ 'x'|map('center', 1000000000)|list|length }}", "{{ '%700000000d'|format(1) }}",
    "{{ 'x'|indent(900000000, true) }}", "{{ 1.5|round(999999999, 'ceil') }}",
    "{{ (1).to_bytes(1000000000, 'big')|length }}", "{{ 'x'.encode()|length }}",
    "{{ 'x'|wordwrap(1, wrapstring='y') }}", "{{ [1]|batch(99999999, 'x')|list|length }}",
    "{{ strftime_now('%999999999d') }}", "{{ lipsum(n=99999999) }}",
    doubled("{% set ns.x = ns.x ~ ns.x %}"), doubled("{% set ns.x = ns.x + ns.x %}"),
    doubled("{% set ns.x = ns.x + ns.x %}", "{{ ns.x|length }}", "[1]"),
    doubled("{% set ns.x = ns.x * ns.x %}", "{{ ns.x > 1 }}", "7"),
    doubled("{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}"),
    doubled("{% set ns.x = ns.x|replace('a', 'aaaaaaaa') %}"),
    doubled("{% set ns.x = ns.x.replace('', ns.x) %}"),
    doubled("{% set ns.x = [ns.x, ns.x]|join(ns.x) %}"),
    doubled("{% set ns.x = ns.x.join([ns.x, ns.x]) %}"),
    doubled("{% set ns.x = '{0}{0}'.format(ns.x) %}"),
    doubled("{% set ns.x = [ns.x, ns.x] %}", "{{ ns.x|string|length }}"),
    doubled("{% set ns.x = [ns.x, ns.x] %}", "{{ ns.x|tojson|length }}"),
]  # fmt: skip
FORBIDDEN = [
    "{{ messages.__class__.__mro__ }}", "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self._TemplateReference__context.eval_ctx }}{{ lipsum.__globals__ }}",
    "{{ messages.append(1) }}", "{{ messages[0].update({'a': 1}) }}", "{{ nothing.at.all }}",
    "{{ 1 / 0 }}", "{% include 'x' %}", "{{ messages[7].content }}", "{{ raise_exception() }}",
]  # fmt: skip

MEASURE = """
import resource, sys, time
sys.path.insert(0, sys.argv[1])
from runtimes.chat_template import ChatTemplate
from runtimes.errors import RuntimeFailure
from runtimes.types import Message, Role
ChatTemplate("{{ 'x' }}").render(())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for source in sys.stdin.read().split(chr(0)):
    began = time.monotonic()
    try:
        ChatTemplate(source).render((Message(Role.USER, "x"),))
        said = "rendered"
    except RuntimeFailure as failure:
        said = type(failure).__name__
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(said, round(time.monotonic() - began), taken // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bound the memory")
def test_what_makes_much_of_little_is_refused_in_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(ROOT)],
        input="\0".join(LARGE), capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert len(lines) == len(LARGE)
    for source, line in zip(LARGE, lines, strict=True):
        said, seconds, mebibytes = line.split()
        assert said in ("Unsupported", "Damaged"), source
        assert int(seconds) <= 15, source
        assert int(mebibytes) <= 600, source


@pytest.mark.slow
@pytest.mark.parametrize("source", [*ENDLESS, *FORBIDDEN], ids=lambda s: s[:40])
def test_a_hostile_template_does_no_harm_and_ends(source: str) -> None:
    start = time.monotonic()
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(Unsupported):
        ChatTemplate(source).render(TURNS)
    assert time.monotonic() - start < 20.0
    assert sys.gettrace() is None or "watch" not in repr(sys.gettrace())
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.mark.parametrize(
    "source",
    ["{% if %}", "{{ x", "{% for a in b %}", "{% unknown %}", "a" * 300_000, "{{ (" * 5000],
)
def test_a_broken_template_is_a_damaged_file(source: str) -> None:
    with pytest.raises(Damaged):
        ChatTemplate(source)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("{{ 'a' ~ 1 ~ 'b' }}{{ 'a' + 'b' }}{{ 2 + 3 * 4 }}{{ 7 % 4 }}", "a1bab143"),
        ("{{ [1] + [2] }}{{ '-' * 3 }}{{ 'a,b'.split(',')[-1] }}", "[1, 2]---b"),
        ("{{ 'a</think>b'.split('</think>')|last }}{{ ' x '.strip() }}", "bx"),
        ("{{ 'abc'|replace('b', 'x')|upper }}{{ ['a', 'b']|join(', ') }}", "AXCa, b"),
        ("{{ 'a\nb'|indent(2) }}{{ 1.25|round(1) }}{{ {'b': 1, 'a': '中'}|tojson }}",
         'a\n  b1.2{"b": 1, "a": "中"}'),
        ("{{ '{}: {:.2f}'.format('x', 1.5) }}{{ ', '.join(['a', 'b']) }}", "x: 1.50a, b"),
        ("{{ [{'r': 'a'}, {'r': 'b'}]|map(attribute='r')|list }}", "['a', 'b']"),
        ("{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{% endfor %}{{ 'xy'[1:] }}", "a1y"),
        ("{% set x %}a{{ 1 }}{% endset %}{{ x }}{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(2) }}",
         "a1<2>"),
        ("{% for m in messages %}{{ 'ab'.replace('a', '') }}{{ '-'.join(['a', 'b']) }}{% endfor %}",
         "ba-b"),
        ("{% macro m(x) %}{{ x.replace('a', 'c', 1) }}{% endmacro %}{{ m('aa') }}", "ca"),
        ("{{ messages|selectattr('role', 'equalto', 'user')|list|length }}", "1"),
    ],
)  # fmt: skip
def test_what_published_templates_use_works(source: str, written: str) -> None:
    assert ChatTemplate(source).render(TURNS) == written
