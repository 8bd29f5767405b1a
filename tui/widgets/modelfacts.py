"""The model that the cursor is on: what it is, whether it fits, why, and the choices of memory."""

from __future__ import annotations

from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.fetch import licence_line
from assistant.forecast import VERDICTS
from runtimes.texts import Lang, Text
from runtimes.types import Fit, KvType, Machine, ModelSpec
from tui.keyboard.keys import key_of
from tui.models.work import Answer, windows
from tui.remedies import in_app, with_remedy
from tui.rendering.plain import joined, lead, seam
from tui.widgets.memorybar import MemoryBar
from tui.widgets.modelrows import Item
from tui.widgets.slider import ContextSlider
from tui.words import one_line, say

REASONING = Text("reckoning…", "正在估算……")
KV_CACHE = Text("KV cache", "KV 缓存")
USUAL = Text("auto", "自动")
INSTEAD = Text("would fit: {0}", "可行：{0}")
TAKE = Text("recommended here", "推荐")
FORM = Text("{2} (form {0} of {1})", "{2}（格式 {0}/{1}）")
KV_TYPES: tuple[KvType | None, ...] = (None, *KvType)


class KvChoice(Static):
    """The types of the KV cache, and the one that is chosen; a click takes the next."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(classes="kv", markup=False)
        self._lang = lang
        self._shown: tuple[KvType | None, KvType] | None = None

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._lang = lang
        if self._shown is not None:
            self.show(*self._shown)

    def show(self, chosen: KvType | None, planned: KvType) -> None:
        """Draw the choice; ``planned`` is what it comes to."""
        self._shown = chosen, planned
        parts: list[str | tuple[str, str]] = [KV_CACHE.template(self._lang)]
        for kind in KV_TYPES:
            name = USUAL.template(self._lang) if kind is None else kind.value
            if kind is None and chosen is None:
                name += f" {planned.value}"
            taken = kind is chosen
            parts.append((f" [{name}]" if taken else f" {name}", "bold" if taken else "dim"))
        self.update(Content.assemble(*parts))

    async def on_click(self, event: events.Click) -> None:
        """The next one."""
        event.stop()
        await self.run_action("screen.kv")


class ModelFacts(VerticalScroll):
    """Draws a model with its forecast."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="facts")
        self._lang = lang

    def use_language(self, lang: Lang) -> None:
        """In this one from the next ``show`` on."""
        self._lang = lang

    def compose(self) -> ComposeResult:
        """From the name down to the reasons."""
        yield Static(classes="title", markup=False)
        yield Static(classes="verdict", markup=False)
        yield ContextSlider(self._lang)
        yield KvChoice(self._lang)
        yield MemoryBar(self._lang)
        yield Static(classes="why", markup=False)

    @property
    def slider(self) -> ContextSlider:
        """The slider."""
        return self.query_one(ContextSlider)

    def _line(self, name: str) -> Static:
        return self.query_one(f".{name}", Static)

    def show(
        self, item: Item, spec: ModelSpec | None, form: tuple[int, int], *, advised: bool
    ) -> None:
        """A model, before its forecast is here; ``form`` is the number of its form, of so many;
        ``advised``: it is the one to take on this machine."""
        lang = self._lang
        told = [spec.title if spec is not None else item.name]
        if spec is not None:
            kind = spec.quantisation
            told.append(say(FORM.of(*form, kind), lang) if form[1] > 1 else kind)
            told += [spec.runtime, "" if spec.licence is None else spec.licence.name]
        told += [TAKE.template(lang)] if advised else []
        self._line("title").update(Content(joined(one_line(text, 80) for text in told)))
        self._line("verdict").update(Content.styled(REASONING.template(lang), "$text-muted"))
        self._line("why").update(Content(self._about(item, spec)))

    def _about(self, item: Item, spec: ModelSpec | None) -> str:
        lang, entry = self._lang, item.entry
        told = []
        if entry is not None:
            told += [say(text, lang) for text in (entry.good_for, entry.needs) if text is not None]
        if spec is not None and (licence := licence_line(spec, lang)):
            told.append(licence)
        return "\n".join(lead("·") + text for text in told)

    def forecast(
        self, item: Item, answer: Answer, machine: Machine, wish: tuple[int | None, KvType | None]
    ) -> None:
        """Its forecast; ``wish`` is the window and the KV type that were chosen."""
        lang, plan = self._lang, answer.plan
        about = self._about(item, answer.question.spec)
        self.query_one(MemoryBar).show(plan, machine)
        kv = self.query_one(KvChoice)
        kv.display = plan is not None and bool(plan.placements)
        if plan is None:
            self.slider.show((), 0, chosen=False)
            told = Content("")
            if answer.failure is not None:
                trouble = with_remedy(answer.failure, self.app, en=seam(), zh=seam())
                told = Content.assemble((lead("?"), "$text-warning"), say(trouble, lang))
            self._line("verdict").update(told)
            self._line("why").update(Content(about))
            return
        kv.show(wish[1], plan.kv_type)
        steps = windows(answer.trained) if plan.fit is not Fit.REMOTE else ()
        self.slider.show(steps, wish[0] or plan.context, chosen=wish[0] is not None)
        style = "$text-error" if plan.fit is Fit.NO else "$text-success"
        sign = lead("!") if plan.fit is Fit.NO else ""  # a forecast wears no check mark
        head, *rest = [say(self._here(text), lang) for text in plan.because] or [""]
        verdict = VERDICTS[plan.fit].template(lang)
        if head and self.screen.has_class("-low") and plan.fit is not Fit.NO:
            head, rest = "", [head, *rest]  # there is little room above the bar
        self._line("verdict").update(
            Content.assemble((f"{sign}{verdict}", style), f"{seam()}{head}" if head else "")
        )
        rest += [say(answer.measured, lang)] if answer.measured is not None else []
        near = (say(self._here(text), lang) for text in plan.nearest)
        lines = [*rest, *(say(INSTEAD.of(text), lang) for text in near)]
        why = "\n".join(lead("·") + line for line in lines)
        self._line("why").update(Content("\n".join(part for part in (why, about) if part)))

    def _here(self, text: Text) -> Text:
        """With the keys of this screen for what a shell has options for."""
        return in_app(text, partial(key_of, self.app), on="app.models")
