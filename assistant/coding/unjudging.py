"""Why a test that ran decides nothing, in words."""

from __future__ import annotations

import re

from assistant.coding.inside import unjudged as reasons
from runtimes.texts import Text

OBJECTS = Text(
    "the code answers with objects of its own, which would judge themselves; compare their parts",
    "代码返回了自定义对象，若直接比较等于让它自己下结论；请比较其各个部分",
)
NEEDS = Text(
    "it needs the package {0}, which is not there where code is run",
    "代码需要 {0} 包，而运行环境中没有",
)
REASONS = {
    reasons.OBJECT: OBJECTS,
    reasons.CHANNEL: Text(
        "something cannot be handed over between the code and the tests: a value that is too "
        "large or holds itself, or more of an object of the tests than code may ask for",
        "代码与测试之间有内容无法传递：值过大或包含自身，或代码向测试的对象索取了不允许的内容",
    ),
    reasons.WORDS: Text(
        "the tests use what is not known here of their framework ({0})",
        "测试使用了此处不支持的测试框架功能（{0}）",
    ),
    reasons.RETURNS: Text(
        "a test returns a value, which nobody looks at; write assert instead of return",
        "测试用 return 返回了值，但没有人检查它；请把 return 改为 assert",
    ),
    reasons.NO_CHECK: Text(
        "{0} ends without having checked anything", "{0} 结束时没有检查任何内容"
    ),
    reasons.CAUGHT: Text(
        "an assert of {0} failed, and the test went on", "{0} 中有断言失败，但测试仍继续执行"
    ),
    reasons.NO_QUESTION: Text("{0} asks the code for nothing", "{0} 没有用到被测试的代码"),
}
"""Why a test decides nothing, by the reason that is reported."""
IDLE = (reasons.NO_CHECK, reasons.NO_QUESTION)
LONGEST_WORD = 80
NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_STRANGE = re.compile(r"[^\w .,:'()\[\]-]")
"""What no name of a test or a word of a framework holds."""


def is_idle(why: Text) -> bool:
    """Is it that a test checks nothing, or nothing of the code?"""
    return any(why.en == REASONS[reason].en for reason in IDLE)


def why_of(reason: str, name: str, detail: str) -> Text:
    """Why a test is not judged.  All three may be the code's own words."""
    if reason == reasons.MODULE:
        found = NO_MODULE.search(detail)
        return NEEDS.of(found[1][:LONGEST_WORD] if found else "?")
    words = detail.removeprefix("not known here: ") if reason == reasons.WORDS else name
    return REASONS[reason].of(_STRANGE.sub("", words)[:LONGEST_WORD])
