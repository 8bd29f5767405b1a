"""Where the program keeps its files, and what it says where there is no such place."""

from __future__ import annotations

import pwd
from pathlib import Path

import pytest

from assistant import paths
from runtimes.errors import Unsupported
from runtimes.files import on_disk

FOLDERS = (paths.data_folder, paths.config_folder, paths.state_folder)


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container whose user nobody has named."""

    def unknown(who: object) -> object:
        raise KeyError(who)

    for name in ("HOME", "ASSISTANT_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr(pwd, "getpwnam", unknown)


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_user_without_a_home_is_told_what_to_set(folder: object) -> None:
    with pytest.raises(Unsupported) as failure:
        folder()  # type: ignore[operator]
    assert failure.value.remedy is not None
    assert "ASSISTANT_HOME" in failure.value.remedy.en
    assert "ASSISTANT_HOME" in failure.value.remedy.zh


@pytest.mark.usefixtures("homeless")
def test_the_folder_that_is_named_is_taken_without_a_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    assert [folder() for folder in FOLDERS] == [tmp_path / n for n in ("data", "config", "state")]
    monkeypatch.setenv("ASSISTANT_HOME", "~nobody-here/x")
    with pytest.raises(Unsupported):
        paths.data_folder()


def test_the_home_of_a_user_whom_nobody_knows_is_a_name_like_others() -> None:
    assert on_disk("~no-such-user/x") == Path("~no-such-user/x")
    assert on_disk("~") == Path.home()
