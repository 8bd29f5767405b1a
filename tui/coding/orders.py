"""From what stands in the fields of the code screen to what is to be done."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.coding.naming import asked_language, default_name, guess_language
from assistant.coding.owntests import own_tests
from assistant.coding.repair import CodeTask
from assistant.coding.sandbox.types import Job, Language, SourceFile
from assistant.coding.types import Brief, Code, CodeReport, Effort, Failed, Undecided
from runtimes.texts import Lang
from tui.coding.work import Run, Trace, Write
from tui.widgets.code_parts import CodeParts

EFFORT = Effort(types=True, mutants=5.0)


@dataclass(slots=True)
class Orders:
    """``chosen`` is the language that the user has chosen; ``model_tests`` are the tests that a
    model has put into the field, ``theirs`` what those mean that it has put beside the code: they
    count as its own until somebody changes them."""

    chosen: Language | None = None
    model_tests: str = ""
    theirs: frozenset[str] = frozenset()

    def opened(self, language: Language | None) -> None:
        """A file of the user's, of this language as its name says, has come into the field."""
        self.chosen = language or self.chosen
        self.theirs = frozenset()

    def wrote(self, task: CodeTask, report: CodeReport) -> None:
        """A model has written this version of the code."""
        if report.code.language is Language.PYTHON:
            before = task.original.text if task.original is not None else ""
            users = own_tests(before, task.theirs).meanings
            self.theirs |= own_tests(report.code.program.text).meanings - users

    def language(self, parts: CodeParts) -> Language:
        """As was chosen, else as the task or the code says."""
        task, code = parts.text("task"), parts.text("code")
        return self.chosen or asked_language(task) or guess_language(code) or Language.PYTHON

    def name(self, parts: CodeParts) -> str:
        """Of a file with the code."""
        return default_name(self.language(parts))

    def write(self, parts: CodeParts, lang: Lang, *, run: bool) -> Write:
        """The model writes the code, or mends what stands in the field."""
        code = parts.text("code")
        return Write(
            CodeTask(
                text=parts.text("task").strip(),
                brief=self._brief(parts),
                lang=lang,
                original=self._file(parts) if code.strip() else None,
                theirs=self.theirs,
                run=run,
                effort=EFFORT,
            )
        )

    def run(self, parts: CodeParts, *, loose: bool) -> Run:
        """What stands in the field is run and tested."""
        code = Code(self.language(parts), (self._file(parts),))
        brief = self._brief(parts)
        if code.language is Language.PYTHON:
            brief = replace(brief, own_tests=own_tests(code.program.text, self.theirs).text)
        return Run(code=code, brief=brief, effort=EFFORT, loose=loose)

    def trace(self, parts: CodeParts, call: str) -> Trace:
        """It is run with its values written down, or one call of it is."""
        return Trace(Job(language=self.language(parts), files=(self._file(parts),)), call)

    def _file(self, parts: CodeParts) -> SourceFile:
        return SourceFile(self.name(parts), parts.text("code"))

    def _brief(self, parts: CodeParts) -> Brief:
        tests = parts.text("tests").strip()
        own = bool(tests) and tests == self.model_tests.strip()
        return Brief(
            question=parts.text("task"),
            language=self.chosen,
            user_tests="" if own else tests,
            model_tests=tests if own else "",
        )


def failing_call(report: CodeReport) -> str:
    """The call of the smallest failing example; empty where there is none."""
    match report.verdict:
        case Failed(_, _, _, failure) if failure.call.endswith(")"):
            return failure.call
        case _:
            return ""


def unheld(report: CodeReport) -> bool:
    """Was nothing run, because this machine cannot hold it?"""
    return isinstance(report.verdict, Undecided) and report.verdict.isolation
