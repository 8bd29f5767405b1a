"""Each tool: what the model is told of it, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.maths.showing.words import filled
from assistant.maths.types import Lang, Problem, Solution, Trouble, verdict_word
from assistant.maths.types import Question as Asked
from assistant.tools.toolbox import Job, ToolError, job

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.maths.pool import Pool
    from assistant.notes.meaning import Question
    from assistant.notes.notes import Notes
    from runtimes.base import Cancel

QUERY = 1_000
"""Characters that a tool reads of a problem or a query."""
READ_SECONDS = 2.0
"""For reading a problem."""
PASSAGES = 6


def calculator(pool: Pool) -> Job:
    """The exact solver."""

    def run(arguments: dict[str, str], cancel: Cancel) -> str:
        return _solved(pool, arguments["problem"], cancel)

    return job(
        "calculate",
        "Exact computer algebra: arithmetic, equations, inequalities, systems, derivatives, "
        "integrals, limits, matrices, statistics.",
        {"problem": "e.g. 17*23, solve x^2-5x+6=0, integrate x*exp(x), factor x^3-1"},
        run,
    )


def units(pool: Pool) -> Job:
    """Conversion of units, exact too."""

    def run(arguments: dict[str, str], cancel: Cancel) -> str:
        return _solved(pool, f"convert {arguments['quantity']} to {arguments['unit']}", cancel)

    return job(
        "convert_unit",
        "Converts a quantity to another unit.",
        {"quantity": "a number with its unit, e.g. 3.5 miles", "unit": "the unit wanted, e.g. km"},
        run,
    )


def _solved(pool: Pool, text: str, cancel: Cancel) -> str:
    """Read and solve in the worker, which ends with ``cancel``: the text is a model's."""
    from assistant.maths.showing.answers import answer_text
    from assistant.maths.showing.record import fill

    if len(text) > QUERY:
        raise ToolError(f"at most {QUERY} characters")
    problem = pool.run("read", Asked(text), READ_SECONDS, cancel)
    found = pool.run("solve", problem, None, cancel) if isinstance(problem, Problem) else problem
    if cancel.is_set():
        raise ToolError("stopped")
    if isinstance(found, Trouble):
        raise ToolError(fill(found.message, Lang.EN))
    assert isinstance(found, Solution)
    return f"{answer_text(found)} ({verdict_word(found.verdict)})"


def run_code() -> Job:
    """A program in the sandbox; where this machine cannot hold it, it does not run."""

    def run(arguments: dict[str, str], cancel: Cancel) -> str:
        from assistant.coding import sandbox

        try:
            language = sandbox.Language(arguments["language"].lower())
        except ValueError as wrong:
            known = ", ".join(sandbox.Language)
            raise ToolError(f"the language must be one of: {known}") from wrong
        program = sandbox.SourceFile("main", arguments["code"])
        ended = sandbox.run(
            sandbox.Job(language=language, files=(program,)), sandbox.examine(), cancel
        )
        if isinstance(ended, sandbox.NotRun):
            raise ToolError(f"not run: {filled(ended.why, Lang.EN, str)}")
        parts = [f"exit status {ended.exit}" if ended.signal is None else f"signal {ended.signal}"]
        parts += [f"ended by the limit of {limit}" for limit in ended.limits]
        parts += [f"stdout:\n{ended.stdout}"] if ended.stdout else []
        parts += [f"stderr:\n{ended.stderr}"] if ended.stderr else []
        return "\n".join(parts)

    return job(
        "run_code",
        "Runs a program in a sandbox without network or files, and returns what it prints.",
        {"language": "python, javascript, c, c++, shell or sql", "code": "the whole program"},
        run,
    )


def notes_search(path: Path) -> Job:
    """The user's own documents, in the database at ``path``."""

    def run(arguments: dict[str, str], cancel: Cancel) -> str:
        from assistant.notes.notes import open_notes
        from assistant.notes.quoting import quoted

        query = arguments["query"].strip()
        if not query or len(query) > QUERY:
            raise ToolError(f"the query must have 1 to {QUERY} characters")
        with open_notes(path, make=False) as notes:
            question, why = _meant(notes, query, cancel)
            return why + (quoted(notes.search(query, PASSAGES, question)) or "nothing found")

    return job(
        "search_notes",
        "Searches the user's own documents; the result quotes file and line.",
        {"query": "what to look for, in words"},
        run,
    )


def _meant(notes: Notes, query: str, cancel: Cancel) -> tuple[Question | None, str]:
    """The query by its meaning, where a model has read the notes; else why it cannot be had."""
    from assistant import paths
    from assistant.notes.asking import meant
    from assistant.settings import read_settings
    from runtimes.errors import RuntimeFailure

    try:
        name = read_settings(paths.settings_file()).embedding_model
        return (meant(notes, name, query, lambda _: None, cancel) if name else None), ""
    except RuntimeFailure as failure:
        if cancel.is_set():
            raise ToolError("stopped") from failure
        return None, f"(searched by words only: {filled(failure.message, Lang.EN, str)})\n"


def offered(pool: Pool, notes: Path) -> tuple[Job, ...]:
    """All of them; the notes only where there are any."""
    jobs = [calculator(pool), units(pool), run_code()]
    return (*jobs, notes_search(notes)) if notes.exists() else tuple(jobs)
