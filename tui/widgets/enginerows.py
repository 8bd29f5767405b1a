"""The engines, what each says of itself, and what to do about those that do not work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from assistant.doctor.findings import Finding, Level
from assistant.probing import TITLES
from runtimes.texts import Lang, Text
from runtimes.types import Availability
from tui.rendering.plain import lead
from tui.widgets.rowlist import RowList
from tui.words import one_line, say

READY = Text("ready", "可用")
NOT_READY = Text("not here", "不可用")
LOOKING = Text("looking at the engines…", "正在查看引擎……")
NOT_ASKED = Text("not asked: offline", "离线：未询问")
SIGNS = {
    Level.OK: ("●", "$text-success"),
    Level.NOTE: ("·", "$text-muted"),
    Level.WARNING: ("!", "$text-warning"),
    Level.PROBLEM: ("!!", "$text-error"),
}
LEVELS = {
    Level.OK: Text("fine:", "正常："),
    Level.NOTE: Text("note:", "提示："),
    Level.WARNING: Text("warning:", "注意："),
    Level.PROBLEM: Text("problem:", "问题："),
}
"""The same in words, for a screen reader."""
TRY = Text("try:", "建议：")
ABSENT = ("○", "$text-error")
"""No check marks: those are for steps that were proved."""


class EngineRows(RowList):
    """An engine, or a finding of the examination, is a row of a few lines."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="engines", compact=True)
        self._lang = lang
        self._remedies: list[Text | None] = []
        self._states: Mapping[str, Availability | None] = {}
        self._findings: Sequence[Finding] = ()

    def on_mount(self) -> None:
        """Until they are known."""
        self.add_option(Option(Content(LOOKING.template(self._lang)), disabled=True))

    def use_language(self, lang: Lang) -> None:
        """Draw them in this one."""
        self._lang = lang
        if self.known or self._findings:
            self._draw()
        elif self.option_count:
            self.replace_option_prompt_at_index(0, Content(LOOKING.template(lang)))

    @property
    def known(self) -> bool:
        """Have they been asked?"""
        return bool(self._states)

    @property
    def remedy(self) -> str:
        """What to do about the one that the cursor is on; empty where there is nothing."""
        at = self.highlighted
        remedy = self._remedies[at] if at is not None and at < len(self._remedies) else None
        return say(remedy, self._lang) if remedy is not None else ""

    def show(self, states: Mapping[str, Availability | None]) -> None:
        """The engines; ``None`` is one that must not be asked."""
        self._states = states
        self._draw()

    def found(self, findings: Sequence[Finding]) -> None:
        """What the examination has found so far."""
        self._findings = findings
        self._draw()

    def _draw(self) -> None:
        at = self.highlighted
        prompts = [self._engine(name, state) for name, state in self._states.items()]
        prompts += [self._finding(finding) for finding in self._findings]
        self._remedies = [state.remedy if state else None for state in self._states.values()]
        self._remedies += [finding.remedy for finding in self._findings]
        self.set_options([Option(prompt) for prompt in prompts])
        self.highlighted = min(at or 0, len(prompts) - 1) if prompts else None

    def _engine(self, name: str, state: Availability | None) -> Content:
        lang = self._lang
        title = TITLES[name].template(lang) if name in TITLES else ""
        if state is None:
            told = f"{lead('·')}{name}  {NOT_ASKED.template(lang)}  {title}"
            return Content.styled(told, "$text-muted")
        word = (READY if state.ready else NOT_READY).template(lang)
        level = Level.OK if state.remedy is None else Level.WARNING  # it could be better
        sign, style = SIGNS[level] if state.ready else ABSENT
        version = f"  {one_line(state.version, 60)}" if state.version else ""
        lines: list[str | tuple[str, str]] = [(f"{lead(sign)}{name}  {word}", style), version]
        lines.append((f"  {title}", "$text-muted"))
        if state.detail is not None:
            lines.append(f"\n   {say(state.detail, lang)}")
        if state.remedy is not None:
            lines.append(self._remedy(state.remedy))
        return Content.assemble(*lines)

    def _finding(self, finding: Finding) -> Content:
        sign, style = SIGNS[finding.level]
        word = LEVELS[finding.level].template(self._lang)
        about = f"{finding.about.template(self._lang)}{'：' if self._lang is Lang.ZH else ': '}"
        lines: list[str | tuple[str, str]] = [(lead(sign, word), style), about]
        lines.append(say(finding.text, self._lang))
        if finding.remedy is not None:
            lines.append(self._remedy(finding.remedy))
        return Content.assemble(*lines)

    def _remedy(self, remedy: Text) -> tuple[str, str]:
        sign = lead("→", TRY.template(self._lang))
        return f"\n   {sign}{say(remedy, self._lang)}", "$text-accent"
