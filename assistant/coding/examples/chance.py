"""Results of which an example shows one of several: of chance, of the clock, or by the question's
own words."""

from __future__ import annotations

import re

from runtimes.texts import Text

VARIES = Text(
    "it gives something else, and by chance or by the clock it may; the example is then only one "
    "result of several",
    "结果与示例不同，但它取决于随机数或时钟；示例可能只是多种结果之一",
)
SEVERAL = Text(
    "it gives something else, and the question says that there are several right answers",
    "结果与示例不同，而题目说明正确答案不止一个",
)
_CHOOSE = (
    r"\b(?:return|print|output|find|give|choose|pick|select|yield|report)(?:s|ing)?"
    r"(?:\s+(?:back|out))?"
)
"""What stands right before "any", where one thing of several is to come out; further before it,
"any" may tell what goes in (the square of any number)."""
_MANY = re.compile(
    r"\b(?:also|another|other)\b[^.\n]{0,40}\b(?:valid|correct|right|acceptable|accepted|possible)\b"
    r"[^.\n]{0,20}\b(?:answer|solution|output|result)"
    r"|\b(?:return|print|output|find|give|choose|pick)s?\b"
    r"(?:(?!\b(?:if|whether|when|unless|true|false)\b)[^.\n]){0,40}\bany(?:\s+one)?\s+"
    r"(?:(?:of|valid|such|correct|possible|solution|answer)\b|(?:one\s+)?is\s+fine)"
    rf"|{_CHOOSE}\s+(?:any|either)\s+(?:one|two|three|[a-z]+(?<!s)|[a-z]+ss|basis|axis)\b(?!\s+order)"
    rf"|{_CHOOSE}\s+(?:an\s+)?arbitrary\b(?!\s+order)"
    rf"|{_CHOOSE}\s+(?:the\s+|an?\s+)?(?:index|position|location|place|key|name)\s+of\s+any\b"
    r"|\bany\b(?!\s+order)[^.\n]{0,30}\b(?:(?:may|can|could|might)\s+be\s+(?:returned|printed|given"
    r"|chosen|picked|output)|will\s+do|works|(?:is|are)\s+(?:fine|ok|okay|good|right|correct|valid))\b"
    r"|\bany\b(?!\s+order)[^.\n]{0,30}\b(?:is|are|will\s+be)\s+(?:accepted|acceptable|allowed)\b"
    r"|\b(?:multiple|several|many|more\s+than\s+one)\s+(?:\w+\s+)?(?:answer|solution)s?\b"
    r"|\b(?:answer|solution)s?\s+(?:is|are|may|might|need)\s+not\s+(?:be\s+)?unique\b"
    r"|(?:返回|输出|给出|打印|求出?)[其中的]{0,3}任[意何]?[一其]+(?!个?[整正负]?数)"
    r"|(?:返回|输出|给出|打印|找[到出]|选[出取择]|取[出得])[^。，,\n]{0,12}"
    r"任[意何一](?:的?一)?[个项对种处]?(?:元素|下标|索引|位置|项|键|峰值?|解(?!释|析|决))"
    r"|(?:返回|输出|给出|打印|找[到出]|选[出取择]|取[出得])[^。，,\n]{0,10}[中里]的?任[意何一](?:的?一)?个?[整正负]?数(?!的)"
    r"|(?:也|同样|均|都)是?[^。\n]{0,8}(?:正确|有效|合法|可行|符合题意)的?(?:答案|解|结果|输出)"
    r"|(?:答案|解|方案|结果)(?:可能)?(?:不|并不)(?:唯一|止一)|[多几](?:个|种)(?:正确)?(?:答案|解(?!释|析|决)|方案)",
    re.IGNORECASE,
)
_RANDOM = re.compile(
    r"\b(?:random|secrets|uuid\d?|shuffle|randint|mt19937|random_device|shuf)\b|\$\{?RANDOM\b"
    r"|\bs?rand\s*\("
)
_SEEDED = re.compile(r"\b(?:seed|Random|srand|default_rng)\s*\(\s*\d|\bmt19937\s*\w*\s*[({]\s*\d")
_CLOCK = re.compile(
    r"\b(?:now|today|time|clock|localtime|gmtime|strftime)\s*\(|\bnew\s+Date\s*\(\s*\)"
)
_RACES = re.compile(r"\b(?:threading|multiprocessing|concurrent|asyncio|pthread\w*|thread|fork)\b")
_MACHINE = re.compile(
    r"\b(?:open|fopen|glob|listdir|getenv|getpid|getcwd|hash|id|getsizeof|getrefcount|fetch|system"
    r"|popen)\s*\(|\b(?:os|fs|pathlib|Path|requests|urllib|https?|socket|subprocess|psutil|platform"
    r"|tempfile|shutil|resource|tracemalloc|locale|environ|argv|version|version_info|maxsize|timeit"
    r"|perf_counter|performance|[io]?fstream|filesystem|child_process|axios|XMLHttpRequest|Intl"
    r"|navigator|uintptr_t|intptr_t|toLocale\w*)\b|__file__"
    r"|\bprocess\.(?!stdout\b)|%p|\bprintf[^;]{0,200}\bsizeof\b|<<\s*sizeof\b"
    r"|=\s*sizeof\s*\(?\s*\w+[\s*]*\)?\s*;"
)
"""Files, other machines, and what each machine has of its own."""
_SAYS_RANDOM = re.compile(
    r"random|shuffl|dice|coin|lottery|roll|passwords?|tokens?|uuid|guid"
    r"|随机|骰子|硬币|洗牌|抽[取奖签]|密码|口令|令牌|验证码",
    re.IGNORECASE,
)
_SAYS_CLOCK = re.compile(
    r"\b(?:today|now|current|clock|date|time|age|birth\w*)\b"
    r"|今天|今日|现在|当前|时间|日期|时钟|年龄|岁|生日|出生",
    re.IGNORECASE,
)


def other_values(program: str, question: str) -> Text | None:
    """Why a value that is not that of an example may be right too, where it may."""
    if varies(program, question):
        return VARIES
    return SEVERAL if _MANY.search(question) else None


def varies(program: str, question: str) -> bool:
    """Does a question speak of chance or of the clock, and the program hang on it?"""
    chance, clock = _chance(program), _CLOCK.search(program) is not None
    return (chance and _SAYS_RANDOM.search(question) is not None) or (
        clock and _SAYS_CLOCK.search(question) is not None
    )


def asks_clock(program: str, question: str) -> bool:
    """Does code look at the clock, of which the question does not speak?"""
    return _CLOCK.search(program) is not None and _SAYS_CLOCK.search(question) is None


def hangs_on_others(program: str) -> bool:
    """May a program print something else each time, or on another machine?"""
    signs = (_CLOCK, _RACES, _MACHINE)
    return _chance(program) or any(sign.search(program) is not None for sign in signs)


def _chance(program: str) -> bool:
    return _RANDOM.search(program) is not None and _SEEDED.search(program) is None
