"""What is said of a measurement that says nothing, or ended before its time."""

from __future__ import annotations

from runtimes.texts import Text

NO_ITEMS = Text("{0} takes nothing whose size could grow", "{0} 的参数没有可以增大的规模")
TOO_FAST = Text("it is too fast to be measured", "运行太快，无法测量")
TOO_SLOW = Text("it is too slow: only {0} sizes could be tried", "运行太慢：只试了 {0} 种规模")
NOISY = Text(
    "no class, or too many, fit what was measured", "测量结果不符合任何一类增长，或同时符合过多类别"
)
BETWEEN = Text(
    "what was measured lies too near to the bound to tell", "测量结果太接近界限，无法判定"
)
WAITS = Text(
    "most of its time it waits and does not compute, which is not measured",
    "大部分时间在等待而非计算，无法测量",
)
NOT_LOADED = Text("loading the code raised {0}", "加载代码时抛出 {0}")
NO_END = Text("a call did not end in the time that it had", "有一次调用未能在时限内结束")
RAISED = Text("at size {0} it raised {1}", "规模为 {0} 时抛出 {1}")
TIME_UP = Text("larger sizes would take too long", "更大的规模耗时过长")
NO_MORE_TIME = Text("the time was over before larger sizes", "时间已用完，未能试更大的规模")
ENDED_EARLY = Text("the code was ended at a limit", "代码因达到限制而被终止")
MINOR = Text("another kind of input takes longer", "另一种输入耗时更长")
OTHERWISE = Text(
    "where it was measured it gave other results than where it was tested",
    "测量时的结果与测试时的结果不同",
)
CANCELLED = Text("it was cancelled", "已取消")
