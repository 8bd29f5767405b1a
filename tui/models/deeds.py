"""What is done to models from the screens: each deed asks first where it should, works aside, and
tells what came of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from assistant import loader, modelchoice, paths, removal
from assistant.overview import overview
from runtimes.base import Cancel, Model
from runtimes.errors import RuntimeFailure
from runtimes.store.types import bytes_text
from runtimes.texts import Text
from runtimes.types import Wish
from tui.messages import EnginesSeen, JobMoved, Loading, ModelsSeen, Told
from tui.models.jobs import Job, Task, Work, fault
from tui.models.work import PULLED, loading, pulling, taking_away, verifying
from tui.remedies import with_remedy
from tui.rooms import ROOMS
from tui.widgets.asking import AddModel, YesNo
from tui.words import joined

if TYPE_CHECKING:
    from assistant.doctor.findings import Finding
    from tui.app import AssistantApp
    from tui.models.chosen import Chosen

ONE_AT_A_TIME = Text("{0} goes on; stop it first", "{0} 的任务仍在进行，请先停止")
PULL_FIRST = Text("pull it first: {0}", "请先下载：{0}")
BUSY = Text("an answer is being written; stop it first", "正在回答，请先停止")
USED = Text("{0} answers in the chat from now on", "此后对话由 {0} 回答")
DEFAULT = Text("the default model is {0}", "默认模型是 {0}")
UNLOADED = Text("{0} is unloaded", "已卸载 {0}")
ADDED = Text("added as {0}", "已添加为 {0}")
TAKEN_OUT = Text("{0} is no longer in the catalogue", "已从目录中移除 {0}")
TAKE_OUT = Text("Take {0} out of the catalogue?", "从目录中移除 {0}？")
REMOVE = Text("Remove {0} from this disk?", "从本机删除 {0}？")
FREES = Text("That frees {0}.", "将释放 {0}。")
ALSO = Text("With it goes {0} (the same files).", "使用相同文件的 {0} 也会一并删除。")
READY = Text("{0} is on this disk and answers in the chat", "{0} 已在本机，将在对话中回答")
EXAMINED = Text("this machine is examined", "本机检查完毕")


class Deeds:
    """For one screen, which hears ``ModelsSeen`` and ``EnginesSeen`` by ``post``."""

    def __init__(self, app: AssistantApp, post: Callable[[Message], object]) -> None:
        self._app = app
        self._post = post

    @property
    def offline(self) -> bool:
        """Must no socket be opened?"""
        return paths.offline(self._app.desk.setup.offline)

    # --- looking -------------------------------------------------------------------------------

    def look(self) -> None:
        """What models there are."""
        self.aside(lambda: None)

    def aside(self, work: Callable[[], Text | None], *, at: str = "") -> None:
        """Do something short in a thread of its own, tell what came of it, and look again;
        ``at``: the model that it is done to, for the cursor to go to."""

        def run() -> None:
            said = None
            try:
                said = work()
                if said is not None:
                    self._app.post_message(Told(said))
            except Exception as wrong:  # noqa: BLE001 - shown; the app goes on
                self.complain(fault(wrong))
            try:
                self._post(ModelsSeen(overview(), done=said is not None, at=at))
            except Exception as wrong:  # noqa: BLE001 - the same
                self._post(ModelsSeen(None, fault(wrong)))

        threading.Thread(target=run, name="models", daemon=True).start()

    def look_at_engines(self) -> None:
        """What the engines say of themselves; offline, a server is not asked."""
        offline = self.offline

        def look() -> None:
            from assistant.probing import probed
            from runtimes.registry import ADAPTERS

            asked = tuple(name for name in ADAPTERS if not (offline and name == "ollama"))
            try:
                states = probed(asked)
            except Exception as wrong:  # noqa: BLE001 - shown; the app goes on
                self.complain(fault(wrong))
                return
            self._post(EnginesSeen({name: states.get(name) for name in ADAPTERS}))

        threading.Thread(target=look, name="engines", daemon=True).start()

    # --- jobs ----------------------------------------------------------------------------------

    def start(self, task: Task, name: str, work: Work) -> bool:
        """Begin a job; ``False`` where one runs already, which is told."""
        jobs = self._app.jobs
        job = jobs.start(task, name, work)
        if job is None:
            running = jobs.running
            self.tell(ONE_AT_A_TIME.of(running.name if running is not None else ""))
            return False
        self._post(JobMoved(job))
        return True

    def pull(self, name: str) -> bool:
        """Bring it."""
        return self.start(Task.PULL, name, pulling(name, offline=self.offline))

    def pull_first(self, name: str) -> bool:
        """Bring it, mean it from then on, and let it answer, whatever screen is shown then."""
        app, bring = self._app, pulling(name, offline=self.offline)

        def work(job: Job, moved: Callable[[], object]) -> Text | None:
            bring(job, moved)
            said = PULLED.of(name)
            try:
                modelchoice.set_default(name)
            except RuntimeFailure as failure:  # it is here all the same
                self.complain(failure)
            if not self.answering:
                self._take(name, Wish())
                said = READY.of(name)
            app.post_message(Told(said))
            app.post_message(Loading(1.0))  # the chat names its model
            return said

        return self.start(Task.PULL, name, work)

    def verify(self, name: str) -> None:
        """Read its files again."""
        self.start(Task.VERIFY, name, verifying(name))

    def load(self, name: str, wish: Wish) -> None:
        """Load it, in the memory that was chosen."""
        desk = self._app.desk

        def load(cancel: Cancel) -> Model:
            self._take(name, wish)
            return desk.means().model(cancel, desk.options.samples)

        if not self._hindered():
            self.start(Task.LOAD, name, loading(name, load))

    def examine(self, found: list[Finding]) -> None:
        """What the doctor finds, as it finds it."""
        offline = self.offline

        def work(job: Job, moved: Callable[[], object]) -> Text | None:
            from assistant.doctor.examination import examine
            from assistant.probing import try_engine

            for finding in examine(try_engine, offline=offline):
                if job.cancel.is_set():
                    return None
                found.append(finding)
                moved()
            return EXAMINED

        self.start(Task.EXAMINE, "", work)

    # --- short deeds ---------------------------------------------------------------------------

    def unload(self) -> None:
        """Give the memory back."""
        desk = self._app.desk

        def work() -> Text:
            desk.unload()
            return UNLOADED.of(desk.model_name)

        if not self._hindered():
            self.aside(work)

    def use(self, chosen: Chosen) -> None:
        """Let it answer in the chat from now on."""
        name, wish = chosen.name, chosen.wish
        if not chosen.ready:
            self.tell(PULL_FIRST.of(name))
            return

        def work() -> Text:
            self._take(name, wish)
            return USED.of(name)

        if not self._hindered():
            self.aside(work)

    def take(self, name: str, *, lasting: bool) -> None:
        """The same for a model that is known to be ready; ``lasting``: it is the default too."""

        def work() -> Text:
            if lasting:
                modelchoice.set_default(name)
            self._take(name, Wish())
            return USED.of(name)

        if not self._hindered():
            self.aside(work)

    def _take(self, name: str, wish: Wish) -> None:
        desk = self._app.desk
        if desk.model_name != name or desk.wishes.get(name, Wish()) != wish:
            desk.wishes[name] = wish
            desk.use_model(name)

    def make_default(self, name: str) -> None:
        """Mean it where no model is named."""
        self.aside(lambda: DEFAULT.of(modelchoice.set_default(name)))

    def add(self) -> None:
        """Ask for one of the user's own."""

        def added(name: str | None) -> None:
            if name is not None:
                self.aside(lambda: ADDED.of(name), at=name)

        def add(source: str, own: str) -> str:
            return modelchoice.add(source, own)[0].id

        self._app.push_screen(AddModel(add), added)

    def remove(self, chosen: Chosen) -> None:
        """Ask, and remove its files; of an own model without files, its entry."""
        if not self._hindered():
            work = self._remove(chosen) if chosen.removable else self._take_out(chosen.item.name)
            self._app.run_worker(work)

    async def _take_out(self, name: str) -> None:
        if await self._app.push_screen_wait(YesNo(TAKE_OUT.of(name))):
            self.aside(lambda: TAKEN_OUT.of(modelchoice.take_out(name).name))

    async def _remove(self, chosen: Chosen) -> None:
        name, desk = chosen.name, self._app.desk
        try:
            task = await asyncio.to_thread(lambda: removal.removing(loader.find_spec(name)))
        except RuntimeFailure as failure:
            self.complain(failure)
            return
        lines = [REMOVE.of(name)]
        lines += [FREES.of(bytes_text(task.size))] if task.size else []
        lines += [ALSO.of(", ".join(task.others))] if task.others else []
        if await self._app.push_screen_wait(YesNo(joined(*lines, en=" ", zh=""))):
            if desk.model_name == name and desk.loaded is not None:
                await asyncio.to_thread(desk.unload)
            self.start(Task.REMOVE, name, taking_away(name))

    # --- words ---------------------------------------------------------------------------------

    def _hindered(self) -> bool:
        """Is an answer being written, or a model being loaded?  Then the model must stay, which
        is told."""
        job = self._app.jobs.running
        if job is not None and job.task is Task.LOAD:
            self.tell(ONE_AT_A_TIME.of(job.name))
            return True
        if self.answering:
            self.tell(BUSY)
        return self.answering

    @property
    def answering(self) -> bool:
        """Is an answer being written on some screen?"""
        for room in ROOMS:
            try:
                screens = self._app.get_screen_stack(room.name)
            except KeyError:
                continue
            if any(getattr(getattr(screen, "turns", None), "busy", False) for screen in screens):
                return True
        return False

    def tell(self, text: Text) -> None:
        """Say it."""
        self._app.tell(text)

    def complain(self, failure: RuntimeFailure) -> None:
        """A failure with its remedy, from any thread."""
        self._app.post_message(Told(with_remedy(failure, self._app), wrong=True))
