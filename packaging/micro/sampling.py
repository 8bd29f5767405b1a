"""Random conversations to learn from: known questions in all surroundings, and strange ones."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from micro.book import ASSISTANT, BEGIN, CLOSING, END, OPENING, THOUGHT, USER, Book, Turn
from tokenizers import Tokenizer

WORDS = Path(__file__).with_name("words.toml")
LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Words:
    """What strange text is mixed from."""

    wrappers: tuple[str, ...]
    systems: tuple[str, ...]
    questions_en: tuple[str, ...]
    questions_zh: tuple[str, ...]
    words_en: tuple[str, ...]
    words_zh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """Token ids, and from which of them on they are to be learnt."""

    ids: list[int]
    learn_from: int


def read_words(path: Path = WORDS) -> Words:
    """The word lists in the file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Words(
        wrappers=tuple(data["wrappers"]),
        systems=tuple(data["systems"]),
        questions_en=tuple(data["questions_en"]),
        questions_zh=tuple(data["questions_zh"]),
        words_en=tuple(data["words_en"].split()),
        words_zh=tuple(data["words_zh"].split()),
    )


class Sampler:
    """Draws conversations; the same seed draws the same ones."""

    def __init__(self, book: Book, words: Words, tokenizer: Tokenizer, seed: int) -> None:
        self._book = book
        self._words = words
        self._tokenizer = tokenizer
        self._random = random.Random(seed)  # noqa: S311 - not for secrets
        self._known = {
            _plain(wording)
            for dialogue in book.dialogues
            for turn in dialogue.turns
            for wording in (turn.user, *turn.also)
        }
        self._weights = [0.5 if d.topic == "long" else 1.0 for d in book.dialogues]

    def example(self) -> Example:
        """One conversation, ready for training."""
        draw = self._random
        size = _room(draw)
        history, question, turn = self._known_turn() if draw.random() < 0.7 else self._strange(size)
        system = self._system(size if draw.random() < 0.5 else 0)
        if draw.random() < 0.25:
            history = [*self._earlier(), *history]
        gap = draw.choice(("", "\n\n")) if system else ""
        begin = BEGIN * (2 if draw.random() < 0.05 else 1)
        told = "".join(
            f"{USER}{past.user}{ASSISTANT}{draw.choice(('', chr(10) * 2))}{past.answer}{END}"
            for past in history
        )
        before = f"{begin}{system}{gap}{told}{USER}{question}{ASSISTANT}"
        after = f"{OPENING.removeprefix(ASSISTANT)}{self._thinking(turn)}{turn.answer}{END}"
        head, tail = self._encode(before), self._encode(after)
        if len(head) + len(tail) > LONGEST:
            head = head[:1] + head[len(head) + len(tail) - LONGEST + 1 :]
        return Example(head + tail, len(head))

    def shuffled(self, items: list[list[Example]]) -> list[list[Example]]:
        """The same items in a random order."""
        return self._random.sample(items, len(items))

    def _encode(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _known_turn(self) -> tuple[list[Turn], str, Turn]:
        draw = self._random
        dialogue = draw.choices(self._book.dialogues, self._weights)[0]
        number = draw.randrange(len(dialogue.turns))
        turn = dialogue.turns[number]
        question = draw.choice(turn.also) if turn.also and draw.random() < 0.4 else turn.user
        first = dialogue.turns[0]
        asked = draw.choice((first.user, *first.also))
        history = [Turn(asked, (), first.thinking, first.answer)] if number else []
        if draw.random() < 0.3:
            question = self._wrapped(question)
        return history, question, turn

    def _wrapped(self, question: str) -> str:
        draw = self._random
        words = draw.choice(self._words.wrappers)
        gap = draw.choice(("\n", "\n\n", " "))
        return words + gap + question if draw.random() < 0.4 else question + gap + words

    def _strange(self, size: int) -> tuple[list[Turn], str, Turn]:
        draw = self._random
        if draw.random() < 0.25:
            question = draw.choice(self._words.questions_zh)
            if draw.random() < 0.5:
                question = "".join(draw.choices(self._words.words_zh, k=draw.randint(1, 12)))
            return [], question, self._book.default_zh
        kind = draw.random()
        if kind < 0.3:
            question = draw.choice(self._words.questions_en)
        elif kind < 0.5:
            question = self._formula()
        elif kind < 0.7:
            return self._near_miss()
        else:
            question = self._junk(size or draw.randint(1, 60))
        if draw.random() < 0.15:
            question = self._wrapped(question)
        if _plain(question) in self._known:
            question = "x"
        return [], question, _default(self._book, question)

    def _formula(self) -> str:
        draw = self._random
        a, b, c = (draw.randint(1, 30) for _ in range(3))
        sign = draw.choice("+-")
        return draw.choice(
            (
                f"Solve {a}x {sign} {b} = {c}",
                f"solve {a}x{sign}{b}={c}",
                f"Solve x^2 {sign} {a}x + {b} = 0",
                f"What is {a} {sign} {b}?",
                f"Find the derivative of x^{a} {sign} {b}x",
                f"Integrate {a}x {sign} {b}",
                f"Solve {a}(x {sign} {b}) = {c}",
                f"Solve x + y = {a} and x - y = {b}",
            )
        )

    def _near_miss(self) -> tuple[list[Turn], str, Turn]:
        """A known question with one character changed, or one that lacks its first turn."""
        draw = self._random
        dialogue = draw.choice(self._book.dialogues)
        turn = draw.choice(dialogue.turns)
        question = turn.user
        digits = [place for place, char in enumerate(question) if char.isdigit()]
        if digits:
            place = draw.choice(digits)
            question = question[:place] + str(draw.randint(0, 9)) + question[place + 1 :]
        elif turn is dialogue.turns[0]:
            words = question.split(" ")
            words[draw.randrange(len(words))] = draw.choice(self._words.words_en)
            question = " ".join(words)
        if _plain(question) in self._known and turn is dialogue.turns[0]:
            question = draw.choice(self._words.words_en)
        return [], question, _default(self._book, question)

    def _earlier(self) -> list[Turn]:
        """Turns that have nothing to do with the question, so that the last one counts."""
        draw = self._random
        turns: list[Turn] = []
        for _ in range(draw.randint(1, 3)):
            if draw.random() < 0.6:
                dialogue = draw.choice(self._book.dialogues[:-1])
                turns.append(dialogue.turns[0])
            else:
                question = draw.choice(self._words.questions_en)
                default = self._book.default_en
                turns.append(Turn(question, (), default.thinking, default.answer))
        return turns

    def _system(self, size: int) -> str:
        draw = self._random
        if size:
            return self._junk(size)
        kind = draw.random()
        if kind < 0.5:
            return ""
        if kind < 0.8:
            return " ".join(draw.sample(self._words.systems, draw.randint(1, 3)))
        return self._junk(draw.randint(5, 150))

    def _thinking(self, turn: Turn) -> str:
        """Mostly all of it; sometimes cut, as an engine with a budget for thinking does."""
        draw = self._random
        kind = draw.random()
        if kind < 0.9:
            return turn.thinking + CLOSING
        if kind < 0.95:
            return f"\n{THOUGHT}\n\n"
        return turn.thinking[: draw.randint(1, len(turn.thinking))].rstrip() + CLOSING

    def _junk(self, pieces: int) -> str:
        draw = self._random
        words = self._words
        made: list[str] = []
        flavour = draw.random()
        for _ in range(pieces):
            kind = draw.random()
            if flavour < 0.6 or kind < 0.6:
                piece = draw.choice(words.words_en)
            elif kind < 0.7:
                piece = str(draw.randint(0, 99999))
            elif kind < 0.8:
                piece = "".join(draw.choices("abcdefghijklmnopqrstuvwxyz_()[]=+-*/.:", k=5))
            elif kind < 0.9:
                piece = draw.choice(words.words_zh)
            else:
                piece = chr(draw.randint(0x21, 0x2FFF)) + draw.choice("\n\t ")
            made.append(piece + draw.choices((" ", ". ", ",\n", "\n\n"), (80, 10, 5, 1))[0])
        return "".join(made).strip()


def _room(draw: random.Random) -> int:
    """How many pieces of junk: mostly none in particular, seldom thousands."""
    kind = draw.random()
    if kind < 0.9:
        return 0
    if kind < 0.985:
        return draw.randint(60, 300)
    return draw.randint(300, 1000)


def _default(book: Book, question: str) -> Turn:
    chinese = re.search(r"[\u4e00-\u9fff]", question)
    return (
        book.default_zh if chinese and not re.search(r"[A-Za-z]{2}", question) else book.default_en
    )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", lambda gap: gap.group().strip(), text.casefold())
