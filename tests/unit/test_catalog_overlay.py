"""Models that a user adds and removes: the file stays theirs."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.overlay import add_model, remove_model, suggested_id
from runtimes.catalog import Entry, Origin, load_catalog
from runtimes.errors import Damaged, NotFound, Unsupported

MINE = """# my models

# the good one
[model.mine]
title = "Mine" # short
ollama = "mine"

# below it
[model.mine.sampling]
temperature = 0.1

# faster
[model.r1-qwen-7b]
default = "q5_k_m"

# a licence
[licence.mine]
name = "Mine"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "models.toml"


def added(path: Path, source: str, name: str = "") -> Entry:
    catalog = load_catalog(path)
    return add_model(path, catalog, catalog.find(source), name)


@pytest.mark.parametrize(
    ("source", "name", "variant"),
    [
        ("hf:org/Some-Model-7B-GGUF", "some-model-7b-gguf", "q4_k_m"),
        ("hf:org/Some.Model:sub/x-Q5_K_S.gguf", "some.model", "q5_k_s"),
        ("hf:Some/Checkpoint_X", "checkpoint_x", "checkpoint"),
        ("ollama:phi4:14b", "phi4-14b", "ollama"),
        ("server:http://127.0.0.1:8000#org/Big Model", "big-model", "server"),
    ],
)
def test_a_model_is_added_and_means_the_same(
    path: Path, source: str, name: str, variant: str
) -> None:
    meant = load_catalog(path).find(source)
    entry = added(path, source)
    assert (entry.id, entry.default, entry.origin) == (name, variant, Origin.OWN)
    found = load_catalog(path).find(name)
    assert (found.source, found.runtime) == (meant.source, meant.runtime)
    assert found.quantisation == meant.quantisation
    assert found.defaults == meant.defaults


def test_a_known_model_is_added_with_all_that_is_known(path: Path) -> None:
    entry = added(path, "hf:bartowski/DeepSeek-R1-Distill-Qwen-7B-GGUF:Q2_K", "small-r1")
    known = load_catalog().get("r1-qwen-7b")
    assert known is not None
    assert (entry.shape, entry.licence, entry.defaults) == (
        known.shape,
        known.licence,
        known.defaults,
    )
    assert 'like = "r1-qwen-7b"' in path.read_text()


def test_a_file_is_added_by_its_full_path(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    odd = Path("a {b} 'c' \"d\" 模型.gguf")
    odd.write_bytes(b"GGUF")
    entry = added(path, f"file:{odd}")
    assert entry.id == "a-b-c-d"
    assert load_catalog(path).find(entry.id).source == load_catalog().find(f"file:{odd}").source
    hidden = Path("a\u202e\x7f.gguf")
    hidden.write_bytes(b"GGUF")
    with pytest.raises(Unsupported, match="cannot be shown"):
        added(path, f"file:{hidden}", "hidden")


def test_adding_leaves_what_was_written_by_hand(path: Path) -> None:
    path.parent.mkdir()
    for before in (MINE, MINE.rstrip(), 'model = { mine = { title = "M", ollama = "m" } }\n'):
        path.write_text(before, encoding="utf-8")
        added(path, "ollama:new")
        after = path.read_text(encoding="utf-8")
        assert tomllib.loads(after)["model"]["new"]["title"] == "new"
        if before.startswith("#"):
            assert after.startswith(before)
        rest = tomllib.loads(after)
        del rest["model"]["new"]
        assert rest == tomllib.loads(before)


@pytest.mark.parametrize("name", ["micro", "MICRO", "hf", "../x", "a b", "x" * 65, "-x"])
def test_an_id_that_is_taken_or_none_is_refused(path: Path, name: str) -> None:
    with pytest.raises(Unsupported) as caught:
        added(path, "ollama:new", name)
    assert caught.value.remedy is not None
    assert "--id" in caught.value.remedy.en
    assert not path.exists()


def test_the_number_of_a_part_is_no_part_of_the_id(tmp_path: Path) -> None:
    file = tmp_path / "My Model-Q8_0-00001-of-00003.gguf"
    file.write_bytes(b"GGUF")
    assert suggested_id(load_catalog().find(f"file:{file}")) == "my-model-q8_0"


def test_a_title_that_gives_no_id_asks_for_one(path: Path) -> None:
    assert suggested_id(load_catalog().find("server:http://h#模型")) == ""
    with pytest.raises(Unsupported, match="cannot be an id"):
        added(path, "server:http://h#模型")
    assert added(path, "server:http://h#模型", "model").title == "模型"


def test_a_script_is_not_added(path: Path, tmp_path: Path) -> None:
    script = tmp_path / "a.jsonl"
    script.touch()
    with pytest.raises(Unsupported, match="script"):
        added(path, f"scripted:{script}")


def test_a_damaged_overlay_is_not_touched(path: Path) -> None:
    path.parent.mkdir()
    catalog = load_catalog()
    for text in ("[model.x", "[model.x]\ntitle = 5\n"):
        path.write_text(text)
        with pytest.raises(Damaged):
            add_model(path, catalog, catalog.find("ollama:new"))
        assert path.read_text() == text


def test_removing_takes_the_tables_of_the_model_with_their_comments(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(MINE, encoding="utf-8")
    assert remove_model(path, load_catalog(path), "mine") is Origin.OWN
    after = path.read_text(encoding="utf-8")
    assert "the good one" not in after
    assert "below it" not in after
    for kept in ("# my models", "# faster", "# a licence"):
        assert kept in after
    assert remove_model(path, load_catalog(path), "r1-qwen-7b") is Origin.CHANGED
    assert load_catalog(path).entries == load_catalog().entries
    assert "# a licence" in path.read_text(encoding="utf-8")


def test_removing_knows_every_layout(path: Path) -> None:
    path.parent.mkdir()
    for before in (
        'model.mine.title = "M"\nmodel.mine.ollama = "m"\n[licence.l]\nname = "L"\n',
        '[ model . "mine" ]\ntitle = "M"\nollama = "m"\n[licence.l]\nname = "L"\n',
        '[licence.l]\nname = "L"\n[model]\nmine = { title = "[model.x]", ollama = "m" }\n',
        '[licence.l]\nname = "L"\n[model.mine]\ntitle = "M"\nlanguages = [\n["a"][0]\n]\n'.replace(
            '["a"][0]', '"a"'
        )
        + 'ollama = "m"\n',
    ):
        path.write_text(before)
        remove_model(path, load_catalog(path), "mine")
        assert tomllib.loads(path.read_text()) == {"licence": {"l": {"name": "L"}}}


def test_only_what_is_in_the_overlay_can_be_removed(path: Path) -> None:
    with pytest.raises(Unsupported, match="ships"):
        remove_model(path, load_catalog(path), "micro")
    with pytest.raises(NotFound) as caught:
        remove_model(path, load_catalog(path), "mikro")
    assert caught.value.remedy is not None
    with pytest.raises(NotFound):
        remove_model(path, load_catalog(path), "ollama:x")


NAMES = st.text("abc-.", min_size=1, max_size=4).filter(lambda name: name[0] not in "-.")


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12
)
@given(names=st.lists(NAMES, min_size=1, max_size=4, unique=True), data=st.data())
def test_adding_and_removing_in_any_order_comes_back(
    path: Path, names: list[str], data: st.DataObject
) -> None:
    path.unlink(missing_ok=True)
    for name in names:
        added(path, f"ollama:{name.strip('-.') or 'x'}", name)
    for name in data.draw(st.permutations(names)):
        remove_model(path, load_catalog(path), name)
    assert path.read_text() == ""
