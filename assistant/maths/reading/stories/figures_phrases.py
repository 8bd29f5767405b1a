"""The phrases of stories about one figure or solid thing: fields, rooms, boxes, wires."""

from __future__ import annotations

from assistant.maths.reading.stories.lengths import CHINESE as SIZES
from assistant.maths.reading.stories.telling import COUNT, NUMBER, Tongues

SHAPES = {
    "长方形": "rectangle", "矩形": "rectangle", "正方形": "square", "三角形": "triangle",
    "平行四边形": "parallelogram", "梯形": "trapezium", "长方体": "cuboid", "正方体": "cube", "立方体": "cube",
    "rectangle": "rectangle", "rectangular": "rectangle", "square": "square", "triangle": "triangle",
    "triangular": "triangle", "parallelogram": "parallelogram", "trapezoid": "trapezium",
    "trapezium": "trapezium", "cuboid": "cuboid", "rectangular prism": "cuboid", "cube": "cube",
    "rectangular box": "cuboid", "rectangular tank": "cuboid", "rectangular pool": "cuboid",
}  # fmt: skip
NAMES = {
    "周长": "perimeter", "面积": "area", "边长": "side", "棱长": "edge", "长": "length", "宽": "width",
    "高": "height", "深": "height", "底": "base", "底边": "base", "上底": "upper", "下底": "lower", "体积": "volume",
    "容积": "volume", "表面积": "surface", "底面积": "floor", "棱长总和": "edges", "棱长之和": "edges",
    "占地面积": "area",
    "perimeter": "perimeter", "area": "area", "side": "side", "length": "length", "width": "width",
    "height": "height", "depth": "height", "base": "base", "volume": "volume", "surface area": "surface",
    "edge": "edge", "long": "length", "wide": "width", "high": "height", "tall": "height", "deep": "height",
    "side length": "side", "edge length": "edge",
}  # fmt: skip
UNIT = rf"(?:(?P<dim>平方|立方)?(?P<u>{'|'.join(sorted(SIZES, key=len, reverse=True))})|(?P<u>毫升|升))"
BARRED = (
    "零一二两三四五六七八九十百千万亿半几倍比多少共剩余增减降涨跌折每各均除非不没至超约或且另再又还才仅只全同等"
    "前先后第缺差满距若当打整总是有了给把被让从向对元占未无的和与及其靠墙剪挖拼叠卷粘斜内外最长宽高底周面边棱体框圈围外角锯切展贴刷铺上下表侧容占"
)
WORD = rf"(?:(?![{BARRED}])[\u4e00-\u9fff])"
THING = rf"(?:(?!正方|立方|矩形|梯形)(?P<thing>{WORD}{{1,5}})(?:地面|地板|墙面|面)?)"
SHAPE = r"(?P<shape>长方形|矩形|正方形|平行四边形|(?P<right>直角)?三角形|(?P<right>直角)?梯形|长方体|正方体|立方体)"
MEASURED = r"(?:个|块|间|张|片|幅|座|条|只|面|种|道|根|段|扇|台|口|方)"
OPEN = r"(?P<open>无盖的?)"
FIGURE = (
    rf"(?:(?:(?:(?:有|已知|用)?(?P<article>一){MEASURED}|(?:这|该|此){MEASURED}?|它|(?:(?P<whose>{WORD}{{1,4}})的)?{THING}的?|地面的?)"
    rf"{OPEN}?(?:{SHAPE}(?:的)?)?{OPEN}?{THING}?|{OPEN}?{SHAPE}(?:的)?{OPEN}?{THING}?)(?:的|地面|占地)?)"
)
PART = r"(?P<what>周长|(?:占地)?面积|表面积|底面积|边长|棱长总和|棱长之和|棱长|体积|容积|上底|下底|底边|底|长|宽|高|深)"
OTHER = PART.replace("<what>", "<other>")
WIRE = r"(?:铁丝|铁条|绳子|细绳|篱笆|彩带|丝带|木条|栅栏|绳|钢筋)"
TILL = r"(?:正好|刚好|恰好)?(?:可以|能)?"
CHINESE = (
    ("is", rf"{FIGURE}?的?{PART}(?:度)?(?:是|为|有)?\s*(?P<n>{NUMBER})\s*{UNIT}(?:的)?(?:{FIGURE})?"),
    ("figure", rf"{FIGURE}(?:是{OPEN}?{SHAPE}(?:的)?)?"),
    ("times", rf"{FIGURE}?的?{PART}(?:正好|恰好)?是{OTHER}的(?P<n>{NUMBER})(?:倍)?(?:还?(?P<more>多|少)(?P<k>{NUMBER})\s*{UNIT})?"),
    ("more", rf"{FIGURE}?的?{PART}比{OTHER}(?:的(?P<n>{NUMBER})倍)?(?:还?要?)(?P<more>多|少|长|短|大|小)(?P<k>{NUMBER})\s*{UNIT}"),
    ("ratio", rf"{FIGURE}?的?{PART}(?:和|与|:){OTHER}的?比(?:是|为)(?P<n>{COUNT}):(?P<k>{COUNT})"),
    ("wire", rf"(?:把|将)?(?:用|有)?(?:(?:一|1)(?:根|条|段))?(?:全?长(?:度)?(?:是|为)?)?(?P<n>{NUMBER})\s*{UNIT}(?:长)?的?{WIRE},?{TILL}(?:围|折|弯|焊接?|做|圈)成?一?个?{SHAPE}(?:的?{THING})?(?P<frame>框架|模型)?"),
    ("ask", rf"{FIGURE}?的?{PART}(?:度)?(?:一共)?(?:是|为|有)?(?:(?:多少|几){UNIT}|多少)"),
    ("ask", rf"(?<=求){FIGURE}?的?{PART}"),
    ("ask_around", rf"(?:如果)?(?:要)?(?:在|沿着?)?(?:{FIGURE}|它)?的?(?:四周|周围)(?:都)?(?:围|装|安|贴)(?:上|着)?(?:一圈)?(?:{WIRE}),?(?:(?:{WIRE})(?:全?长)?|一?共?需要?)(?:是|要|有)?(?:多少|几){UNIT}(?:长)?的?(?:{WIRE})?"),
    ("ask_sheet", rf"(?:要)?(?:(?:做|制作)(?:一个|这个|这样一?个)?(?:{THING})?)?,?(?:至少|一共|共)*(?:需要?|要用?|用)(?:用)?(?:多少|几){UNIT}的?(?:铁皮|玻璃|纸板|木板|硬纸板|铁板|纸)"),
)  # fmt: skip
EN_UNIT = r"(?P<dim>square |sq\.? |cubic )?(?P<u>centimet(?:er|re)s?|millimet(?:er|re)s?|kilomet(?:er|re)s?|met(?:er|re)s?|feet|foot|inch(?:es)?|yards?|miles?|units?|cm|mm|km|ft|m)(?P<raised>²|\^?[23])?(?![a-z])"
EN_WORD = r"(?!(?:is|are|was|has|with|of|and|that|which|whose|measures|by|inner|outer|around|half|other|next|feet|foot|long|wide|in|on|path|frame|border|walkway)\b)[a-z]+"
EN_SHAPE = r"(?P<shape>rectangular (?:prism|box|tank|pool)|rectangle|rectangular|square|triangle|triangular|parallelogram|trapezoid|trapezium|cuboid|cube)"
EN_FIGURE = rf"(?:(?:(?P<article>a|an)|the|this|his|her|their|my|(?P<whose>(?-i:[A-Z])[a-z]+?s)) (?:{EN_SHAPE}(?!-))?(?: ?(?P<thing>{EN_WORD}(?: {EN_WORD})?))?|it|its)"
EN_PART = r"(?P<what>perimeter|surface area|area|side length|edge length|length|width|height|depth|base|volume|side|edge)"
EN_SIZE = r"(?P<what>long|wide|high|tall|deep)"
ENGLISH = (
    ("is", rf"{EN_FIGURE} (?:is|measures) (?P<n>{NUMBER})[ -]{EN_UNIT} {EN_SIZE}"),
    ("is", rf"(?:is |that is |which is |,? ?and )?(?P<n>{NUMBER})[ -]{EN_UNIT} {EN_SIZE}"),
    ("is", rf"(?:the |its |a |an )?{EN_PART}(?: of (?:each|one) side)?(?: of {EN_FIGURE})? (?:is|of|=|measures) (?P<n>{NUMBER})[ -]?{EN_UNIT}"),
    ("is", rf"{EN_FIGURE} (?:has|with) (?:a |an )?{EN_PART} (?:of )?(?P<n>{NUMBER})[ -]?{EN_UNIT}"),
    ("figure", rf"{EN_FIGURE} has(?= a)|(?:there is |{EN_FIGURE} has |{EN_FIGURE} with |(?-i:[A-Z])[a-z]+ has )?{EN_FIGURE}(?: (?:with|has|that|which))?"),
    ("times", rf"(?:the |its )?{EN_PART}(?: of {EN_FIGURE})? is (?P<n>{NUMBER} times|twice|half) (?:as (?:long|wide|high) as )?(?:its |the )?(?P<other>length|width|height|base)"),
    ("more", rf"(?:the |its )?{EN_PART}(?: of {EN_FIGURE})? is (?P<k>{NUMBER}) {EN_UNIT} (?P<more>more|longer|less|shorter|greater|larger|smaller) than (?:its |the )?(?P<other>length|width|height|base)"),
    ("ask", rf"(?:what is|find|calculate|determine) (?:the |its ){EN_PART}(?: of {EN_FIGURE})?(?:,? in {EN_UNIT})?"),
    ("ask", rf"how (?P<what>long|wide|high|tall|deep) is {EN_FIGURE}"),
    ("ask_around", rf"how many {EN_UNIT} of (?:fence|fencing|wire|rope|ribbon|trim) (?:are|is|does (?:he|she)|do they|will (?:he|she|they)|would (?:he|she|they)) need(?:ed)? to (?:go|fit|put|run|fence) (?:all (?:the way )?)?around (?:it|{EN_FIGURE})"),
)  # fmt: skip
PHRASES = Tongues(
    r"[长宽]|长方形|矩形|正方形|三角形|平行四边形|梯形|长方体|正方体|立方体|rectang|square|triang|parallelogram|trapez|cuboid|cube|wide",
    CHINESE,
    ENGLISH,
)
