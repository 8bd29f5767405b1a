"""How fast are the notes: indexing, and search among thousands of files?

    python tests/bench/notes_speed.py [--files 5000] [--searches 200]

Makes files of words that occur as often as words of a language do (Zipf's law), half English
and half Chinese, in sections, of about 8 kB each; indexes them; searches for one to six words of
all frequencies; refreshes what has not changed.  Prints the rows for the README.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from documents import docx, paragraph, pdf

from assistant.notes.attached import passages
from assistant.notes.notes import Notes, open_notes
from assistant.notes.reading import Reader
from runtimes.base import Cancel

SYLLABLES = "ba be bi co cu da de fi ga ha in ka la mo ni or pa qui ra se ti un ve xo zy".split()
HAN = [chr(0x4E00 + 7 * n) for n in range(2500)]


class Writer:
    """Makes documents whose words have the frequencies of a language."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        words = {"".join(self._random.choices(SYLLABLES, k=n % 3 + 2)) for n in range(60_000)}
        self.english = sorted(words)
        self.chinese = ["".join(self._random.choices(HAN, k=2)) for _ in range(20_000)]
        self._random.shuffle(self.english)

    def words(self, among: list[str], count: int) -> list[str]:
        """Words of falling frequency."""
        size = len(among)
        return [among[int(size ** self._random.random()) - 1] for _ in range(count)]

    def document(self, *, chinese: bool) -> str:
        """A Markdown file of eight sections."""
        parts = []
        for n in range(8):
            if chinese:
                lines = ["".join(self.words(self.chinese, 14)) + "。" for _ in range(12)]
            else:
                lines = [" ".join(self.words(self.english, 10)) + "." for _ in range(13)]
            parts.append(f"## {n} {lines[0][:20]}\n\n" + "\n".join(lines))
        return "\n\n".join(parts)

    def question(self) -> str:
        """One to six words."""
        among, joint = self._random.choice([(self.english, " "), (self.chinese, "")])
        return joint.join(self.words(among, self._random.randint(1, 6)))


def indexing(notes: Notes, folder: Path, size: int) -> None:
    """The first reading, and a refresh of what is there already."""
    start, begun = time.perf_counter(), time.process_time()
    reports = notes.add([folder], lambda _: None, Cancel())
    took, busy = time.perf_counter() - start, time.process_time() - begun
    count = sum(report.passages for report in reports)
    print(f"indexing: {len(reports)} files, {size / 1e6:.1f} MB, {count} passages: {took:.1f} s, ")
    print(
        f"  {size / took / 1e6:.2f} MB/s, {len(reports) / took:.0f} files/s; "
        f"by processor time {size / busy / 1e6:.2f} MB/s"
    )
    start = time.perf_counter()
    notes.refresh(lambda _: None, Cancel())
    print(f"refresh with nothing new: {time.perf_counter() - start:.2f} s")


def searching(notes: Notes, writer: Writer, count: int) -> None:
    """Each question once, the index cold in none of them."""
    times = []
    begun = time.process_time()
    for _ in range(count):
        question = writer.question()
        start = time.perf_counter()
        notes.search(question)
        times.append(1000 * (time.perf_counter() - start))
    busy = 1000 * (time.process_time() - begun) / count
    times.sort()
    print(
        f"search, {count} questions: median {statistics.median(times):.1f} ms, "
        f"p95 {times[int(0.95 * count)]:.1f} ms, slowest {times[-1]:.1f} ms; "
        f"processor time {busy:.1f} ms each"
    )


def attaching(writer: Writer) -> None:
    """A long text that does not fit into the window."""
    text = "\n\n".join(writer.document(chinese=n % 2 == 1) for n in range(120))
    start = time.perf_counter()
    passages(text, "book.md", writer.question(), 12_000)
    took = time.perf_counter() - start
    print(f"attachment of {len(text.encode()) / 1e6:.2f} MB searched: {1000 * took:.0f} ms")


def reading(writer: Writer) -> None:
    """Files with an inside, through their process."""
    page = "\n".join(" ".join(writer.words(writer.english, 9)) for _ in range(40))
    cases = {
        "a.pdf": (pdf([page] * 100), "100 pages"),
        "a.docx": (docx(paragraph(page[:400]) * 2000), "2000 paragraphs"),
        "a.html": (("<p>" + page + "</p>\n").encode() * 500, "500 paragraphs of 40 lines"),
    }
    with Reader() as reader:
        reader.read("warm.html", b"<p>x", Cancel())
        for name, (body, what) in cases.items():
            start = time.perf_counter()
            reader.read(name, body, Cancel())
            print(f"reading {name} ({what}): {1000 * (time.perf_counter() - start):.0f} ms")


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--searches", type=int, default=200)
    options = parser.parse_args()
    writer = Writer(1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "files")
        size = 0
        for n in range(options.files):
            path = folder / f"{n // 100:03}" / f"{n:05}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            size += path.write_bytes(writer.document(chinese=n % 2 == 1).encode())
        database = Path(place, "notes.db")
        with open_notes(database) as notes:
            indexing(notes, folder, size)
            print(f"index: {os.path.getsize(database) / 1e6:.0f} MB")  # noqa: PTH202
            searching(notes, writer, options.searches)
    attaching(writer)
    reading(writer)


if __name__ == "__main__":
    main()
