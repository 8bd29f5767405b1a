"""Variables that may be anything do not break the package that asks Ollama's server."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROBE = "from runtimes.ollama import Ollama; print(Ollama().probe().ready, end='')"


@pytest.mark.parametrize(
    "variables",
    [
        {"ALL_PROXY": "socks5://127.0.0.1:1080"},
        {"HTTPS_PROXY": "nonsense://x", "HTTP_PROXY": "http://x:port"},
        {"OLLAMA_HOST": "http://[bad"},
        {"OLLAMA_API_KEY": "密钥\n"},
    ],
)
def test_a_fresh_process_says_what_is_wrong_and_does_not_fall_over(
    variables: dict[str, str],
) -> None:
    usual = {"OLLAMA_HOST": "127.0.0.1:9"}  # nobody answers there
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env={**os.environ, **usual, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("False", "")


def test_the_variables_are_there_again_when_it_is_imported() -> None:
    script = (
        "import os; from runtimes.ollama.package import prepare_ollama; prepare_ollama();"
        "import httpx._client as c; print(os.environ['OLLAMA_HOST'], c.get_environment_proxies())"
    )
    env = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    env |= {"OLLAMA_HOST": "h:1", "HTTP_PROXY": "http://p:2"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split(" ", 1)[0] == "h:1"
    assert "http://p:2" in done.stdout


def test_threads_that_import_it_together_ask_the_same_server() -> None:
    script = (
        "import threading, time; from runtimes.ollama.host import host; found = set()\n"
        "def ask(): found.add(host())\n"
        "ones = [threading.Thread(target=ask) for _ in range(40)]\n"
        "for one in ones: one.start(); time.sleep(0.005)\n"
        "for one in ones: one.join()\n"
        "print(*found, end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "OLLAMA_HOST": "192.0.2.7:1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "http://192.0.2.7:1"
