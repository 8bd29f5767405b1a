"""What can be settled in the app: titles, notes, the values to choose from, how one is typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.settings import MOST_DAYS, MOST_MINUTES, MOST_THINKING, MOST_VOTES, Settings
from runtimes.texts import Count, Lang, Text
from tui.themes import SCHEMES

Value: TypeAlias = str | int | None
"""Of one setting; flags are 0 and 1."""
TYPED = Text("{0}", "{0}")
ON, OFF = Text("on", "开"), Text("off", "关")
WHOLE = Text("a whole number from {0} to {1}, or nothing", "请输入 {0} 到 {1} 的整数，或留空")
NOT_BOTH = Text(
    "a vote does not go with tools: the answers are written side by side; switch one of them off",
    "投票不能与工具并用：多个回答是同时写的；请先关闭其中一项",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """``key`` is that of ``Settings``; ``choices`` are what the arrow keys go through; ``bounds``
    hold for a number that is typed; ``typed``: any text may be."""

    key: str
    title: Text
    note: Text
    choices: tuple[tuple[Value, Text], ...] = ()
    bounds: tuple[int, int] | None = None
    unit: Text | Count = TYPED

    @property
    def typed(self) -> bool:
        """Is it typed, not chosen from a list?"""
        return self.bounds is not None or not self.choices


def _numbers(none: Text, unit: Count, *values: int) -> tuple[tuple[Value, Text], ...]:
    return ((None, none), *((value, unit.of(value)) for value in values))


FLAG: tuple[tuple[Value, Text], ...] = ((0, OFF), (1, ON))
TOKENS = Count(Text("{0} token", "{0} 个词元"), Text("{0} tokens", "{0} 个词元"))
MINUTES = Count(
    Text("after {0} idle minute", "闲置 {0} 分钟后"),
    Text("after {0} idle minutes", "闲置 {0} 分钟后"),
)
DAYS = Count(Text("{0} day", "{0} 天"), Text("{0} days", "{0} 天"))
ANSWERS = Count(Text("{0} answer", "{0} 个回答"), Text("{0} answers", "{0} 个回答"))
SETTINGS = (
    Setting(
        key="language",
        title=Text("Language", "语言"),
        note=Text("Of the whole app, at once.", "整个界面的语言，立即生效。"),
        choices=(
            (None, Text("as the system", "跟随系统")),
            ("en", Text("English", "English")),
            ("zh", Text("中文", "中文")),
        ),
    ),
    Setting(
        key="theme",
        title=Text("Colours", "配色"),
        note=Text(
            "“The terminal's colours” are those that the terminal itself has been given.",
            "“终端配色”即终端自身所设的颜色。",
        ),
        choices=(
            (None, Text("as the terminal can", "视终端能力而定")),
            *((scheme.name, scheme.title) for scheme in SCHEMES),
        ),
    ),
    Setting(
        key="default_model",
        title=Text("Default model", "默认模型"),
        note=Text(
            "Its name; with none, only the exact solver answers. It holds from the next start on.",
            "模型名称；留空则只用精确求解。下次启动后生效。",
        ),
    ),
    Setting(
        key="think",
        title=Text("Thinking at most", "思考上限"),
        note=Text(
            "A model that has thought so long is told to answer.",
            "模型思考到此长度后即须作答。",
        ),
        choices=_numbers(
            Text("as much as fits", "不限（以窗口为限）"), TOKENS, 0, 1024, 2048, 4096, 8192, 16384
        ),
        bounds=(0, MOST_THINKING),
        unit=TOKENS,
    ),
    Setting(
        key="vote",
        title=Text("Vote", "投票"),
        note=Text(
            "So many answers are written; the one that most agree on is taken. It takes longer.",
            "生成多个回答，取多数一致者；耗时更长。",
        ),
        choices=_numbers(Text("no: one answer", "不投票：一个回答"), ANSWERS, 3, 5, 8, 16),
        bounds=(1, MOST_VOTES),
        unit=ANSWERS,
    ),
    Setting(
        key="tools",
        title=Text("Tools for the model", "模型可用工具"),
        note=Text(
            "The model may have something computed exactly or looked up in your notes.",
            "模型可调用精确计算，或查阅你的笔记。",
        ),
        choices=FLAG,
    ),
    Setting(
        key="keep_minutes",
        title=Text("Model is unloaded", "模型卸载"),
        note=Text(
            "A model that nobody asks gives its memory back after that; the next question loads it "
            "again. It holds for a model that is loaded from now on.",
            "模型闲置到此时间后释放内存，下次提问时重新加载；对此后加载的模型生效。",
        ),
        choices=_numbers(Text("only when asked to", "仅在手动卸载时"), MINUTES, 5, 15, 60),
        bounds=(1, MOST_MINUTES),
        unit=MINUTES,
    ),
    Setting(
        key="history_days",
        title=Text("History is kept", "历史保留"),
        note=Text(
            "Conversations that nobody goes on with are deleted after that, at a start of the app. "
            "assistant --incognito keeps nothing at all.",
            "超过期限未继续的对话会在启动时删除。使用 assistant --incognito 则完全不留记录。",
        ),
        choices=_numbers(Text("for ever", "永久"), DAYS, 7, 30, 90, 365),
        bounds=(1, MOST_DAYS),
        unit=DAYS,
    ),
    Setting(
        key="offline",
        title=Text("Offline", "离线"),
        note=Text(
            "No connection to another machine is opened, whatever is asked for.",
            "无论何种操作，都不连接其他机器。",
        ),
        choices=FLAG,
    ),
    Setting(
        key="screen_reader",
        title=Text("For a screen reader", "屏幕阅读器模式"),
        note=Text(
            "Words instead of signs, no boxes, nothing that moves.",
            "用文字代替符号，无边框，无动画。",
        ),
        choices=FLAG,
    ),
    Setting(
        key="hide_keys",
        title=Text("Line of keys below", "底部按键栏"),
        note=Text(
            "Help shows all keys, whether the line is there or not.",
            "不论是否显示此栏，帮助中都列出全部按键。",
        ),
        choices=((0, Text("shown", "显示")), (1, Text("hidden", "隐藏"))),
    ),
    Setting(
        key="formulas",
        title=Text("Formulas", "公式"),
        note=Text(
            "As pictures on terminals with Kitty's graphics or with Sixel, else as text.",
            "在支持 Kitty 图形或 Sixel 的终端上以图片显示，其他终端以文字显示。",
        ),
        choices=((None, Text("as text", "文字")), ("picture", Text("as pictures", "图片"))),
    ),
)


def value_of(settings: Settings, setting: Setting) -> Value:
    """What it is set to."""
    value: Value = getattr(settings, setting.key)
    return int(value) if isinstance(value, bool) else value


def worded(setting: Setting, value: Value) -> Text:
    """The value in words."""
    for choice, text in setting.choices:
        if choice == value:
            return text
    if value is None:
        return Text("none", "无")
    return TYPED.of(value) if isinstance(value, str) else setting.unit.of(value)


def stepped(setting: Setting, value: Value, step: int) -> Value:
    """The next choice, or the one before it; after a number that was typed, the nearest."""
    values = [choice for choice, _ in setting.choices]
    if value in values:
        return values[(values.index(value) + step) % len(values)]
    numbers = [one for one in values if isinstance(one, int) and isinstance(value, int)]
    beyond = [one for one in numbers if (one > int(value or 0)) == (step > 0)]
    return (min(beyond) if step > 0 else max(beyond)) if beyond else values[0]


def read_value(setting: Setting, typed: str) -> Value | Text:
    """The value that was typed, or what is wrong with it."""
    typed = typed.strip()
    if not typed:
        return None
    if setting.bounds is None:
        return typed
    low, high = setting.bounds
    if not (typed.isascii() and typed.isdigit() and len(typed) < 12 and low <= int(typed) <= high):
        return WHOLE.of(low, high)
    return int(typed)


def changed(settings: Settings, setting: Setting, value: Value) -> Settings | Text:
    """The settings with another value, or why it cannot be."""
    kept: object = value
    if isinstance(getattr(Settings(), setting.key), bool):
        kept = bool(value)
    if setting.key == "language" and value is not None:
        kept = Lang(str(value))
    new = replace(settings, **{setting.key: kept})  # type: ignore[arg-type]
    return NOT_BOTH if new.tools and (new.vote or 1) > 1 else new
