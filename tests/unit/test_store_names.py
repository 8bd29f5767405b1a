"""Names from a hub: only plain ones below a folder pass."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtimes.errors import DownloadFailed, NotFound
from runtimes.store.choice import meaning
from runtimes.store.names import (
    check_names,
    check_repo,
    check_revision,
    folder_name,
    safe_name,
    shards,
)
from runtimes.types import HubSource, RemoteFile

HOSTILE = [
    "../model.gguf",
    "a/../../model.gguf",
    "/etc/model.gguf",
    "//server/share/model.gguf",
    "C:/model.gguf",
    "C:model.gguf",
    "a\\..\\model.gguf",
    "..\\model.gguf",
    "model.gguf:stream.json",
    "a//model.gguf",
    "./model.gguf",
    "a/./model.gguf",
    "model\0.gguf",
    "model\n.gguf",
    "model\u202egpj.gguf",
    "model\ud800.gguf",
    "CON.json",
    "con .json",
    "nul.gguf",
    "a/LPT1.txt",
    "com¹.json",
    " model.gguf",
    "~root/model.gguf",
    "a /model.gguf",
    "a./model.gguf",
    "m" * 300 + ".gguf",
    "文" * 100 + ".gguf",
    "/".join("abcdefghij") + "/model.gguf",
    "a?.gguf",
    "*.gguf",
    '"a".json',
    "a|b.json",
    "",
    "..",
]
CODE = ["pytorch_model.bin", "model.pt", "a.pth", "x.pickle", "x.pkl", "modeling.py", "run.sh"]
PLAIN = [
    "config.json",
    "model-00001-of-00002.safetensors",
    "Q4_K_M/model-Q4_K_M.gguf",
    "通义千问.gguf",
    "chat_template.jinja",
    "merges.txt",
    "tokenizer.model",
    "a.b-c_d+e (1).gguf",
]


@pytest.mark.parametrize("name", HOSTILE + CODE)
def test_a_hostile_name_is_refused(name: str) -> None:
    with pytest.raises(DownloadFailed):
        safe_name(name)


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_name_is_taken_as_it_is(name: str) -> None:
    assert safe_name(name).as_posix() == name


@given(st.text(max_size=60), st.sampled_from(["", ".gguf", ".json"]))
def test_no_name_leaves_its_folder(text: str, suffix: str) -> None:
    try:
        path = safe_name(text + suffix)
    except DownloadFailed:
        return
    folder = Path("/store/repo")
    assert (folder / path).resolve().is_relative_to(folder)
    windows = PureWindowsPath("C:\\store\\repo", str(path))
    assert windows.is_relative_to("C:\\store\\repo")
    assert ".." not in windows.parts


@pytest.mark.parametrize(
    "names",
    [
        ("a.json", "A.json"),
        ("é.json", "e\u0301.json"),
        ("straße.json", "STRASSE.json"),
        ("a.json", "a.json"),
        ("a.json", "a.json/b.json"),
        ("a.json/b.json", "a.json"),
        ("A/x.json", "a/y.json"),
    ],
)
def test_names_that_are_one_file_on_some_disk_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(DownloadFailed):
        check_names(names)


def test_names_in_one_folder_are_fine() -> None:
    check_names(("a/x.json", "a/y.json", "b/x.json", "x.json"))


@pytest.mark.parametrize(
    "repo",
    [
        "",
        "a/b/c",
        "../a",
        "a/..",
        "a--b/c",
        "-a/b",
        "a/b.git",
        "a b",
        "org/",
        "/name",
        "é/a",
        "a\n",
    ],
)
def test_what_is_no_repository_is_refused(repo: str) -> None:
    with pytest.raises(NotFound):
        check_repo(repo)


def test_two_repositories_never_share_a_folder() -> None:
    names = ["gpt2", "org/name", "org/na-me", "org-na/me", "a.b/c", "a/b.c"]
    assert len({folder_name(name) for name in names}) == len(names)


@pytest.mark.parametrize("revision", ["", "..", "a/../b", "-x", "a b", "main\n", "x" * 300])
def test_what_is_no_revision_is_refused(revision: str) -> None:
    with pytest.raises(NotFound):
        check_revision(revision)


def test_every_shard_names_all() -> None:
    names = shards("q/m-00002-of-00003.gguf")
    assert names == tuple(f"q/m-0000{n}-of-00003.gguf" for n in (1, 2, 3))
    assert shards("m.gguf") == ("m.gguf",)
    assert shards("m-1-of-3.gguf") == ("m-1-of-3.gguf",)


@pytest.mark.parametrize("name", ["m-00001-of-99999.gguf", "m-00001-of-00000.gguf"])
def test_an_absurd_number_of_shards_is_refused(name: str) -> None:
    with pytest.raises(DownloadFailed):
        shards(name)


@pytest.mark.parametrize(
    ("quant", "available", "meant"),
    [
        ("Q6_K", ("x-Q6_K.gguf", "x-Q6_K_L.gguf"), ("x-Q6_K.gguf",)),
        ("q4_0", ("x-Q4_0_4_4.gguf", "x.IQ4_0.gguf", "x.Q4_0.gguf"), ("x.Q4_0.gguf",)),
        (
            "Q2_K",
            ("Q2_K/x-00001-of-00002.gguf", "Q2_K/x-00002-of-00002.gguf", "Q2_K_L/x.gguf"),
            ("Q2_K/x-00001-of-00002.gguf", "Q2_K/x-00002-of-00002.gguf"),
        ),
        ("Q6_K", ("x-Q6_K_L.gguf",), ("x-Q6_K_L.gguf",)),
    ],
)
def test_a_quantisation_is_itself_before_those_that_begin_so(
    quant: str, available: tuple[str, ...], meant: tuple[str, ...]
) -> None:
    source = HubSource("org/x", "main", (RemoteFile(f"*{quant}*.gguf"),))
    assert meaning(source, available) == {f"*{quant}*.gguf": meant}


@pytest.mark.parametrize(
    "available", [("x-Q6_K.gguf", "y-Q6_K.gguf"), ("x-Q6_K_L.gguf", "x-Q6_K_XL.gguf")]
)
def test_of_two_that_are_meant_alike_none_is_taken(available: tuple[str, ...]) -> None:
    with pytest.raises(NotFound, match="several files like"):
        meaning(HubSource("org/x", "main", (RemoteFile("*Q6_K*.gguf"),)), available)
