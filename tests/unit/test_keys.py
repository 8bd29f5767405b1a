"""Keys go to the one server that they are meant for, and show nowhere."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator

import keyring
import keyring.backend
import keyring.errors
import pytest
from openai_peer import loaded, spec
from raw_http import DONE, chunk, event, head, listing, said, serving, status

from runtimes.base import Cancel
from runtimes.errors import Denied, RuntimeFailure, Unreachable
from runtimes.keys import Key, Origin, key_for, redacted
from runtimes.types import GenerationParams, Message, Role

SECRET = "sk-very-secret-0123456789"
ASKED = [Message(Role.USER, "Hello")]


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1.0

    def __init__(self, **entries: str) -> None:
        self.entries = {("assistant", user): value for user, value in entries.items()}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("nothing of ours stores a key")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError


class Locked(Ring):
    """A keyring that nobody opens."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (
        "ASSISTANT_API_KEY",
        "ASSISTANT_API_URL",
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "ASSISTANT_KEY_OVER_HTTP",
    ):
        monkeypatch.delenv(name, raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield
    keyring.set_keyring(before)


def ring(**entries: str) -> None:
    keyring.set_keyring(Ring(**entries))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000"),
        ("https://API.example.com/v1", "https://api.example.com"),
        ("https://api.example.com:443/v1", "https://api.example.com"),
        ("http://[::1]:8000/v1", "http://[::1]:8000"),
        ("http://h:80", "http://h"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert str(Origin.of(url)) == origin


@pytest.mark.parametrize(
    "url", ["", "h:8000", "ftp://h", "file:///etc/passwd", "http://", "http://h:x"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Unreachable):
        Origin.of(url)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(Unreachable) as caught:
        Origin.of(f"https://me:{SECRET}@h/v1")
    assert SECRET not in repr((caught.value.message, caught.value.remedy))


HERE, THERE = "http://127.0.0.1:8000/v1", "https://gpu.example/v1"


def test_without_an_address_the_key_stays_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_API_KEY", SECRET)
    assert key_for(HERE) == Key(SECRET)
    assert key_for(THERE) is None


def test_with_an_address_it_goes_there_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_API_KEY", SECRET)
    monkeypatch.setenv("ASSISTANT_API_URL", THERE)
    assert key_for(THERE) == Key(SECRET)
    for other in (HERE, "https://gpu.example:8443/v1", "https://gpu.example.evil.org/v1"):
        assert key_for(other) is None


def test_the_key_of_openai_goes_to_openai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    assert key_for("https://api.openai.com/v1") == Key(SECRET)
    assert key_for(HERE) is None
    assert key_for("http://api.openai.com/v1") is None
    monkeypatch.setenv("OPENAI_BASE_URL", HERE)
    assert key_for(HERE) == Key(SECRET)
    assert key_for("https://api.openai.com/v1") is None
    monkeypatch.setenv("OPENAI_BASE_URL", "nonsense")
    assert key_for(HERE) is None


def test_the_keyring_knows_each_server_by_its_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_API_KEY", "other")
    ring(**{"https://gpu.example": SECRET, "http://127.0.0.1:8000": "here"})
    assert key_for(THERE) == Key(SECRET)
    assert key_for(HERE) == Key("here")
    assert key_for("http://127.0.0.1:8001/v1") == Key("other")


def test_a_locked_keyring_is_as_good_as_none() -> None:
    keyring.set_keyring(Locked())
    assert key_for(THERE) is None


@pytest.mark.parametrize("wrong", [ModuleNotFoundError("no backend"), RuntimeError("no bus")])
def test_a_keyring_that_does_not_work_is_as_good_as_none(
    monkeypatch: pytest.MonkeyPatch, wrong: Exception
) -> None:
    from runtimes.installer.keyrings import keyring_name

    def fails(*_args: object) -> None:
        raise wrong

    monkeypatch.setattr(keyring, "get_password", fails)
    monkeypatch.setattr(keyring, "get_keyring", fails)
    monkeypatch.setenv("ASSISTANT_API_KEY", SECRET)
    monkeypatch.setenv("ASSISTANT_API_URL", THERE)
    assert key_for(THERE) == Key(SECRET)
    assert key_for("https://other.example/v1") is None
    assert keyring_name() == ""
    monkeypatch.undo()  # before the fixture puts the ring back


def test_no_key_crosses_the_network_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    ring(**{"http://gpu.example": SECRET})
    with pytest.raises(Denied) as caught:
        key_for("http://gpu.example/v1")
    assert caught.value.remedy is not None
    assert "ssh -L" in caught.value.remedy.en
    monkeypatch.setenv("ASSISTANT_KEY_OVER_HTTP", "1")
    assert key_for("http://gpu.example/v1") == Key(SECRET)


def test_a_key_does_not_show_itself() -> None:
    assert SECRET not in repr(Key(SECRET))
    assert SECRET not in f"{Key(SECRET)}"


@pytest.mark.parametrize(
    "text",
    [
        f"bad key {SECRET}!",
        f"Authorization: Bearer {SECRET}",
        f"authorization=  {SECRET}",
        f"https://user:{SECRET}@host/v1",
    ],
)
def test_words_from_outside_are_cleaned_of_keys(text: str) -> None:
    assert SECRET not in redacted(text, Key(SECRET))
    if "bad" not in text:
        assert SECRET not in redacted(text)  # also where it is somebody else's


# --- through the runtime ---------------------------------------------------------------------


def test_the_key_is_sent_with_every_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_API_KEY", SECRET)
    pages = {"/v1/models": listing("vllm"), "/v1/chat/completions": said(chunk(reason="stop"))}
    with serving(pages) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        list(model.stream(ASKED, GenerationParams(), Cancel()))
        assert len(raw.requests) >= 3
        assert {r.headers["authorization"] for r in raw.requests} == {f"Bearer {SECRET}"}


def test_nothing_of_netrc_or_proxies_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    with serving({"/v1/models": listing("vllm")}) as raw, serving({}) as proxy:
        netrc = f"{tmp_path}/netrc"
        with open(netrc, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write("machine 127.0.0.1 login me password secret\n")
        monkeypatch.setenv("NETRC", netrc)
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        loaded(spec(f"{raw.url}/v1", "m"))
        assert raw.requests
        assert not proxy.requests
        assert "authorization" not in raw.requests[0].headers


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_key_is_never_carried_elsewhere(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setenv("ASSISTANT_API_KEY", SECRET)
    with serving({"/v1/models": listing("vllm")}) as thief:
        place = f"{thief.url}/v1/models?k={SECRET}"
        moved = status(code, {}, location=place)
        with serving({"/v1/models": lambda _: moved}) as raw:
            with pytest.raises(Unreachable) as caught:
                loaded(spec(f"{raw.url}/v1", "m"))
            assert thief.requests == []
            assert SECRET not in str(caught.value)


def refused(page: object) -> RuntimeFailure:
    pages = {"/v1/models": listing("vllm"), "/v1/chat/completions": page}
    with serving(pages) as raw:  # type: ignore[arg-type]
        model = loaded(spec(f"{raw.url}/v1", "m"))
        with pytest.raises(RuntimeFailure) as caught:
            list(model.stream(ASKED, GenerationParams(), Cancel()))
        return caught.value


def test_a_server_that_repeats_the_key_is_not_quoted_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_API_KEY", SECRET)
    words = {"error": {"message": f"Incorrect API key provided: {SECRET}"}}
    failure = refused(lambda _: status(401, words))
    assert isinstance(failure, Denied)
    assert "***" in str(failure)
    assert SECRET not in repr((failure.message, failure.remedy))
    failure = refused(lambda _: [head(), event(words), DONE])
    assert "Incorrect" in str(failure)
    assert SECRET not in str(failure)


@pytest.mark.parametrize("there", [True, False])
def test_a_missing_key_says_where_to_put_it(
    monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """By a command that can be run as it stands, on a path or not."""
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if there else None)
    failure = refused(lambda _: status(403, {"detail": "no"}))
    assert isinstance(failure, Denied)
    assert failure.remedy is not None
    origin, command = failure.remedy.args
    words = [] if there else [sys.executable, "-m"]
    assert shlex.split(str(command)) == [*words, "keyring", "set", "assistant", origin]
    assert "{1}" in failure.remedy.zh


@pytest.mark.parametrize("around", ["{}\n", "  {}  ", "{}\r\n", "\t{}"])
def test_blanks_that_came_along_with_a_key_are_left_out(
    monkeypatch: pytest.MonkeyPatch, around: str
) -> None:
    ring(**{"https://gpu.example": around.format(SECRET)})
    assert key_for(THERE) == Key(SECRET)
    monkeypatch.setenv("ASSISTANT_API_KEY", around.format(SECRET))
    with serving({"/v1/models": listing("vllm")}) as raw:
        loaded(spec(f"{raw.url}/v1", "m"))
        assert raw.requests[0].headers["authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize("inside", ["{}\nX-Other: 1", "{} {}", "{}密钥", "«{}»", "{}\x00"])
def test_what_can_be_no_key_is_not_sent_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.setenv("ASSISTANT_API_KEY", inside.format(SECRET, SECRET).replace("\x00", "\x01"))
    with serving({"/v1/models": listing("vllm")}) as raw:
        with pytest.raises(Denied, match="no key can hold") as caught:
            loaded(spec(f"{raw.url}/v1", "m"))
        assert not raw.requests
    wrong: BaseException | None = caught.value
    while wrong is not None:
        assert SECRET not in f"{wrong!r} {wrong}"
        wrong = wrong.__cause__ or wrong.__context__


def test_a_key_of_blanks_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_API_KEY", " \n")
    assert key_for(HERE) is None
