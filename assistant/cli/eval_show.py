"""Results of an evaluation on the terminal, as a record, as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from statistics import median

from assistant.cli import render
from assistant.cli.columns import columns, terminal_width
from assistant.evaluation.results import Outcome, Result
from assistant.evaluation.statistics import Share, compare, pairs, share
from assistant.maths.showing.html import whole_page
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang, Text

RIGHT = Text("{0}: {1} of {2} right, {3} % (95 %: {4} to {5} %)",
             "{0}：{2} 题答对 {1} 题，{3} %（95 % 置信区间 {4}–{5} %）")  # fmt: skip
OTHERS = Text(
    "{0} wrong · {1} not decided · {2} without an answer · {3} with a step that was refuted",
    "{0} 题错误 · {1} 题未判定 · {2} 题无答案 · {3} 题含被否定的步骤",
)
COST = Text("{0} tokens and {1} s a question (median)", "每题 {0} 个词元、{1} 秒（中位数）")
BOTH = Text(
    "both right {0} · only the first {1} · only the second {2} · neither {3}",
    "都对 {0} · 仅前者对 {1} · 仅后者对 {2} · 都错 {3}",
)
BETTER = (
    Text("the first is better: {0} (p {1})", "前者更好：{0}（p {1}）"),
    Text("the second is better: {0} (p {1})", "后者更好：{0}（p {1}）"),
)
SAME = Text(
    "no difference is shown (p {0}): it may be chance",
    "没有显示出差异（p {0}），可能出于偶然",
)
LEAST = 1e-99
"""A probability that is told in figures."""
DIFFER = Text("Where they differ:", "二者不同的题：")
WRONG = Text("Not right:", "未答对：")
TITLE = Text("Evaluation", "评测")
COLUMNS = Text("id|question|answer|given|outcome", "编号|题目|答案|所答|结果")
WORDS = {
    Outcome.RIGHT: Text("right", "正确"),
    Outcome.WRONG: Text("wrong", "错误"),
    Outcome.OPEN: Text("not decided", "未判定"),
    Outcome.NONE: Text("no answer", "无答案"),
}
STYLE = """
main { max-width: 70rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .5rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
td:nth-child(2) { max-width: 28rem; }
"""
LONGEST = 600
"""Characters of a question on the page."""


def say(text: Text, lang: Lang) -> str:
    """A sentence."""
    return filled(text, lang, lambda _: "")


def told(results: Sequence[Result]) -> tuple[Text, ...]:
    """What one way came to."""
    counts = Counter(result.outcome for result in results)
    refuted = sum(result.refuted > 0 for result in results)
    others = (counts[Outcome.WRONG], counts[Outcome.OPEN], counts[Outcome.NONE], refuted)
    lines = [_share(results[0].settings if results else "", share(results))]
    lines.append(OTHERS.of(*map(str, others)))
    if results:
        tokens = median(result.tokens for result in results)
        seconds = median(result.seconds for result in results)
        lines.append(COST.of(f"{tokens:.0f}", f"{seconds:.1f}"))
    return tuple(lines)


def _share(settings: str, found: Share) -> Text:
    low, high = found.interval
    numbers = (f"{100 * part:.1f}" for part in (found.value, low, high))
    return RIGHT.of(settings, str(found.right), str(found.of), *numbers)


def verdict(first: Sequence[Result], second: Sequence[Result]) -> tuple[Text, Text]:
    """The table of pairs, and what it shows."""
    found = compare(first, second)
    cells = (found.both, found.only_first, found.only_second, found.neither)
    chance = _probability(found.p_value)
    if not found.significant:
        return BOTH.of(*map(str, cells)), SAME.of(chance)
    better = 0 if found.only_first > found.only_second else 1
    settings = (first, second)[better][0].settings
    return BOTH.of(*map(str, cells)), BETTER[better].of(settings, chance)


def _probability(value: float) -> str:
    if value < LEAST:
        return f"< {LEAST}"
    return f"= {value:.3f}" if value >= 0.001 else f"= {value:.1e}"


def show(results: Sequence[Result], lang: Lang) -> None:
    """One way, and the questions that it has not right."""
    for line in told(results):
        render.write_line(say(line, lang))
    _table(WRONG, [r for r in results if r.outcome is not Outcome.RIGHT], lang)


def show_comparison(first: Sequence[Result], second: Sequence[Result], lang: Lang) -> None:
    """Two ways, and where they differ."""
    for results in (first, second):
        for line in told(results):
            render.write_line(say(line, lang))
        render.write_line("")
    for line in verdict(first, second):
        render.write_line(say(line, lang))
    _table(DIFFER, _differing(first, second), lang)


def _differing(first: Sequence[Result], second: Sequence[Result]) -> list[Result]:
    """Both results of each question that only one has right, one below the other."""
    both = pairs(first, second)
    return [r for pair in both if sum(r.outcome is Outcome.RIGHT for r in pair) == 1 for r in pair]


def _table(title: Text, results: Sequence[Result], lang: Lang) -> None:
    if not results:
        return
    render.write_line(f"\n{say(title, lang)}")
    rows = [
        [
            clean(r.id)[:20],
            say(WORDS[r.outcome], lang),
            clean(r.gold)[:24],
            clean(r.answer)[:24],
            " ".join(clean(r.question).split()),
        ]
        for r in results
    ]
    for line in columns(rows, terminal_width()):
        render.write_line(f"  {line}")


def record(results: Sequence[Result]) -> dict[str, object]:
    """One way as one JSON record."""
    found = share(results)
    return {
        "settings": results[0].settings if results else "",
        "right": found.right,
        "of": found.of,
        "share": round(found.value, 4),
        "interval": [round(end, 4) for end in found.interval],
        "outcomes": {o.value: sum(r.outcome is o for r in results) for o in Outcome},
        "results": [
            {"id": r.id, "outcome": r.outcome.value, "answer": r.answer, "tokens": r.tokens}
            for r in results
        ],
    }


def comparison_record(first: Sequence[Result], second: Sequence[Result]) -> dict[str, object]:
    """Two ways as one JSON record."""
    found = compare(first, second)
    return {
        "first": record(first),
        "second": record(second),
        "both": found.both,
        "only_first": found.only_first,
        "only_second": found.only_second,
        "neither": found.neither,
        "p_value": found.p_value,
        "significant": found.significant,
    }


# --- the page --------------------------------------------------------------------------------


def page(results: Sequence[Result], lang: Lang) -> str:
    """One way with every question."""
    return _whole([*told(results)], "", results, lang)


def comparison_page(first: Sequence[Result], second: Sequence[Result], lang: Lang) -> str:
    """Two ways, and the questions where they differ."""
    differ = _differing(first, second)
    head = (
        f"<h2>{escape(say(DIFFER, lang).rstrip(':：'))}</h2>{_rows(differ, lang)}" if differ else ""
    )
    return _whole([*told(first), *told(second), *verdict(first, second)], head, [], lang)


def _whole(lines: Sequence[Text], head: str, results: Sequence[Result], lang: Lang) -> str:
    title = escape(say(TITLE, lang))
    said = "".join(f"<p>{filled(line, lang, lambda _: '', escape)}</p>" for line in lines)
    rows = _rows(results, lang) if results else ""
    return whole_page(title, f"<h1>{title}</h1>{said}{head}{rows}", lang, STYLE)


def _rows(results: Sequence[Result], lang: Lang) -> str:
    heads = "".join(f"<th>{escape(name)}</th>" for name in say(COLUMNS, lang).split("|"))
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(clean(cell)[:LONGEST])}</td>"
            for cell in (r.id, r.question, r.gold, r.answer, say(WORDS[r.outcome], lang))
        )
        + "</tr>"
        for r in results
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
