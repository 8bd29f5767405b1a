"""The page of ``--html`` in a real browser: is it drawn, does it fit, is it dark at night?"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from command import assistant

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not BROWSER, reason="Chromium is not installed: the page is not looked at"),
]
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync
    --disable-background-networking --disable-component-update --hide-scrollbars""".split()
PROBE = """<script>
const high = e => Math.round(e.getBoundingClientRect().height);
const maths = [...document.querySelectorAll('math')].filter(m => m.checkVisibility());
const ink = getComputedStyle(document.body).color.match(/\\d+/g).map(Number);
document.title = JSON.stringify([
  document.documentElement.scrollWidth, innerWidth, maths.length,
  Math.min(...maths.map(high)), Math.max(...[...document.querySelectorAll('mfrac')].map(high), 0),
  Math.max(...[...document.querySelectorAll('svg')].map(high), 0), ink[0],
]);
</script>"""
PROBLEMS = {
    "en": "solve x^2/2 - 5x + 6 = 1/3",
    "zh": "解方程 x^2/2 - 5x + 6 = 1/3",
}


def measured(page: Path, folder: Path, width: int, *, dark: bool) -> list[float]:
    """Widths and heights as the browser lays the page out."""
    source = page.read_text(encoding="utf-8")
    source = re.sub(r"<meta http-equiv[^>]*>", "", source)  # it forbids the probe's script
    probe = folder / "probe.html"
    probe.write_text(source.replace("</body>", PROBE + "</body>"), encoding="utf-8")
    done = subprocess.run(
        [
            BROWSER,
            *FLAGS,
            f"--user-data-dir={folder / 'profile'}",
            f"--window-size={width},900",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            "--dump-dom",
            probe.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = re.search(r"<title>\[([^\]]+)\]</title>", done.stdout)
    assert found, done.stderr[-500:]
    return [float(part) for part in found[1].split(",")]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [500, 1300])
def test_the_page_fits_and_its_formulas_are_drawn(tmp_path: Path, lang: str, width: int) -> None:
    page = tmp_path / "page.html"
    done = assistant("solve", PROBLEMS[lang], "--html", str(page), "--plot")
    assert done.returncode == 0
    content, window, formulas, least, fraction, graph, ink = measured(
        page, tmp_path, width, dark=False
    )
    assert content <= window
    assert formulas > 5
    assert least >= 8
    assert fraction > 20  # one line over another
    assert graph > 100
    assert ink < 80
    assert measured(page, tmp_path, width, dark=True)[-1] > 175


def test_the_page_asks_for_nothing_from_outside(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assistant("solve", "x^2 = 2", "--html", str(page), "--plot")
    source = page.read_text(encoding="utf-8")
    assert not re.search(r"(src|href)\s*=|url\((?!#)|@import|<script|<link|<iframe", source)
