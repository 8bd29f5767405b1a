"""The words of Chinese stories about amounts: units, names, and what is done with things."""

from __future__ import annotations

from assistant.maths.reading.stories.accounts.facts import Sense

MEASURES = (
    "平方千米 平方厘米 平方分米 平方毫米 平方米 立方厘米 立方分米 立方米 千克 公斤 毫升 毫米 厘米 分米 "
    "千米 公里 公顷 小时 分钟 星期 元 角 克 吨 升 斤 米 天 年 岁 秒 亩"
).split()
COUNTERS = (
    "个 只 本 支 枝 张 颗 块 条 件 盒 箱 袋 瓶 枚 朵 棵 株 名 位 人 辆 把 双 副 台 头 匹 艘 架 座 间 层 "
    "排 行 列 组 队 班 筐 篮 盘 桶 杯 碗 包 捆 束 根 段 份 套 顶 盆 次 下 道 首 粒 封 户 栋 幅 片 罐 串 节 "
    "册 小包 小袋 小盒 小瓶 步 场 级 车 页 面 批 月 堆 发 词 字 题 部 群 幢 扇 碟 篓 卷 节 篇 袋"
).split()
UNIT = (
    r"(?:"
    + "|".join(
        {"年": "年(?!级)", "月": "月(?!份)"}.get(unit, unit)
        for unit in sorted(
            ("个小时", "个星期", "个月", *MEASURES, *COUNTERS), key=len, reverse=True
        )
    )
    + r")"
)
SAME_UNIT = {
    "个小时": "小时", "个星期": "星期", "公斤": "千克", "公里": "千米", "枝": "支", "株": "棵",
    "名": "人", "位": "人", "个月": "月",
}  # fmt: skip
PEOPLE = {
    "人": "", **dict.fromkeys("小朋友 同学 学生 孩子 名同学".split(), "同学"),
    **{one: one for one in "男孩 女孩 男生 女生 男同学 女同学 男老师 女老师 老师 工人 乘客 队员 运动员 员工 游客 客人".split()},
}  # fmt: skip
"""Whom one counts in 人, and by what name."""
LENGTHS = frozenset("千米 米 分米 厘米 毫米 mile kilometer meter foot inch yard cm mm".split())
WEIGHTS = frozenset("吨 千克 克 斤 kilogram gram pound ounce oz ton".split())
TIMES = frozenset("小时 分钟 秒 hour minute second".split())
MONEY = frozenset("元 角 dollar euro cent".split())
SPANS = ("个小时", "小时", "分钟", "秒", "天", "个星期", "星期", "个月", "年")
"""How long something takes."""
WHOLE_TIMES = frozenset("天 星期 年 岁 月 day week month year".split())
"""Times that a story counts, and does not measure."""
FILLED = frozenset("盒 箱 袋 瓶 筐 篮 盘 桶 杯 碗 包 捆 束 盆 车 串 罐 堆 批".split())
"""Units of things by what they are in, or tied up in."""
FRACTIONAL = frozenset(
    (
        *MEASURES,
        *"mile kilometer meter foot inch yard cm mm kilogram gram pound ounce oz ton hour minute second day week month year "
        "dollar euro cent liter gallon degree".split(),
    )
)
"""Units that measure: what they count need not be whole."""

BARRED = (
    "零一二两三四五六七八九十百千万亿半几倍比多少共剩余增减降涨跌折每各均除非不没至超约或且另再又还才仅全同等"
    "前先后第缺差满距若当打整总是有了给送借拿换把被让从向对元占未无否假如则但却都可能会要需应想最更较以之和与及"
    "其这那此哪什么怎请问求谁便宜惠赚亏价贵欠退误错输付找损丢失忘约够别住在离距敲锯晒晾煮煎炖烤烧蒸"
)
CHAR = rf"(?:(?![{BARRED}]|果然|左右|上下(?![来车去])|接近|明[天年]|后天|将来|原计划|(?<!比)计划|可能|也许|大概)[\u4e00-\u9fffA-Za-z])"
ORDINAL = "[一二三四五六七八九十\\d]"
SPECIAL = (
    rf"{ORDINAL}年级\({ORDINAL}\)班|{ORDINAL}(?:年级|号车|班|组|队|车间|月份|月)|{ORDINAL}\({ORDINAL}\)班|第{ORDINAL}(?:天|次|组|层|小组|周|个月|堆|筐|车间|队|小时|本)"
    "|同学|同伴|空调|空位|零花钱|零钱|零件|三轮车|五角星|三角板|三角尺|全班|全校|全年级|全厂|全村|前锋|大家|千纸鹤|百合"
    "|向日葵|对虾|打球|打字机|半成品|等候区|送货车|换洗衣物|总店|从化|余杭|后勤|后院|前院|树后|更衣室|要塞|等"
    "|《[^》]{1,12}》|可乐|可可|比赛|大扫除|家长会|运动会|联欢会|展览会|长颈鹿|长椅|长凳|总务|除草|共青|要塞|六一|五一|十一|元旦|国庆|春节|请柬|给水|错题|果汁|开水|开关|开心果"
)
NAME = rf"(?:(?:{SPECIAL}|{CHAR}){{1,9}}?)"
NAMES = rf"{NAME}(?:(?:、|和|与){NAME})*"
WHEN = rf"(?:上午|下午|早上|晚上|中午|昨天|今天|前天|星期{ORDINAL}|星期天|上星期|这星期|第{ORDINAL}[天次周]|周末|今年|去年)"

