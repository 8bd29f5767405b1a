"""Questions about matrices, data, figures and counting."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Request, Task

MATRIX = "(?:the )?(?:matrix )?"


def _matrix(topic: str, *patterns: str) -> None:
    def build(s: Slots) -> Request:
        value = s.scan.formula(s.span("m"))
        match value:
            case t.Relation(t.Comparison.EQ, t.Symbol(), inner):  # the matrix A = …
                value = inner
            case t.Call("det", (inner,)) if topic == topics.DETERMINANT:
                value = inner
        if isinstance(value, t.Collection) and value.items:  # a row in single brackets
            value = t.Matrix((value.items,))
        if not isinstance(value, t.Matrix | t.Symbol) or (
            isinstance(value, t.Symbol) and value.name not in s.scan.names
        ):
            raise s.scan.error(s.span("m"), "a matrix is expected here", "此处应为矩阵")
        return Request(task=Task.MATRIX, topic=topic, operands=(value,))

    noun(*patterns)(build)


_matrix(topics.DETERMINANT, f"(?:determinant|det) of {MATRIX}<m>", "det <m>", "(?:矩阵)?<m>的行列式(?:的值)?",
        "行列式<m>的值", "行列式[:：]?<m>")  # fmt: skip
_matrix(topics.INVERSE, f"inverse(?: matrix)? of {MATRIX}<m>", "(?:矩阵)?<m>的逆(?:矩阵)?",
        "逆矩阵[:：]?<m>")  # fmt: skip
_matrix(topics.TRANSPOSE, f"transpose of {MATRIX}<m>", "(?:矩阵)?<m>的转置(?:矩阵)?")
_matrix(topics.TRACE, f"trace of {MATRIX}<m>", "(?:矩阵)?<m>的迹")
_matrix(topics.RANK, f"rank of {MATRIX}<m>", "(?:矩阵)?<m>的秩")
_matrix(topics.RREF, f"(?:reduced row[ -]?echelon form|rref|row reduction) of {MATRIX}<m>", "rref <m>",
        f"row[ -]?reduce {MATRIX}<m>",
        "(?:矩阵)?<m>的行最简形(?:矩阵)?")  # fmt: skip
_matrix(
    topics.EIGENVALUES, f"eigenvalues of {MATRIX}<m>", "eigenvalues:? <m>", "(?:矩阵)?<m>的特征值"
)
_matrix(topics.EIGENVECTORS, f"(?:eigenvalues and )?eigenvectors of {MATRIX}<m>", "eigenvectors:? <m>",
        "(?:矩阵)?<m>的(?:特征值(?:和|与|及))?特征向量")  # fmt: skip
_matrix(
    topics.CHARACTERISTIC, f"characteristic polynomial of {MATRIX}<m>", "(?:矩阵)?<m>的特征多项式"
)
_matrix(
    topics.ADJUGATE, f"(?:adjugate|adjoint)(?: matrix)? of {MATRIX}<m>", "(?:矩阵)?<m>的伴随矩阵"
)

_matrix(topics.NULL_SPACE, f"(?:basis (?:of|for) (?:the )?)?(?:null ?space|kernel) of {MATRIX}<m>",
        "(?:矩阵)?<m>的(?:零空间|核(?:空间)?|核)(?:的?(?:一组)?基)?")  # fmt: skip
_matrix(topics.COLUMN_SPACE, f"(?:basis (?:of|for) (?:the )?)?(?:column space|image) of {MATRIX}<m>",
        "(?:矩阵)?<m>的(?:列空间|像空间)(?:的?(?:一组)?基)?")  # fmt: skip
_matrix(topics.DIAGONALIZE, f"diagonali[sz]ation of {MATRIX}<m>", "(?:矩阵)?<m>的(?:相似)?对角化")


@order(f"diagonali[sz]e:? {MATRIX}<m>", f"is {MATRIX}<m> diagonali[sz]able",
       "(?:将|把)?(?:矩阵)? ?<m> ?(?:相似)?对角化", "(?:矩阵)? ?<m> ?(?:能否|是否可以?|可以?)(?:相似)?对角化吗?")  # fmt: skip
def diagonalize(s: Slots) -> Request:
    value = s.scan.formula(s.span("m"))
    if not isinstance(value, t.Matrix):
        raise s.scan.error(s.span("m"), "a matrix is expected here", "此处应为矩阵")
    return Request(task=Task.MATRIX, topic=topics.DIAGONALIZE, operands=(value,))


def _vectors(topic: str, *patterns: str) -> None:
    def build(s: Slots) -> Request:
        return Request(task=Task.MATRIX, topic=topic, operands=(s.expr("u"), s.expr("v")))

    noun(*patterns)(build)


_vectors(
    topics.DOT,
    "(?:dot|scalar|inner) product of <u> and <v>",
    "(?:向量)?<u>[与和]<v>的(?:数量积|点积|内积)",
)
_vectors(
    topics.CROSS, "(?:cross|vector) product of <u> and <v>", "<u>[与和]<v>的(?:向量积|叉积|外积)"
)
_vectors(
    topics.ANGLE_BETWEEN,
    "angle between (?:the )?(?:vectors )?<u> and <v>",
    "(?:向量)?<u>[与和]<v>的夹角",
)


@noun(
    "(?:norm|magnitude|length) of (?:the )?vector <v>",
    "(?:norm|magnitude) of <v>",
    "向量<v>的(?:模|长度)",
)
def norm(s: Slots) -> Request:
    vector = s.expr("v")
    if not isinstance(vector, t.Collection | t.Matrix | t.Symbol):  # the size of a number
        return Request(task=Task.EVALUATE, operands=(t.Call("abs", (vector,)),))
    return Request(task=Task.MATRIX, topic=topics.NORM, operands=(vector,))


# data ----------------------------------------------------------------------------------

DATA = "(?: of| for)?(?: the)?(?: data| numbers| values| list| data set| set| following)*:?"
ZH_DATA = "(?:一组)?(?:数据|样本|数)?[:：]?"


def _statistic(topic: str, *patterns: str) -> None:
    def build(s: Slots) -> Request:
        data = s.scan.listed(s.span("items"))
        if isinstance(data, t.Collection) and len(data.items) < 2:
            raise s.scan.error(s.span("items"), "a list of numbers is expected", "此处应为一组数据")
        return Request(task=Task.STATISTICS, topic=topic, operands=(data,))

    noun(*patterns)(build)


_statistic(
    topics.MEAN,
    f"(?:arithmetic )?(?:mean|average){DATA} <items>",
    f"{ZH_DATA}<items>的(?:算术)?平均(?:数|值)",
)
_statistic(topics.MEDIAN, f"median{DATA} <items>", f"{ZH_DATA}<items>的中位数")
_statistic(topics.MODE, f"mode{DATA} <items>", f"{ZH_DATA}<items>的众数")
_statistic(topics.QUARTILES, f"quartiles{DATA} <items>", f"{ZH_DATA}<items>的四分位数")
_statistic(
    topics.INTERQUARTILE,
    f"(?:interquartile range|iqr){DATA} <items>",
    f"{ZH_DATA}<items>的四分位距",
)
_statistic(topics.SPREAD, f"range{DATA} <items>", f"{ZH_DATA}<items>的极差")
_statistic(topics.SAMPLE_VARIANCE, f"sample variance{DATA} <items>", f"{ZH_DATA}<items>的样本方差")
_statistic(topics.VARIANCE, f"(?:population )?variance{DATA} <items>", f"{ZH_DATA}<items>的方差")
_statistic(
    topics.SAMPLE_DEVIATION,
    f"sample standard deviation{DATA} <items>",
    f"{ZH_DATA}<items>的样本标准差",
)
_statistic(
    topics.STANDARD_DEVIATION,
    f"(?:population )?standard deviation{DATA} <items>",
    f"{ZH_DATA}<items>的标准差",
)
_statistic(topics.REGRESSION, "(?:linear )?(?:regression(?: line| equation)?|line of best fit|least squares line)(?: of| for| through)?(?: the)?(?: points| data)?:? <items>",
           f"{ZH_DATA}(?:点)?<items>的(?:线性)?回归(?:直线)?方程")  # fmt: skip
_statistic(topics.CORRELATION, "correlation(?: coefficient)?(?: of| for)?(?: the)?(?: points| data)?:? <items>",
           f"{ZH_DATA}(?:点)?<items>的相关系数")  # fmt: skip

# counting ------------------------------------------------------------------------------


def _counting(topic: str, *patterns: str) -> None:
    def build(s: Slots) -> Request:
        return Request(task=Task.NUMBER, topic=topic, operands=(s.expr("n"), s.expr("k")))

    noun(*patterns)(build)


_counting(topics.COMBINATIONS, "<n> choose <k>", "(?:number of )?combinations of <n> (?:things |objects )?(?:taken |choose )?<k>(?: at a time)?",
          "(?:number of )?(?:ways to choose|combinations of) <k> (?:things |objects |items |people )?(?:from|out of) <n>(?: things| objects| items| people)?",
          "(?:从)<n>个?(?:不同的?)?(?:元素|人|物品|球)?中?(?:任?选|任?取|取出|选出)<k>个?(?:元素|人|物品|球)?的(?:组合数|不同(?:的)?(?:选|取)法(?:种数)?)")  # fmt: skip
_counting(topics.PERMUTATIONS, "(?:number of )?permutations of <n> (?:things |objects )?(?:taken )?<k>(?: at a time)?",
          "(?:number of )?(?:ways to arrange|permutations of) <k> (?:things |objects |items |people )?(?:from|out of) <n>(?: things| objects| items| people)?",
          "(?:从)<n>个?(?:不同的?)?(?:元素|人|物品|球)?中?(?:任?选|任?取|取出|选出)<k>个?(?:元素|人|物品|球)?的排列数")  # fmt: skip


# figures -------------------------------------------------------------------------------

POINTS = "(?:the )?(?:points? )?"


LABEL = re.compile(
    r"(?:the )?(?:parallel )?(?:lines?|circle|points?)\s+|(?:两条)?(?:平行)?(?:直线|圆|点)\s*|两?平行线\s*",
    re.IGNORECASE,
)
LETTER = re.compile(r"[A-Z]\s*(?=[(（])")
AXIS = re.compile(r"(?:the )?([xy]) ?-? ?(?:axis|轴)", re.IGNORECASE)
ORIGIN = re.compile(r"(?:the )?origin|(?:坐标)?原点[A-Z]?", re.IGNORECASE)
ZERO = t.integer(0)


def _object(s: Slots, place: str) -> t.Expr:
    """A point, a number, or the equation of a line or circle; an axis, the origin."""
    span = s.span(place)
    for mark in (LABEL, LETTER):
        if found := mark.match(span.text):
            span = span.cut(span.start + found.end(), span.end)
    if axis := AXIS.fullmatch(span.text):
        return t.equation(t.Symbol("y" if axis[1].lower() == "x" else "x"), ZERO)
    if ORIGIN.fullmatch(span.text):
        return t.Collection(t.Bracket.TUPLE, (ZERO, ZERO))
    try:
        return s.scan.formula(span)
    except ReadingError:
        return s.expr(place)


def _figure(topic: str, *patterns: str, words: tuple[str, ...] = ()) -> None:
    def build(s: Slots) -> Request:
        operands = tuple(_object(s, place) for place in ("p", "q", "r") if place in s.taken)
        if not any(isinstance(o, t.Collection | t.Relation) for o in operands):
            raise s.scan.error(s.span("p"), "a point or a line is expected", "此处应为点或直线")
        if len(operands) == 3 and not all(isinstance(o, t.Collection) for o in operands):
            raise s.scan.error(s.span("p"), "three points are expected", "此处应为三个点")
        return Request(task=Task.GEOMETRY, topic=topic, operands=operands, words=words)

    noun(*patterns)(build)


_figure(topics.DISTANCE, f"distance (?:between|from|of) {POINTS}<p> (?:and|to|from) {POINTS}<q>",
        f"length of (?:the )?(?:line )?(?:segment )?(?:from |joining |between )?{POINTS}<p> (?:and|to) {POINTS}<q>",
        "(?:点)?<p>(?:到|与|和)(?:点)?<q>(?:之间)?的距离", "线段 ?<p> ?(?:与|和) ?<q> ?的?长(?:度)?")  # fmt: skip
_figure(topics.MIDPOINT, f"midpoint (?:of|between) (?:the )?(?:segment )?(?:from |joining |between )?{POINTS}<p> (?:and|to) {POINTS}<q>",
        "(?:线段|点)? ?<p>(?:与|和)(?:点)?<q>(?:连线)?的中点(?:的?坐标)?")  # fmt: skip
_figure(topics.SLOPE, f"(?:slope|gradient) of (?:the )?line (?:through|joining|between) {POINTS}<p> and {POINTS}<q>",
        f"(?:slope|gradient) of (?:the )?(?:segment )?{POINTS}<p> and {POINTS}<q>", "(?:直线|线段) ?<p> ?(?:与|和) ?<q> ?的斜率",
        "slope of (?:the line )?<p>", "(?:过|经过)(?:点)?<p>(?:与|和)(?:点)?<q>的直线的斜率")  # fmt: skip
_figure(topics.LINE, f"(?:equation of )?(?:the |a )?line (?:passing )?(?:through|joining) {POINTS}<p> and {POINTS}<q>",
        f"equation of (?:the )?line {POINTS}<p> and {POINTS}<q>", "直线 ?<p> ?(?:与|和) ?<q> ?的?(?:方程|解析式)",
        f"(?:equation of )?(?:the |a )?line (?:passing )?through {POINTS}<p> with (?:slope|gradient) <q>",
        "(?:过|经过)(?:点)?<p>(?:与|和|、)(?:点)?<q>(?:两点)?的直线(?:的)?(?:方程|解析式)?",
        "(?:过|经过)(?:点)?<p>[,，]?(?:且)?斜率(?:为|是)<q>的直线(?:的)?(?:方程|解析式)?")  # fmt: skip
THROUGH = "(?:passing |going |that passes |which passes |that goes |which goes )?through"
ALONG = ((topics.PARALLEL, "parallel", "平行"), (topics.PERPENDICULAR, "perpendicular", "垂直"))
for _topic, _en, _zh in ALONG:
    _figure(_topic, f"(?:equation of )?(?:the |a )?(?:straight )?line {THROUGH} {POINTS}<p>,? (?:and |that is |which is |and is )?{_en} to <q>",
            f"(?:equation of )?(?:the |a )?(?:straight )?line {_en} to <q>,? (?:and |that is |which is )?{THROUGH} {POINTS}<p>",
            f"(?:过|经过|通过)(?:点)?<p>[,，]?(?:并)?(?:且)?{_zh}于(?:直线)?<q>的直线(?:的)?(?:方程|解析式)",
            f"(?:过|经过|通过)(?:点)?<p>[,，]?(?:并)?(?:且)?(?:与|和|同)(?:直线)?<q>(?:相|互相)?{_zh}的直线(?:的)?(?:方程|解析式)",
            f"(?:与|和)(?:直线)?<q>(?:相|互相)?{_zh}[,，]?(?:并)?(?:且)?(?:过|经过|通过)(?:点)?<p>的直线(?:的)?(?:方程|解析式)",
            f"{_zh}于(?:直线)?<q>[,，]?(?:并)?(?:且)?(?:过|经过|通过)(?:点)?<p>的直线(?:的)?(?:方程|解析式)")  # fmt: skip
_figure(
    topics.BISECTOR,
    f"(?:equation of )?(?:the )?perpendicular bisector of (?:the )?(?:line )?(?:segment )?(?:from |joining |between |with endpoints )?{POINTS}<p> (?:and|to) {POINTS}<q>",
    "(?:以)?(?:线段|点)? ?<p> ?(?:与|和) ?(?:点)?<q> ?(?:为端点的线段|连线|的线段)?的(?:垂直平分线|中垂线)(?:所在(?:的)?直线)?(?:的)?(?:方程|解析式)?",
)
INCLINED = "(?:angle of )?inclination(?: angle)? of "
_figure(topics.INCLINATION, f"{INCLINED}(?:the )?(?:straight )?line (?:through|joining|between) {POINTS}<p> and {POINTS}<q>",
        f"{INCLINED}(?:the )?(?:straight )?line <p>", "(?:过|经过)(?:点)?<p>(?:与|和|、)(?:点)?<q>(?:两点)?的直线的倾斜角(?:的大小)?",
        "直线 ?<p> ?(?:与|和) ?<q> ?的倾斜角(?:的大小)?", "(?:直线)? ?<p> ?的倾斜角(?:的大小)?")  # fmt: skip
EN_CIRCLE = "(?:equation of )?(?:the |a )?circle,? (?:with |of |that has |which has |having |whose )?(?:its )?"
EN_CENTRE = (
    f"{EN_CIRCLE}(?:the )?(?:center|centre|centered at|centred at)(?: at| is)? {POINTS}<p>,?"
)
EN_AND = "(?:and |with |that |which |is )*"
EQUATION = "(?:的)?圆的?(?:标准|一般)?(?:方程)?"
ZH_CENTRES = tuple(f"{c}[,，]? ?(?:且|并|并且)?" for c in
                   ("以(?:点)? ?<p> ?为圆心", "圆心(?:坐标)?(?:为|是|在)? ?(?:点)?<p>"))  # fmt: skip
_figure(topics.CIRCLE, f"{EN_CENTRE} {EN_AND}(?:a )?radius(?: of| is)? <q>",
        f"{EN_CENTRE} {EN_AND}(?:touching|touches|tangent to|touch) (?:the )?<q>",
        f"(?:equation of )?(?:the |a )?circle {THROUGH} (?:the )?(?:three )?{POINTS}<p>, <q>,? and <r>",
        "(?:equation of )?(?:the )?(?:circumcircle|circumscribed circle) of (?:the )?(?:triangle )?(?:with vertices )?<p>, <q>,? and <r>",
        *(c + how for c in ZH_CENTRES for how in (
            f"(?:以)? ?<q> ?为半径{EQUATION}", f"半径(?:为|是)? ?<q> ?{EQUATION}",
            f"(?:与|和)(?:直线)? ?<q> ?相切{EQUATION}")),
        f"(?:过|经过|通过)(?:三)?点? ?<p>[,，、] ?<q>(?:[,，、]|和|与) ?<r> ?(?:三?点)?{EQUATION}",
        "(?:△|三角形|\\\\triangle) ?<p>[,，、] ?<q>(?:[,，、]|和|与) ?<r> ?的外接圆的?(?:标准|一般)?(?:方程)?")  # fmt: skip
_figure(topics.CIRCLE, f"{EN_CENTRE} {EN_AND}(?:{THROUGH}|passes through|goes through|contains|containing) {POINTS}<q>",
        *(f"{c}(?:过|经过|通过)(?:点)? ?<q> ?{EQUATION}" for c in ZH_CENTRES), words=("through",))  # fmt: skip
_figure(topics.CIRCLE, f"{EN_CIRCLE}(?:the )?(?:diameter|endpoints of (?:a|its|the) diameter)(?: from| at| are)? {POINTS}<p> (?:and|to) {POINTS}<q>",
        f"{EN_CIRCLE}diameter has (?:the )?(?:endpoints|ends) {POINTS}<p> and {POINTS}<q>",
        f"{EN_CIRCLE}diameter (?:with|having) (?:the )?(?:endpoints|ends)(?: at)? {POINTS}<p> and {POINTS}<q>",
        f"{EN_CIRCLE}(?:the )?(?:segment )?(?:from |joining )?{POINTS}<p> (?:and|to) {POINTS}<q> as (?:a |its |the )?diameter",
        f"以(?:线段)? ?<p> ?(?:与|和|、) ?<q> ?为直径(?:端点)?{EQUATION}",
        f"以(?:线段)? ?<p> ?(?:与|和|、) ?<q> ?为直径的?两?个?端点{EQUATION}", words=("diameter",))  # fmt: skip


@order("(?:find |give )?(?:the )?(?:center|centre) and (?:the )?radius of(?: the circle)? <e>",
       "求?圆<e>的圆心(?:坐标)?(?:和|与)半径")  # fmt: skip
def circle_parts(s: Slots) -> Request:
    return Request(task=Task.GEOMETRY, topic=topics.CIRCLE_PARTS, operands=s.statements("e"))


@noun("(?:points? of )?intersection(?: points?)? of (?:the )?(?:two )?(?:lines?|curves?|graphs?)?(?: of)? ?<p> and (?:the )?(?:line |curve )?<q>",
      "(?:两)?(?:条)?(?:直线|曲线|函数|抛物线)? ?<p> ?(?:与|和)(?:直线|曲线|函数)? ?<q> ?(?:的图[象像])?的交点(?:的?坐标)?")  # fmt: skip
@order(
    "where do (?:the )?(?:two )?(?:lines?|curves?|graphs?)?(?: of)? ?<p> and <q> (?:intersect|meet|cross)"
)
def intersection(s: Slots) -> Request:
    """The points that two curves share."""
    curves = tuple(_object(s, place) for place in ("p", "q"))
    for place, curve in zip(("p", "q"), curves, strict=True):
        axis = AXIS.fullmatch(s.span(place).text)  # where a function is zero is another question
        if axis or not isinstance(curve, t.Relation) or not {*t.symbols(curve)} <= {"x", "y"}:
            raise s.scan.error(
                s.span(place), "an equation in x and y is expected", "此处应为 x、y 的方程"
            )
    if {n for c in curves for n in t.symbols(c)} != {"x", "y"}:
        raise s.scan.error(
            s.span("p"), "an equation in x and y is expected", "此处应为 x、y 的方程"
        )
    return Request(task=Task.SOLVE, operands=curves, variables=("x", "y"))
