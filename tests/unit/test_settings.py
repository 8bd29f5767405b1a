"""The user's settings: typed, kept whole, never overwritten when damaged."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.settings import Settings, change_settings, read_settings
from runtimes.errors import Damaged, RuntimeFailure


def test_a_new_user_has_no_default_model(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none" / "settings.toml") == Settings()


def test_the_default_model_is_written_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    change_settings(path, Settings(default_model="r1-qwen-1.5b"))
    assert read_settings(path).default_model == "r1-qwen-1.5b"
    change_settings(path, Settings())
    assert read_settings(path) == Settings()
    assert [p.name for p in path.parent.iterdir()] == ["settings.toml"]


def test_one_setting_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# mine\ndefault_model = "a" # best\n', encoding="utf-8")
    change_settings(path, Settings(default_model="a", history_days=30))
    assert read_settings(path) == Settings(default_model="a", history_days=30)
    assert '# mine\ndefault_model = "a" # best\n' in path.read_text(encoding="utf-8")
    change_settings(path, Settings(history_days=7))
    assert path.read_text(encoding="utf-8") == "# mine\nhistory_days = 7\n"
    change_settings(path, Settings())
    assert path.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize(
    "before",
    [
        'default_model = "a" # mine\n# note\nother = 1\n[table]\ndefault_model = 5\n',
        "# note\nother = [1,\n 2]\n\n[table]\ndefault_model = 5 # note",
        "# note",
        '[table] # note\ndefault_model = "x"\n',
    ],
)
def test_comments_and_unknown_keys_stay(tmp_path: Path, before: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(before, encoding="utf-8")
    change_settings(path, Settings(default_model="micro"))
    after = path.read_text(encoding="utf-8")
    assert "# note" in after
    assert tomllib.loads(after) == {**tomllib.loads(before), "default_model": "micro"}


def test_a_layout_that_no_edit_foresees_loses_no_value(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('"default_model" = "a"\n"x y" = """\n[table]\n"""\n', encoding="utf-8")
    change_settings(path, Settings(default_model="b"))
    assert tomllib.loads(path.read_text()) == {"default_model": "b", "x y": "[table]\n"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"default_model = 5", "default_model"),
        (b'default_model = ""', "default_model"),
        (b'default_model = "\\u001b[2J"', "default_model"),
        (b"history_days = 0", "history_days"),
        (b'history_days = "week"', "history_days"),
        (b"keep_minutes = 0", "keep_minutes"),
        (b"keep_minutes = 10081", "keep_minutes"),
        (b"default_model = ", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"a" * 600_000, "KiB"),
        (b"x = " + b"[" * 3000, "cannot be read"),
        (b"x." * 40_000 + b"y = 1", "line 1"),
    ],
)
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, text: bytes, told: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text)
    for work in (
        lambda: read_settings(path),
        lambda: change_settings(path, Settings(default_model="a")),
    ):
        with pytest.raises(Damaged) as caught:
            work()
        assert told in str(caught.value)
        assert "settings.toml" in str(caught.value)
        assert caught.value.remedy is not None
    assert path.read_bytes() == text


def test_a_link_stays_a_link_and_the_rights_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "settings.toml"
    real.write_text("")
    real.chmod(0o600)
    link.symlink_to(real)
    change_settings(link, Settings(default_model="micro"))
    assert link.is_symlink()
    assert read_settings(real).default_model == "micro"
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RuntimeFailure, match="cannot be"):
        change_settings(tmp_path / "file" / "settings.toml", Settings(default_model="a"))


KEYS = st.text("ab[]\"'#=.", min_size=1, max_size=4)
VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text("a[#\n\"'=\\", max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(KEYS, VALUES, max_size=4), model=st.text("ab:/", min_size=1))
def test_whatever_else_is_written_there_stays(
    tmp_path: Path, values: dict[str, object], model: str
) -> None:
    import tomli_w

    path = tmp_path / "settings.toml"
    path.write_text(tomli_w.dumps(values), encoding="utf-8", newline="\n")
    change_settings(path, Settings(default_model=model))
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {**values, "default_model": model}
