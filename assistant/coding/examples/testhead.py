"""What stands before the tests that examples make: how they compare."""

from __future__ import annotations

import importlib.resources
from functools import cache

from assistant.coding import inside
from assistant.coding.inside.alike import NEAR

AS_TEXT = "undecided: whether it is this text, or tells of one"
"""Of an input without quotation marks."""
BECOMES = "undecided: nothing comes back, and what is told may be what it prints or changes"
"""Of what stands behind an arrow."""
HEAD = """

_compared = _made()


def _raises(run, name):
    try:
        got = run()
    except Exception as wrong:
        kinds = [kind.__name__ for kind in type(wrong).__mro__]
        if name in kinds:
            return True
        raise AssertionError(f"it raises {kinds[0]}, not {name}") from wrong
    raise AssertionError(f"it raises nothing, not {name}")


def _shows(run, want, value=None, order="", places=None, acted=None, strict=False):
    import contextlib, io, re

    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            got = run()
    except Exception as wrong:
        kinds = [kind.__name__ for kind in type(wrong).__mro__]
        name = r"(?:\\w+\\.)*(\\w*(?:Error|Exception|Iteration))(?::.*)?"
        told = re.fullmatch(name, want.strip())  # the code may call a class by any other word
        if out.getvalue() or not told or told[1] not in kinds:
            raise
        return True  # as one shows an exception without what stands above it
    printed = out.getvalue()
    shown = printed + ("" if got is None else repr(got))
    pattern = r"\\s+".join(map(re.escape, want.replace("<BLANKLINE>", "").split()))
    pattern = pattern.replace(r"\\.\\.\\.", ".*")
    if acted is not None and got is None and not printed and value() is not None:
        acted.append(want)
        return True
    if value is not None and not printed:
        try:
            return _compared(got, value(), None if strict else places, order)
        except AssertionError as wrong:
            if str(wrong).startswith("undecided"):
                raise
    if re.fullmatch(pattern, " ".join(shown.split()), re.DOTALL):
        return True
    if strict and value is not None and _is_near(got, printed.strip(), value(), places):
        raise AssertionError({near!r})
    raise AssertionError(f"it shows {shown!r}, not {want!r}")


def _is_near(got, printed, want, places):
    try:
        return _compared(float(printed) if printed else got, want, places)
    except (AssertionError, ValueError) as wrong:
        return str(wrong).startswith("undecided: near")


def _plain(acted):
    if acted:
        raise AssertionError({becomes!r})
    return True


def _says(run, want, places=None, order=""):
    import contextlib, io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        got = run()
    printed = out.getvalue().strip()
    if got is None and printed in (str(want), repr(want)):
        return True
    return _compared(got, want, places, order)


def _points(function, arguments, want, places=None, order="", told=False):
    import contextlib, io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        got = function(*arguments)
    if got is None and want is not None:
        told = any(type(it) in (list, dict, set) and it == want for it in arguments)
        if told or out.getvalue().strip() in (str(want), repr(want)):
            raise AssertionError({becomes!r})
    return _compared(got, want, places, order, told=told)


def _emptied(got):
    return [] if got is None else got


def _pairs(function, arguments, want, places=None, order="", bare=None, texts=False):
    try:
        got = function(*arguments)
        if got is None and want is not None:
            for it in arguments:
                if type(it) in (list, dict, set):
                    try:
                        return _compared(it, want, places, order)
                    except AssertionError as wrong:
                        if str(wrong).startswith("undecided"):
                            raise
        return _compared(got, want, places, order, told=True)
    except Exception as wrong:
        if bare is None or str(wrong).startswith("undecided") or not _as_text(function, bare, want):
            raise
        if texts:
            return True
    raise AssertionError({text!r})


def _as_text(function, bare, want):
    try:
        got = function(bare[0])
        return got == bare[1] if type(got) is str else _compared(got, want)
    except Exception:
        return False


def _reads(function, given, said, want, places):
    try:
        got = function(given)
        if got == said if type(got) is str else want is not None and _compared(got, want, places):
            return True
    except Exception:
        pass
    raise AssertionError({text!r})
"""


@cache
def head() -> str:
    """What the tests call; the comparison stands within a function, so that none of its names
    is in the way of the code's."""
    source = importlib.resources.files(inside).joinpath("alike.py").read_text("utf-8")
    source = source.replace("from __future__ import annotations\n", "")
    made = f"def _made():\n{indented(source)}\n    return compared\n"
    words = {"{text!r}": AS_TEXT, "{becomes!r}": BECOMES, "{near!r}": NEAR}
    tests = HEAD
    for place, word in words.items():
        tests = tests.replace(place, repr(word))
    return made + tests


def indented(body: str) -> str:
    """Each line of it a step deeper."""
    return "\n".join(f"    {line}" for line in body.split("\n"))
