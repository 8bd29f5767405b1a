"""What the user has chosen for each model of the list: its form, its window, its KV cache."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.fetch import nothing_to_fetch
from runtimes.catalog import Catalog
from runtimes.errors import RuntimeFailure
from runtimes.types import FileSource, HubSource, KvType, ModelSpec, OllamaSource, Wish
from tui.widgets.modelrows import Item

if TYPE_CHECKING:
    from tui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A model of the list as it would be used.

    ``name`` is that of its form; ``spec`` is ``None`` where the name means nothing; ``form`` is
    the number of its form, of so many; ``here`` says that this form is on the disk.
    """

    item: Item
    name: str
    spec: ModelSpec | None
    form: tuple[int, int]
    here: bool
    wish: Wish

    @property
    def ready(self) -> bool:
        """Could it be loaded now?"""
        spec = self.spec
        if spec is None:
            return False
        at_ollama = isinstance(spec.source, OllamaSource)  # its server knows whether it has it
        return self.here or at_ollama or nothing_to_fetch(spec) is not None

    @property
    def fetchable(self) -> bool:
        """Can it be brought?"""
        return self.spec is not None and not self.here and nothing_to_fetch(self.spec) is None

    @property
    def removable(self) -> bool:
        """Are there files that can be removed?"""
        return self.spec is not None and self.here and isinstance(self.spec.source, HubSource)


@dataclass(slots=True)
class Choices:
    """By the name of the line."""

    _forms: dict[str, int] = field(default_factory=dict)
    _wishes: dict[str, Wish] = field(default_factory=dict)

    def of(self, item: Item, catalog: Catalog) -> Chosen:
        """What was chosen for a line."""
        wish = self._wishes.get(item.name, Wish())
        if item.row is None:
            try:
                spec = catalog.find(item.name)
            except RuntimeFailure:
                spec = None
            return Chosen(item=item, name=item.name, spec=spec, form=(1, 1), here=True, wish=wish)
        entry, variants = item.row.entry, item.row.entry.variants
        first = variants.index(item.row.variant)
        at = self._forms.get(item.name, 0) % len(variants)
        variant = variants[(first + at) % len(variants)]
        name = entry.id if variant.name == entry.default else f"{entry.id}:{variant.name}"
        return Chosen(
            item=item,
            name=name,
            spec=entry.spec(variant),
            form=(at + 1, len(variants)),
            here=variant.name in item.row.here,
            wish=wish,
        )

    def take_context(self, item: Item, tokens: int | None) -> None:
        """Another window."""
        self._wishes[item.name] = replace(self._wishes.get(item.name, Wish()), context=tokens)

    def take_kv(self, item: Item, kind: KvType | None) -> None:
        """Another KV cache."""
        self._wishes[item.name] = replace(self._wishes.get(item.name, Wish()), kv_type=kind)

    def next_form(self, item: Item) -> None:
        """The next form."""
        self._forms[item.name] = self._forms.get(item.name, 0) + 1

    def allows(self, action: str, chosen: Chosen, desk: Desk) -> bool:
        """Can this be done to it?"""
        spec = chosen.spec
        mine = desk.model_name == chosen.name
        loaded = mine and desk.loaded is not None
        as_is = mine and desk.wishes.get(chosen.name, Wish()) == chosen.wish
        match action:
            case "pull":
                return chosen.fetchable
            case "chat":
                return chosen.ready and not as_is
            case "load":
                return chosen.ready and not (loaded and as_is)
            case "unload":
                return loaded
            case "verify":
                return chosen.here and spec is not None
            case "remove":
                return chosen.removable or chosen.item.own
            case "default":
                return spec is not None
            case "form":
                return chosen.form[1] > 1
            case "context" | "kv" | "usual":
                return spec is not None and isinstance(spec.source, HubSource | FileSource)
        return True
