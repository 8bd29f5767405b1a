"""A page as PDF, printed by a browser that is on this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from assistant.maths.types import Text

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
    "microsoft-edge",
)  # fmt: skip
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
"""Where they are on systems whose search path has no programs with windows."""
SECONDS = 60
NO_BROWSER = Text(
    "for PDF a Chromium, Chrome or Edge is needed; or write the page (--format html) and print it",
    "生成 PDF 需要 Chromium、Chrome 或 Edge；也可写出网页（--format html）后自行打印",
)
NOT_PRINTED = Text("the browser made no PDF of {0}", "浏览器未能生成 {0} 的 PDF")


class NotPrinted(Exception):  # noqa: N818 - what happened
    """No PDF was made; ``why`` says what to do."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def browser() -> str:
    """A browser that prints without a window.  Raises ``NotPrinted`` where there is none."""
    found = next((path for name in (*BROWSERS, *PLACES) if (path := shutil.which(name))), None)
    if found is None:
        raise NotPrinted(NO_BROWSER)
    return found


def print_page(page: str, target: Path) -> None:
    """Print a page of ours, which runs and loads nothing.  Raises ``NotPrinted``."""
    program = browser()
    # beside the target: a Chromium in a snap sees nothing of the system's folder for such files
    with tempfile.TemporaryDirectory(
        prefix="printing-", dir=target.resolve().parent, ignore_cleanup_errors=True
    ) as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        root = hasattr(os, "geteuid") and os.geteuid() == 0  # for whom Chromium has no sandbox
        command = [
            program, "--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer",
            *(["--no-sandbox"] if root else []), f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={made.resolve()}", source.resolve().as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as wrong:
            raise NotPrinted(NOT_PRINTED.of(target.name)) from wrong
        if not made.is_file():
            raise NotPrinted(NOT_PRINTED.of(target.name))
        made.replace(target)