HAVE = "有 带有 放有 种有 挂有 住有 插有 挂着 放着 摆着 种着 住着 停放着 养着 存着 带了 带 养了 养 装有 存有 坐着 停着".split()
IN = (
    "购买 购进 新购进 买来 买回来 买回 买进 买 运来 运进来 运进 运回来 运回 送来 飞来 飞进来 开来 开进 游来 跑来 走来 走过来 来 上来 上车 收到 得到 "
    "领到 分到 分得 还来 还回来 还回 叼回 飞回来 飞回 跑回来 跑回 游回 带来 带回 采来 拾来 捡来 新买来 买了回来 转来 转入 借来 领来 拿来 加入 新加入 新增 增加 放进 放入 投放 进货 新买 新进 捡到 赢 摘来"
).split()
OUT = (
    "吃掉 吃 喝掉 喝 用去 用掉 用 飞走 开走 跳走 游走 跑走 跑掉 借走 借出 借去 卖出去 卖出 卖掉 卖去 卖 售出 送出 打破 打碎 破 "
    "丢失 丢 下去 下车 走 离开 下来 拿走 运走 领走 取走 取出 抱走 搬走 截去 截掉 剪去 剪掉 花去 花掉 花 捐出 捐去 捐 死 "
    "销售 售 运出 剪下 锯下 摘掉 放走 砍掉 摔破 打烂 送去 花费 下车 拿去 拿出 取掉 放飞 钓走 毕业 出去 倒掉 倒出 摘走 砍倒 转出 转走 烂掉 烂 坏 带走 送走 损坏 回家"
).split()
DO = (
    "装满 坐满 站满 摆满 插满 放满 贴满 扎成 看 读 写好 写完 写 做好 做完 做 修好 修 铺设 铺 种好 种 植 栽 加工 完成 折好 折 练 背 算 行驶 行 跑 踢 跳 搬 拾 摘 采 挖 拔 "
    "收集 收获 收 吹 得 考 坐 捐献 捡 钓 抓 养 生产 擦 扫 参加 订 存 画 剪 糊 运 装 放 分 挂 拍 制作 装订 织 游 骑 "
    "选 选出 派 派出 挑 报 捐赠 安装 修理 制造 采摘 听写 改造 种植 栽种 栽培 清除 折叠 登 写下 抽 抄 收割 糊好 装好 安排 补 掰 爬 贴 打 打印 摆 扎 串 站 插 钉 挂 租用 租 展出 容纳 乘坐"
).split()
VERBS: dict[str, Sense] = {
    **dict.fromkeys(DO, Sense.DO),
    **dict.fromkeys(OUT, Sense.OUT),
    **dict.fromkeys(IN, Sense.IN),
    **dict.fromkeys(HAVE, Sense.HAVE),
}
FLOWER = r"花(?![比是和与、有店园坛匠瓶儿生丛苗农圃]|[多少]?(?:[\d零一二两三四五六七八九十百千几]|多少)+[盆朵束枝株棵瓶篮丛])"
"""To spend, and no flower of which so many are told of."""
VERB = rf"(?:{'|'.join(sorted(VERBS, key=len, reverse=True))})".replace("|花|", f"|{FLOWER}|")
FULL = "满"
"""Behind a verb: only what is full counts."""
CARRIES = frozenset("运 装 放 坐 租 乘 搬 载 拉 住 订 用".split())
MAKES = frozenset("剪 截 锯 切 砍 做 种".split())
"""What is done as often as there is enough for it; but all is carried that is there."""
TRIPS = frozenset("车 次 趟 辆 艘 班 批".split())
