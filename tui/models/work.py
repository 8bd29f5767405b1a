"""What can be done to a model, as work for ``jobs``, and the forecasts that follow a slider."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant import fetch, filecheck, loader, paths, removal
from assistant.forecast import Known, known, measured_text, planned
from runtimes.base import Cancel, Model
from runtimes.errors import DoesNotFit, RuntimeFailure
from runtimes.memory import Needs, measurements, needs_of, plan_parts
from runtimes.memory.planning import IN_PROCESS
from runtimes.plans import remote_plan
from runtimes.store import PullProgress, Store
from runtimes.store.types import bytes_text
from runtimes.texts import Text
from runtimes.types import Fit, Machine, MemoryPlan, ModelSpec, OllamaSource, ServerSource, Wish
from tui.models.jobs import Job, Work, fault

PULLED = Text("{0} is on this disk", "{0} 已在本机")
REMOVED = Text("{0} is removed", "已删除 {0}")
FREED = Text("{0} is removed, {1} are free again", "已删除 {0}，释放 {1}")
LOADED = Text("{0} is loaded and answers in the chat", "{0} 已加载，将在对话中回答")
READING = Text("reading {0}", "正在读取 {0}")


def pulling(name: str, *, offline: bool) -> Work:
    """Bring it."""

    def work(job: Job, moved: Callable[[], object]) -> Text:
        def progress(so_far: PullProgress) -> None:
            job.done, job.total, job.speed = so_far.done, so_far.total, so_far.speed
            job.note = fetch.STAGES[so_far.stage]
            moved()

        spec = loader.find_spec(name)
        nothing = fetch.nothing_to_fetch(spec)
        fetch.fetch(spec, progress, job.cancel, offline=offline)
        return nothing or PULLED.of(name)

    return work


def verifying(name: str) -> Work:
    """Read all of its files again."""

    def work(job: Job, moved: Callable[[], object]) -> Text:
        def progress(file: str, done: int, total: int) -> None:
            job.done, job.total, job.note = done, total, READING.of(file)
            moved()

        store = Store(paths.models_folder(), offline=True)
        spec = loader.find_spec(name)
        files = list(store.verify(spec, progress, job.cancel))
        bad = [file for file in files if file.state not in filecheck.FINE]
        unknown = any(file.state.name == "UNKNOWN" for file in files)
        said = filecheck.summary(len(files), len(bad), all_known=not unknown)
        if bad:
            raise RuntimeFailure(said, filecheck.repair(bad[0], store).of(name))
        return said

    return work


def taking_away(name: str) -> Work:
    """Remove its files."""

    def work(job: Job, moved: Callable[[], object]) -> Text:
        del job, moved
        task = removal.removing(loader.find_spec(name))
        task.remove()
        return FREED.of(name, bytes_text(task.size)) if task.size else REMOVED.of(name)

    return work


def loading(name: str, load: Callable[[Cancel], Model]) -> Work:
    """Have it answer: ``load`` does it, and raises ``RuntimeFailure``."""

    def work(job: Job, moved: Callable[[], object]) -> Text | None:
        job.fraction = 0.0
        moved()
        try:
            load(job.cancel)
        except DoesNotFit as failure:
            if failure.plan is not None and failure.plan.because:
                raise RuntimeFailure(failure.plan.because[0], _nearest(failure.plan)) from failure
            raise
        return None if job.cancel.is_set() else LOADED.of(name)

    return work


def _nearest(plan: MemoryPlan) -> Text | None:
    return plan.nearest[0] if plan.nearest else None


@dataclass(frozen=True, slots=True)
class Question:
    """Would this model fit so?"""

    spec: ModelSpec
    wish: Wish


@dataclass(frozen=True, slots=True)
class Answer:
    """The plan for a question, or why there is none; ``trained`` is the largest window of the
    model (0: nobody knows), ``measured`` what it really took when it was loaded last."""

    question: Question
    plan: MemoryPlan | None = None
    trained: int = 0
    measured: Text | None = None
    failure: RuntimeFailure | None = None


@dataclass(slots=True)
class _Read:
    """A model whose headers were read."""

    known: Known
    needs: Needs | None


@dataclass(slots=True)
class Forecaster:
    """Answers the newest question and forgets those before it; ``tell`` hears the answers, in
    the forecaster's thread.  No server and no hub is asked."""

    machine: Machine
    tell: Callable[[Answer], object]
    _read: dict[str, _Read] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _next: Question | None = None
    _busy: bool = False

    def ask(self, question: Question) -> None:
        """Answer it as soon as may be, unless another one comes."""
        with self._lock:
            self._next = question
            if self._busy:
                return
            self._busy = True
        threading.Thread(target=self._run, name="forecast", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._lock:
                question, self._next = self._next, None
                if question is None:
                    self._busy = False
                    return
            self.tell(self.answer(question))

    def answer(self, question: Question) -> Answer:
        """The answer, now."""
        try:
            return self._answer(question)
        except Exception as wrong:  # noqa: BLE001 - shown; the app goes on
            return Answer(question, failure=fault(wrong))

    def _answer(self, question: Question) -> Answer:
        spec, wish = question.spec, question.wish
        window = spec.shape.context if spec.shape else 0
        if isinstance(spec.source, OllamaSource | ServerSource):
            return Answer(question, remote_plan(wish, window), window)
        read = self._reading(spec)
        if read.needs is None:
            return Answer(question, planned(read.known, self.machine, wish), window)
        plan = plan_parts(read.needs, self.machine, wish)
        if plan.fit is Fit.NO:
            plan = planned(read.known, self.machine, wish)
        notes = measurements(paths.state_folder(), spec.id)
        measured = measured_text(notes[-1]) if notes else None
        return Answer(question, plan, read.needs.trained, measured)

    def _reading(self, spec: ModelSpec) -> _Read:
        if spec.id not in self._read:
            found = known(spec, offline=True)
            needs = None
            if spec.runtime in IN_PROCESS:
                needs = needs_of(found.spec, self.machine, found.files)
            self._read[spec.id] = _Read(found, needs)
        return self._read[spec.id]

    def forget(self) -> None:
        """What was read of models; the disk has changed."""
        self._read.clear()


def windows(trained: int) -> tuple[int, ...]:
    """The windows that a slider stops at, in tokens: powers of two and the middle between them,
    up to the one that the model was trained for."""
    steps = [size for n in range(9, 23) for size in (1 << n, 3 << (n - 1)) if size < trained]
    return (*steps, trained) if trained else ()
