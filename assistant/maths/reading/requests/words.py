"""Formulas said in words: multiples, logarithms, complex parts, statements with "is"."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.defaults import by_itself, solving
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.algebra import WHAT
from assistant.maths.reading.requests.arithmetic import loose_terms, said
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.reading.scan import unknown_word
from assistant.maths.types import Request, Task, Text

# multiples and functions -----------------------------------------------------------------


@noun("(?:twice|double|two times) <a>", "<a>的(?:两|二|2)倍")
def twice(s: Slots) -> t.Expr:
    return multiple(s, t.integer(2))


def multiple(s: Slots, factor: t.Expr) -> t.Expr:
    """``twice x + 3`` is 2x + 3: only the first term of a sum without brackets."""
    value = s.expr("a")
    terms = loose_terms(s, "a", value)
    if not terms:
        return t.Mul((factor, value))
    return said(s, t.Add((t.Mul((factor, terms[0])), *terms[1:])))


@noun("(?:thrice|triple|three times) <a>", "<a>的(?:三|3)倍")
def thrice(s: Slots) -> t.Expr:
    return multiple(s, t.integer(3))


@noun("half <a>", "<a>的一半")
def half(s: Slots) -> t.Expr:
    return multiple(s, t.rational(Fraction(1, 2)))


@noun("log(?:arithm)?(?: to)?(?: the)? base <b> of <a>", "log(?:arithm)? of <a>(?: to)?(?: the)? base <b>",
      "log(?:arithm)? <a>(?: to)?(?: the)? base <b>", "以<b>为底<a>的对数")  # fmt: skip
def logarithm(s: Slots) -> t.Expr:
    return t.Call("log", (s.expr("a"), s.expr("b")))


@noun("(?:natural log(?:arithm)?|ln) of <a>", "<a>的自然对数")
def natural(s: Slots) -> t.Expr:
    return t.Call("ln", (s.expr("a"),))


@noun("common log(?:arithm)? of <a>", "<a>的常用对数")
def common(s: Slots) -> t.Expr:
    return t.Call("log", (s.expr("a"), t.integer(10)))


def _applied(name: str, *patterns: str) -> None:
    noun(*patterns)(lambda s: t.Call(name, (s.expr("a"),)))


_applied("sin", "(?:sine|sin) of <a>", "<a>的正弦值?")
_applied("cos", "(?:cosine|cos) of <a>", "<a>的余弦值?")
_applied("tan", "(?:tangent|tan) of (?:the angle )?<a>", "<a>的正切值?")
_applied("conjugate", "(?:complex )?conjugate of <a>", "(?:复数)?<a>的共轭(?:复数)?")
_applied("arg", "(?:principal )?argument of <a>", "(?:复数)?<a>的辐角(?:主值)?")
_applied("re", "real part of <a>", "(?:复数)?<a>的实部")
_applied("im", "imaginary part of <a>", "(?:复数)?<a>的虚部")
_applied("abs", "(?:modulus|magnitude|absolute value) of the (?:complex )?number <a>",
         "(?:复数)?<a>的模")  # fmt: skip


@noun(
    "(?:polar|trigonometric) form of (?:the complex number )?<a>",
    "(?:复数)? ?<a>的(?:三角|极坐标)(?:形式|表示)",
)
@order("(?:write|express|convert|put|change) (?:the complex number )?<a> (?:in|into|to|as) (?:its |the )?(?:polar|trigonometric)(?: form)?",
       "(?:把|将)?(?:复数)? ?<a> ?(?:写成|化为|化成|表示为|表示成)(?:三角|极坐标)(?:形式|表示)?")  # fmt: skip
def polar(s: Slots) -> Request:
    return _polar(s)


@noun("(?:the )?complex number <a>", "复数 ?<a>")
def complex_number(s: Slots) -> t.Expr:
    value = s.expr("a")
    if not any(node == t.Constant(t.ConstantName.I) for node in t.walk(value)):
        raise s.scan.error(s.span("a"), "a complex number is expected here", "此处应为复数")
    return value


@noun("exponential form of (?:the complex number )?<a>", "(?:复数)? ?<a>的指数形式")
@order("(?:write|express|convert|put|change) (?:the complex number )?<a> (?:in|into|to|as) (?:its |the )?exponential form",
       "(?:把|将)?(?:复数)? ?<a> ?(?:写成|化为|化成|表示为|表示成)指数形式")  # fmt: skip
def exponential(s: Slots) -> Request:
    return _polar(s, "exponential")


def _polar(s: Slots, *words: str) -> Request:
    value = s.expr("a")
    if t.symbols(value):
        raise s.scan.error(s.span("a"), "a complex number is expected here", "此处应为复数")
    return Request(task=Task.EVALUATE, topic=topics.POLAR, operands=(value,), words=words)


@order("(?:write|express|convert|put|change) <a> (?:in|into|to|as) (?:its |the )?(?:rectangular|cartesian|algebraic|standard|a ?\\+ ?bi)(?: form)?",
       "(?:把|将)?(?:复数)? ?<a> ?(?:写成|化为|化成|表示为|表示成)代数形式")  # fmt: skip
def rectangular(s: Slots) -> Request:
    return Request(task=Task.EVALUATE, operands=(s.expr("a"),))


COMPLEX_ROOTS = Text("all complex roots are meant", "求全部复数根")


@noun("(?:all )?(?:the )?(?:complex )?<k> roots of (?:the complex number )?<a>",
      "(?:复数)? ?<a> ?的 ?<k> ?次方根")  # fmt: skip
def complex_roots(s: Slots) -> Request:
    """``cube roots of 8i``: all of them."""
    value, index = s.expr("a"), _index(s)
    unreal = any(node == t.Constant(t.ConstantName.I) for node in t.walk(value))
    if t.symbols(value) or not (unreal or (index > TWO and not s.scan.zh)):
        raise s.scan.error(s.span("a"), "a complex number is expected here", "此处应为复数")
    s.scan.notes.append(COMPLEX_ROOTS)
    equation = t.equation(t.Pow(t.Symbol("z"), t.integer(index)), value)
    if unreal:  # then no other roots can be meant
        return Request(task=Task.SOLVE, operands=(equation,), variables=("z",))
    return _over_complex((equation,), "z")


def _index(s: Slots) -> int:
    word = s.text("k").strip()
    index = {"square": TWO, "cube": 3}.get(word) or numerals.ordinal(word)
    index = index or numerals.chinese_integer(word) or (int(word) if word.isdecimal() else 0)
    if not TWO <= index <= MOST_ROOTS:
        raise s.scan.error(s.span("k"), "which root is meant?", "不清楚是几次方根")
    return index


TWO, MOST_ROOTS = 2, 12


def _over_complex(statements: tuple[t.Expr, ...], name: str) -> Request:
    complexes = t.Constant(t.ConstantName.COMPLEXES)
    return Request(task=Task.SOLVE, operands=statements, variables=(name,), domain=complexes)


@order("(?:find |solve for |determine )?all (?:the )?complex (?:numbers|values|solutions)(?: of)? <v> (?:with|such that|for which|satisfying|that satisfy|where) <e>",
       "(?:求)?(?:所有|全部)?满足 ?<e> ?的(?:所有|全部)?复数 ?<v>")  # fmt: skip
def all_complex(s: Slots) -> Request:
    """``find all complex numbers z with z^3 = -8``."""
    return _over_complex(s.statements("e"), s.name("v"))


_applied("floor", "(?:floor|greatest integer(?: function)?)(?: value)? of <a>", "<a>(?:的|向下)取整",
         "对<a>(?:向下)?取整")  # fmt: skip
_applied("ceiling", "ceiling of <a>", "<a>向上取整", "对<a>向上取整")


# orders ----------------------------------------------------------------------------------


@order(f"(?:simplify|reduce)(?: fully| completely| as much as possible)[:,]? {WHAT}<f>",
       f"(?:simplify|reduce) {WHAT}<f> (?:fully|completely|to (?:its |the )?(?:lowest|simplest) (?:terms|form))",
       "(?:write|express|put|give) <f> (?:in|to|into) (?:its |the )?(?:simplest|lowest) (?:form|terms)",
       "(?:simplest|lowest) form of <f>",
       "(?:将|把)?<f>(?:约分|化成最简分数|化为最简分数|化成最简形式)", "约分[:：]? ?<f>")  # fmt: skip
def simplest(s: Slots) -> Request:
    return _rewritten(s, Task.SIMPLIFY)


@order("(?:simplify|reduce) the ratio[:]? <f>", "化简比[:：]? ?<f>")
def ratio(s: Slots) -> Request:
    return _rewritten(s, Task.SIMPLIFY)


@order(
    "(?:multiply|multiply out|find the product)[:]? <f>",
    "(?:展开|去括号)(?:并|且)?(?:化简|合并同类项)[:：]? ?<f>",
)
def multiply(s: Slots) -> Request:
    found = _rewritten(s, Task.EXPAND)
    return found if found.variables else Request(task=Task.EVALUATE, operands=found.operands)


@order("(?:add|subtract|divide|do the (?:addition|subtraction|division))[:]? <f>")
def work_out(s: Slots) -> Request:
    """An exercise that names its operation: ``Add 2/5 + 1/2``."""
    body = s.scan.expression(s.span("f"))
    if not isinstance(body, t.Add | t.Div | t.Mul):
        raise unknown_word(s.span("f"), 0)
    return by_itself(s.scan, (body,))


@order("factor(?:ize|ise)? <f> (?:into|in|as a product of) primes?(?: factors| numbers)?")
def into_primes(s: Slots) -> Request:
    return Request(task=Task.NUMBER, topic=topics.FACTORIZATION, operands=(s.expr("f"),))


def _rewritten(s: Slots, task: Task) -> Request:
    body = s.expr("f")
    return Request(task=task, operands=(body,), variables=t.symbols(body))


# statements ------------------------------------------------------------------------------

WORDED = (
    (t.Comparison.LE, "(?:is )?(?:less|smaller) than or equal to", "(?:小于等于|小于或等于|不大于|不超过)"),
    (t.Comparison.GE, "(?:is )?(?:greater|bigger|larger|more) than or equal to",
     "(?:大于等于|大于或等于|不小于)"),
    (t.Comparison.LE, "is (?:at most|no more than|not more than|not greater than)", ""),
    (t.Comparison.GE, "is (?:at least|no less than|not less than)", ""),
    (t.Comparison.LT, "is (?:less|smaller) than", "小于"),
    (t.Comparison.GT, "is (?:greater|bigger|larger|more) than", "大于"),
    (t.Comparison.NE, "(?:is not equal to|does not equal|is not)", "不等于"),
    (t.Comparison.EQ, "(?:is equal to|equals|is the same as|gives|makes|is)", "等于"),
)  # fmt: skip


def _worded(op: t.Comparison, pattern: str) -> None:
    def build(s: Slots) -> Request:
        sides = [_side(s, place) for place in ("a", "b")]
        return by_itself(s.scan, (t.Relation(op, *sides),))

    order(pattern, f"solve {pattern}")(build)


def _side(s: Slots, place: str) -> t.Expr:
    span: Span = s.span(place)
    if re.fullmatch(r"(?:not|an?|the)\b.*", span.text) and len(span.text) < 4:
        raise unknown_word(span, 0)
    return s.expr(place)


for _op, _en, _zh in WORDED:
    _worded(_op, f"<a> {_en} <b>")
    if _zh:
        _worded(_op, f"<a> ?{_zh} ?<b>")


@order("is <e> an identity", "is <e> (?:always true|true|valid|correct)",
       "is <e> (?:true|valid) for (?:all|every|any)(?: real)?(?: values of| numbers?)? ?<v>",
       "does <e> (?:always )?hold",
       "(?:判断)? ?<e> ?(?:是否(?:为|是)?恒等式|是恒等式吗?|是否恒成立|是否成立|恒成立吗?)")  # fmt: skip
def identity(s: Slots) -> Request:
    statements = s.statements("e")
    whole = statements[0] if len(statements) == 1 else t.Junction(t.Connective.AND, statements)
    return Request(task=Task.PROVE, operands=(whole,), variables=t.symbols(whole))


@order("(?:solutions?|roots?|zeros?|zeroes)(?: set)?(?: of| to) <e>",
       "(?:the |all |all the |real |complex )+(?:solutions?|roots?|zeros?|zeroes)(?: of| to) <e>",
       "<e>的(?:解集|解|根)是?(?:什么|多少)?")  # fmt: skip
def solutions(s: Slots) -> Request:
    """Of an equation; of an expression its zeros."""
    from assistant.maths.reading.problem import is_statement

    whole = s.scan.formula(s.span("e"))
    if is_statement(whole):
        match whole:
            case t.Relation(t.Comparison.EQ, t.Call(name, (t.Symbol(),)), body) if (
                name in s.scan.functions
            ):
                whole = body
            case _:
                return solving(s.scan, s.statements("e"))
    name = s.variable(whole)
    return Request(task=Task.SOLVE, operands=(t.equation(whole, t.integer(0)),), variables=(name,))
