"""What a hub says about a repository, through ``huggingface_hub``; the bytes come elsewhere.

The library resolves a revision and lists files with sizes and digests.  Its downloader is not
used: it checks no digest, follows a redirect anywhere, and cannot be stopped at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from runtimes.base import Cancel
from runtimes.errors import Denied, DownloadFailed, Offline
from runtimes.reasons import because_of
from runtimes.store.names import COMMIT, EMPTY_SHA256, SHA256, WEIGHTS, check_repo, is_taken
from runtimes.store.types import HubFile, Listing, Tuning, damaged_answer
from runtimes.store.web import Hiccup, Retries, Web
from runtimes.texts import Text

if TYPE_CHECKING:
    import httpx2
    from huggingface_hub import ModelInfo
    from huggingface_hub.hf_api import RepoSibling

AGENT = "offline-assistant"
PUBLIC = "https://huggingface.co"
_MOST_FILES = 20_000
_TRUE = {"1", "ON", "YES", "TRUE"}
_session = threading.Lock()
"""``huggingface_hub`` has one client for the whole process."""


def hub_allowed() -> bool:
    """May the hub be asked?  Not with ``HF_HUB_OFFLINE`` or ``TRANSFORMERS_OFFLINE``."""
    variables = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
    return not any(os.environ.get(name, "").upper() in _TRUE for name in variables)


class Hub:
    """The hub of ``HF_ENDPOINT``, seen with a token (``None``: the user's own, if any).

    Raises ``Offline`` where it must not be asked, ``Unreachable`` for what is no address.
    """

    def __init__(self, token: str | None, tuning: Tuning) -> None:
        if not hub_allowed():
            raise Offline(
                Text(
                    "HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids the network",
                    "HF_HUB_OFFLINE 或 TRANSFORMERS_OFFLINE 禁止联网",
                ),
                Text("take the variable away", "请取消该环境变量"),
            )
        self.endpoint = (os.environ.get("HF_ENDPOINT") or PUBLIC).rstrip("/")
        self.web = Web(self.endpoint, tuning)
        self._token = token or None
        self._tuning = tuning
        try:
            import huggingface_hub.constants  # noqa: F401 - it reads its variables as it comes
        except ValueError as wrong:
            raise DownloadFailed(
                Text(
                    "a variable of huggingface_hub (HF_HUB_…) holds what it cannot read: {0}",
                    "huggingface_hub 的某个环境变量（HF_HUB_…）的值无法读取：{0}",
                    (str(wrong)[:200],),
                ),
                Text("take the variable away", "请取消该环境变量"),
            ) from wrong

    def listing(
        self, repo: str, revision: str, cancel: Cancel, waiting: Callable[[], None]
    ) -> Listing:
        """The files at a revision, and its commit.

        Raises ``Unreachable``, ``NotHere``, ``Denied``, ``DownloadFailed``.
        """
        check_repo(repo)
        retries = Retries(self._tuning, cancel, waiting, reached=False)
        while True:
            try:
                return _listing(repo, self._ask(repo, revision, cancel))
            except Hiccup as hiccup:
                retries.after(hiccup)

    def _ask(self, repo: str, revision: str, cancel: Cancel) -> ModelInfo:
        from huggingface_hub import HfApi
        from huggingface_hub.errors import HfHubHTTPError

        with self._library():
            api = HfApi(self.endpoint, self._token, headers={"user-agent": AGENT})
            try:
                with self.web.translated(cancel):
                    try:
                        return api.model_info(repo, revision=revision, files_metadata=True)
                    except HfHubHTTPError as wrong:
                        what = f"{repo} ({revision})"
                        raise self.web.refusal(wrong.response, repo, what) from wrong
            except UnicodeEncodeError as wrong:
                raise _no_token() from wrong
            except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as wrong:
                raise damaged_answer(f"{type(wrong).__name__}: {wrong}"[:200]) from wrong

    @contextmanager
    def _library(self) -> Iterator[None]:
        """The library under our rules: our client, and nothing told about this machine.

        Afterwards it has its own client again: ours is too strict for other uses of it.
        """
        from huggingface_hub import close_session, constants, set_client_factory
        from huggingface_hub.utils._http import default_client_factory

        def client() -> httpx2.Client:
            return self.web.client(whole=True)

        with _session:
            constants.HF_HUB_DISABLE_TELEMETRY = True
            set_client_factory(client)
            try:
                yield
            except OSError as wrong:  # its files: a connection's failures are told apart before
                raise _no_files(wrong) from wrong
            finally:
                close_session()
                set_client_factory(default_client_factory)

    def headers(self) -> dict[str, str]:
        """What every request for a file carries."""
        from huggingface_hub.utils._headers import build_hf_headers

        with self._library():
            headers = build_hf_headers(token=self._token, headers={"user-agent": AGENT})
        return {str(name): str(value) for name, value in headers.items()}

    def url(self, repo: str, commit: str, name: str) -> str:
        """Where a file of a commit is."""
        from huggingface_hub import hf_hub_url

        return hf_hub_url(repo, name, revision=commit, endpoint=self.endpoint)


def _no_files(wrong: OSError) -> DownloadFailed:
    where = f" {wrong.filename}" if wrong.filename else ""
    text = Text(
        "the files of huggingface_hub cannot be read{0}: {1}",
        "无法读取 huggingface_hub 的文件{0}：{1}",
    )
    return DownloadFailed(
        because_of(wrong, text, where),
        Text("correct HF_HOME or HF_TOKEN_PATH", "请更正 HF_HOME 或 HF_TOKEN_PATH"),
    )


def _no_token() -> Denied:
    """Nothing else of a request is free to hold letters that no header can carry."""
    return Denied(
        Text(
            "the token of the hub holds a letter that no token can hold; nothing was sent",
            "模型站令牌含有不可能出现的字符，因此没有发送任何内容",
        ),
        Text(
            "copy it again, all of it and nothing else (HF_TOKEN)",
            "请重新复制完整的令牌，不要带其他内容（HF_TOKEN）",
        ),
    )


def _listing(repo: str, info: ModelInfo) -> Listing:
    commit, siblings = info.sha, info.siblings or []
    if not isinstance(commit, str) or not COMMIT.fullmatch(commit):
        raise damaged_answer("commit")
    if len(siblings) > _MOST_FILES:
        raise damaged_answer(f"{len(siblings)} files")
    files = [_hub_file(file) for file in siblings if is_taken(str(file.rfilename))]
    return Listing(repo, commit, tuple(files))


def _hub_file(file: RepoSibling) -> HubFile:
    """A file of the answer, its numbers and digests looked at twice."""
    name, size, lfs = str(file.rfilename), file.size, file.lfs
    sha256 = lfs.sha256 if lfs else None
    if type(size) is not int or size < 0 or (lfs and lfs.size != size):
        raise damaged_answer(f"the size of {name[:200]}")
    if sha256 is not None and not SHA256.fullmatch(str(sha256)):
        raise damaged_answer(f"the digest of {name[:200]}")
    if (sha256 == EMPTY_SHA256) != (size == 0 and lfs is not None):
        raise damaged_answer(f"the digest of {name[:200]} is that of an empty file")
    if size == 0 and name.lower().endswith(WEIGHTS):
        raise damaged_answer(f"{name[:200]} is empty")
    git = None if lfs else file.blob_id
    if git is not None and not COMMIT.fullmatch(str(git)):
        raise damaged_answer(f"the digest of {name[:200]}")
    return HubFile(name, size, sha256, git)
