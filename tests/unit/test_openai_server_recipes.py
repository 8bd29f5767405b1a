"""The recipes for servers name models that the catalogue knows, and addresses that are read."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from runtimes.catalog.places import server
from runtimes.keys import Origin

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging" / "servers"
PAGES = sorted(FOLDER.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_of_a_model_is_read(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for url, name in re.findall(r"server:(http\S+?)#([\w./-]+)", text):
        source = server(f"{url}#{name}")
        assert (source.url, source.name) == (url, name)
        assert Origin.of(url).local  # recipes bind to this machine


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_repository_is_in_the_catalogue(page: Path) -> None:
    catalogue = (ROOT / "models.toml").read_text(encoding="utf-8").lower()
    text = page.read_text(encoding="utf-8")
    served = re.findall(
        r"(?:vllm serve|trtllm-serve|--model-path|--model-id) ([\w-]+/[\w.-]+)", text
    )
    for repository in served:
        assert repository.lower() in catalogue, repository


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\((?!http)([^)]+)\)", page.read_text(encoding="utf-8")):
        assert (FOLDER / link).is_file(), link


def run(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The script with a ``ray`` that only says what it was asked."""
    fake = tmp_path / "ray"
    fake.write_text('#!/bin/sh\necho "ray $* VLLM_HOST_IP=$VLLM_HOST_IP"\n', encoding="utf-8")
    fake.chmod(0o755)
    return subprocess.run(
        ["bash", FOLDER / "ray.sh", *words],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_cluster_is_started_and_joined_on_a_private_network(tmp_path: Path) -> None:
    head = run(tmp_path, "head", "10.0.0.1")
    assert head.stdout == (
        "ray start --head --node-ip-address=10.0.0.1 --port=6379 --dashboard-host=127.0.0.1 "
        "VLLM_HOST_IP=10.0.0.1\n"
    )
    worker = run(tmp_path, "worker", "10.0.0.2", "10.0.0.1")
    assert worker.stdout == (
        "ray start --node-ip-address=10.0.0.2 --address=10.0.0.1:6379 VLLM_HOST_IP=10.0.0.2\n"
    )


@pytest.mark.parametrize(
    "words",
    [(), ("head",), ("head", "8.8.8.8"), ("worker", "10.0.0.2"), ("worker", "10.0.0.2", "1.1.1.1")],
)
def test_the_script_refuses_public_addresses_and_missing_words(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = run(tmp_path, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
