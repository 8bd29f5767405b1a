"""The catalogue: the models that ship, with what the user's own file adds or says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import runtimes
from runtimes.catalog import names
from runtimes.catalog.entries import Entry, Origin
from runtimes.catalog.reading import read_entry, read_licence
from runtimes.errors import Damaged, NotFound
from runtimes.reasons import because_of
from runtimes.tables import Table, merged, read_toml
from runtimes.texts import Text
from runtimes.types import ModelSpec

MAX_ENTRIES = 2000
MOST_LIKE = 6
"""Names that are offered where one is only begun."""
INHERITED = frozenset(
    "licence publisher template languages good_for needs math500 shape sampling".split()
)
"""What an entry takes from the one that it is like."""
_DEPTH = 4
"""``model``, its id, a table of it, a variant: below that a value is replaced as a whole."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Models by their names, in the order of the file."""

    entries: tuple[Entry, ...]

    def get(self, name: str) -> Entry | None:
        """The entry with this id."""
        wanted = name.casefold()
        return next((entry for entry in self.entries if entry.id == wanted), None)

    def find(self, name: str) -> ModelSpec:
        """What a name means: ``ID``, ``ID:variant``, ``hf:org/repo[:file]``, ``file:PATH``,
        ``ollama:NAME``, ``server:URL#NAME`` or ``scripted:FILE``.

        ``file:`` looks at the disk, nothing else does.  Raises ``NotFound`` with near matches
        for a name that means nothing, ``Damaged`` for a file that is no model.
        """
        name = name.strip()
        if (spec := names.outside(name, self.entries)) is not None:
            return spec
        head, _, form = name.partition(":")
        entry = self.get(head)
        if entry is None:
            raise self._unknown(name, head)
        variant = entry.variant(form)
        if variant is None or name.endswith(":"):
            listed = ", ".join(variant.name for variant in entry.variants)
            raise NotFound(
                Text("{0} has no variant “{1}”", "{0} 没有变体“{1}”", (entry.id, form[:80])),
                Text("one of its variants: {0}", "其变体之一：{0}", (listed,)),
            )
        return entry.spec(variant)

    def _unknown(self, name: str, head: str) -> NotFound:
        message = Text(
            "there is no model “{0}” in the catalogue", "目录中没有模型“{0}”", (name[:80],)
        )
        if (meant := names.meant(name)) is not None:
            return NotFound(message, Text("{0}", "{0}", (meant,)))
        ids, asked = [entry.id for entry in self.entries], head[:80].casefold()
        begun = [one for one in ids if asked and one.startswith(asked)]
        near = begun[:MOST_LIKE] or get_close_matches(asked, ids, 3, 0.5)
        if near:
            listed = ", ".join(near)
            return NotFound(message, Text("one like it: {0}", "相近的模型：{0}", (listed,)))
        return NotFound(
            message,
            Text("assistant models, which lists them", "用 assistant models 查看目录"),
        )


def load_catalog(overlay: Path | None = None) -> Catalog:
    """The shipped catalogue, under the user's own file where there is one.

    The overlay adds entries, or says single keys of a shipped one otherwise.  Raises
    ``Damaged`` with file, table and key for whatever is wrong in either.
    """
    if overlay is None:
        return _read({}, None)
    try:
        values = read_toml(overlay)
    except FileNotFoundError:
        values = {}
    except OSError as wrong:
        raise Damaged(
            because_of(wrong, Text("{0} cannot be read: {1}", "无法读取 {0}：{1}"), str(overlay)),
            Text("correct its permissions", "请检查其权限"),
        ) from wrong
    return _read(values, overlay)


def catalog_with(values: Mapping[str, object], overlay: Path) -> Catalog:
    """The catalogue as it would be with these tables in the overlay.  Raises ``Damaged``."""
    return _read(values, overlay)


def shipped_file() -> Path:
    """``models.toml``: in the wheel beside the package ``assistant``, in a checkout at its root."""
    root = Path(runtimes.__file__).parent.parent
    inside = root / "assistant" / "models.toml"
    return inside if inside.is_file() else root / "models.toml"


_Groups = Mapping[str, Mapping[str, Mapping[str, object]]]


def _tables(values: Mapping[str, object], file: Path) -> _Groups:
    """The two groups of a file, each a table of tables, and nothing else."""
    top = Table(values, str(file), "")
    groups: dict[str, dict[str, Mapping[str, object]]] = {}
    for key in ("licence", "model"):
        table = top.table(key)
        groups[key] = {} if table is None else {n: t.values for n, t in table.tables()}
    top.done()
    if len(groups["model"]) > MAX_ENTRIES:
        top.refuse(Text("more than {0} models", "模型超过 {0} 个", (MAX_ENTRIES,)))
    return groups


@cache
def _shipped() -> _Groups:
    """The tables of the program's own file, which does not change while it runs."""
    return _tables(read_toml(shipped_file()), shipped_file())


def _read(values: Mapping[str, object], overlay: Path | None) -> Catalog:
    below = _shipped()
    above = _tables(values, overlay or shipped_file())
    licences = {
        name: read_licence(
            Table(_values(table), _whose(name, above["licence"], overlay), f"licence.{name}")
        )
        for name, table in merged(below["licence"], above["licence"], _DEPTH - 1).items()
    }
    entries = []
    for name, keys in merged(below["model"], above["model"], _DEPTH - 1).items():
        origin = Origin.SHIPPED
        if name in above["model"]:
            origin = Origin.CHANGED if name in below["model"] else Origin.OWN
        file = _whose(name, above["model"], overlay)
        place = f"model.{name}"
        table = Table(_completed(Table(_values(keys), file, place), below["model"]), file, place)
        entries.append(read_entry(name, table, licences, origin))
    return Catalog(tuple(entries))


def _whose(name: str, above: Mapping[str, object], overlay: Path | None) -> str:
    """The file to name in an error."""
    return str(overlay if name in above and overlay is not None else shipped_file())


def _completed(table: Table, shipped: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    """The keys of an entry, with those that it takes from the one that it is like."""
    if "like" not in table:
        return table.values
    other = table.one_of("like", tuple(shipped))
    taken = {key: value for key, value in shipped[other].items() if key in INHERITED}
    return merged(taken, table.values, 1)


def _values(table: object) -> Mapping[str, object]:
    assert isinstance(table, dict)
    return table
