"""What a question looks like: signs of code, of mathematics, of a wish for words.

Each sign is a pattern that costs one pass over the text; whoever asks bounds the text first.
A word that also has an ordinary meaning (``class``, ``program``, ``python``, 函数) is a sign only
beside another, because a story about a class of thirty pupils is no code.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice


class Sign:
    """A pattern that is compiled when it is first looked for: all of them at once would delay
    the first word of an answer."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self._source = (pattern, flags)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(*self._source)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where it stands."""
        return self._pattern.search(text)

    def count(self, text: str, most: int) -> int:
        """How often it stands there; no further than ``most``."""
        return sum(1 for _ in islice(self._pattern.finditer(text), most))


LANGUAGES = (
    r"python|javascript|typescript|java|c\+\+|c\#|golang|rust|kotlin|php|perl|bash|sql|matlab"
    r"|scala|haskell|numpy|pandas|html|css"
)
CODE_NOUNS = (
    r"code|scripts?|programs?|functions?|classe?s?|lists?|dict(?:ionary|ionaries)?|tuples?"
    r"|loops?|strings?|arrays?|modules?|packages?|decorators?|generators?|exceptions?|syntax"
    r"|interpreter|library|methods?|files?|errors?|variables?"
)
CODE_MADE = (
    r"functions?|programs?|scripts?|class(?:es)?|methods?|app|regex|regular\ expression|parser"
    r"|query|unit\ tests?|algorithm|code"
)

CODE_TEXT = Sign(
    r"""^\ {0,3}(?:```|~~~)
    |^diff\ --git\ |^@@\ -\d+|^(?:---|\+\+\+)\ [ab]/
    |^\#!/|^[ \t]*\#include\b|^[ \t]*using\s+namespace\b
    |^Traceback\ \(most\ recent\ call\ last\)|^[ \t]*File\ "[^"\n]+",\ line\ \d
    |^[ \t]*(?:async\s+)?def\s+\w+\s*\(|^[ \t]*class\s+[A-Z]\w+\s*[:({]
    |^[ \t]*from\s+[\w.]+\s+import\b|^[ \t]*import\s+[\w.]+(?:\s+as\s+\w+)?\s*;?[ \t]*$
    |^[ \t]*(?:for|while|if|elif|else|try)\b[^\n]{0,200}:[ \t]*\n[ \t]+\S
        |^[ \t]*for\s+\w+\s+in\s+\w+[^\n]{0,100}:
    |^[ \t]*(?:for|while|if|switch)\s*\([^\n]{0,200}\)\s*\{
    |^[ \t]*(?:export\s+|async\s+)?function\s+\w*\s*\(|^[ \t]*(?:const|var)\s+\w+\s*=
        |^[ \t]*let\s+\w+\s*=[^\n]{0,200};[ \t]*$
    |^[ \t]*(?:public|private|protected|static|void|func|fn)\s+\w+[^\n]{0,100}[({]
    |^[ \t]*(?:unsigned\s+)?(?:int|float|double|char|bool|long|string
        |auto)\s+\w+(?:\[\w*\])?\s*(?:=[^\n]{0,200})?;
    |^[ \t]*SELECT\s[^\n]{1,200}\sFROM\s|^[ \t]*(?:INSERT\s+INTO|UPDATE\s+\w+\s+SET
        |CREATE\s+TABLE)\b
    |\b(?:print|println|printf|console\.log|System\.out\.\w+|len|range|isinstance)\(
    |^[ \t]*[\[{]\s*"[\w\ -]{1,60}"\s*:|^[ \t]*<(?:!DOCTYPE|html|div|script|\?xml)\b|=>\s*\{
    |\b\w{2,40}\.(?:py|js|ts|cpp|java|rs|go|rb|sh|html|css|json)\b
    """,
    re.MULTILINE | re.VERBOSE,
)
"""Code itself, a difference between two versions of it, or what a machine said of it."""

CODE_WORDS = Sign(
    rf"""\b(?:javascript|typescript|golang|numpy|pandas|html|css|json|regex|stack\ trace|traceback
        |segfault|github|docker
        |unit\ tests?|pull\ request|source\ code|pseudo-?code|(?:syntax|type|name|value|index|key
        |runtime|compile[rd]?)\s?error|linked\ list
        |binary\ search\ tree|hash\ ?map|hash\ table|bubble\ sort|merge\ sort|quick\ ?sort
        |off-by-one)\b
    |(?<!\w)(?:c\+\+|c\#)(?!\w)|\bsql\b
    |\b(?:in|using|with)\s+(?:python|java|bash|perl|matlab|haskell|scala|kotlin|php)\b
    |\b(?:{LANGUAGES})\s?3?\s+(?:{CODE_NOUNS})\b
    |\b(?:{LANGUAGES})(?:\s+(?:and|or|vs\.?|versus)\s+)(?:{LANGUAGES})\b
    |\b(?:write|implement|code|program)\b[^.?!\n]{{0,120}}\bin\s+(?:c|r|go|rust|ruby|swift|julia
        |lua)\b
    |\b(?:write|create|implement|make|develop|build|fix|debug|refactor|review|optimi[sz]e|test
        |run)\s+(?:me\s+)?(?:a|an|my|this|some|the\ following)?\s*
        (?:\w+\s+){{0,3}}?(?:{CODE_MADE})\s+(?:that|to|which|for|in|using|with|called|named
        |returning|whose|so\ that|and)\b
    |\b(?:fix|debug|refactor|review|optimi[sz]e|run|explain)(?:\s+(?:my|this|the|these
        |following))+\s+(?:code|function|script|program|class|method|bug|diff|patch|commit)\b
    |\b(?:my|this|the)\s+(?:code|script|function|program)\s+(?:crash|fail|throw|hang|return|print
        |does|do\ not|doesn|is\ slow|is\ wrong|has\ a\ bug|raise)
    |\bbugs?\b[^.?!\n]{{0,60}}\b(?:code|function|program|script)\b|\b(?:code|function|program
        |script)\b[^.?!\n]{{0,60}}\bbugs?\b
    |\bfind\ (?:the|a|any)\ bugs?\b|\breview\ this\s*[.:!]*\s*$|\bgit\s+(?:commit|push|pull|merge
        |rebase|diff|log|status|stash|checkout)\b
    |代码|编程|程序(?:设计|员|报错|崩溃)|写(?:一?个|一段|段|个)?[^，。；！？\n]{{0,12}}(?:程序|脚本|爬虫|正则|算法|函数(?!的?(?:解析|表达)?式
        |关系))
    |实现(?:一?个|一下)?[^，。；！？\n]{{0,16}}(?:算法|函数|排序|类|接口|功能)|重构|编译|报错|调试|单元测试|正则表达式|数据结构
    |(?:用|使用|以)\s*(?:{LANGUAGES}|C语言|R语言|Go语言|C\b)|(?:{LANGUAGES})\s*(?:里|中|的|代码|函数|程序|列表|字典|怎么|如何
        |语言)
    |C语言|冒泡排序|快速排序|二叉树|链表|递归函数
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that are said of code alone."""

WORDS_WANTED = Sign(
    r"""
    \b(?:explain|explanation|why|how\ come|teach\ me|show\ me\ how|help\ me\ (?:to\ )?understand
        |do(?:n't|n’t|\ not)\ (?:understand|get)
        |what\ does\b[^?\n]{1,200}\bmean|what\ is\ meant\ by|what(?:'s|\ is)\ the\ (?:idea
        |intuition|point|reason)|the\ intuition|in\ (?:plain|simple|your\ own)\ words
        |how\ (?:does|do)\b[^?\n]{1,200}\bwork|walk\ me\ through|make\ sense\ of)\b
    |\A\W*what(?:'s|\ is|\ are)?\ the\ differences?\ between\ (?!\W*\d)
    |为什么(?![^《》\n]{0,20}》)|为何|为啥|怎么理解|如何理解|讲解|讲讲|讲一讲|讲一下|解释|说明(?:理由|原因|为什么|一下)|教我|教教我|不懂|不明白|不理解
        |看不懂|没看懂
    |什么意思|有什么区别|区别是什么|原理|直观|通俗|道理
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""An explanation is asked for, not only a result."""

DEFINITION = Sign(
    r"""
    ^\W*(?:what(?:'s|’s|\s+is|\s+are)|define|who\s+(?:invented|discovered|proved)|tell\ me\ about)\b
    |什么是|是什么(?=[\s？?。]*\Z)|什么叫|何谓|的定义""",
    re.IGNORECASE | re.VERBOSE,
)

MATHS_WORDS = Sign(
    r"""
    \b(?:equations?|inequalit(?:y|ies)|derivatives?|differentiate|integrals?|integrate|antiderivatives?
        |limits?\ (?:of|as)|logarithms?|exponents?|polynomials?
        |quadratics?|factori[sz]e|factor(?:ing|s)?\b|fractions?|decimals?|denominators?
        |numerators?|percent(?:age)?s?|ratios?|proportion(?:al)?|prime\ numbers?|primes?|divisible
        |divisors?|multiples?
        |remainders?|gcd|lcm|square\ roots?|cube\ roots?|matri(?:x|ces)|determinants?|eigenvalues?
        |vectors?|probabilit(?:y|ies)|permutations?|combinations?|median|standard\ deviation
        |variance|perimeters?|circumference|radius|diameters?|triangles?|rectangles?|polygons?
        |hypotenuse|pythagor\w+|trigonometr\w+|sine|cosine|tangents?|geometr\w+|algebra\w*|calculus
        |arithmetic|theorems?|lemma|proofs?|prove|irrational|integers?|real\ numbers?
        |complex\ numbers?|functions?|asymptotes?|parabolas?|ellipses?|hyperbolas?|sequences?|series
        |binomial|factorials?|modulo|congruen\w+|bijection|isomorph\w+|topolog\w+|converges?
        |diverges?|sums?\ of|products?\ of|mathematic\w*|maths?|simplify|slope|coordinates?
        |coefficient\w*)\b
    |方程|不等式|导数|求导|积分|微分|极限|对数|指数|多项式|因式|分数|小数|百分|比例|质数|素数|合数|因数|倍数|余数|公约|公因|公倍|平方|立方|开方|根号|矩阵|行列式
        |特征值|向量
    |概率|排列|组合|平均数|中位数|众数|方差|标准差|周长|面积|体积|半径|直径|圆周率|三角形|长方形|正方形|矩形|梯形|平行四边形|多边形|圆柱|圆锥|斜边|勾股|正弦|余弦
        |正切|几何|代数|微积分
    |算术|定理|引理|证明|无理数|有理数|整数|实数|复数|自然数|函数|抛物线|椭圆|双曲线|数列|级数|二项式|阶乘|同余|映射|集合|拓扑|收敛|发散|数学|化简|计算|斜率|坐标|系数
    """,
    re.IGNORECASE | re.VERBOSE,
)
FORMULA = Sign(
    r"""\\(?:frac|sqrt|int|sum|prod|lim|begin|cdot|times|left|sin|cos|tan|log|ln|pi|alpha|theta|leq?|geq?|infty|boxed)\b
    |\$[^$\n]{1,300}\$|[√∫∑∏∂∞≤≥≠±×÷π²³]
    |[\w)\]|%]\s*[+*/^=<>]\s*-?\s*[\w(\[\\|]|\d\s*-\s*\d|(?<![\w-])[a-z]\s*[+*/^=<>-]\s*\d
        |\b[a-zA-Z]\([a-zA-Z0-9]\)
    """,
    re.VERBOSE,
)
QUANTITY = Sign(
    r"""\b(?:how\s+(?:many|much|long|far|old|tall|big|large|heavy|fast|often|high|wide|deep)|what\s+(?:percent\w*|fraction|is\s+the\s+(?:total|sum|cost|price|average|difference|number|amount|chance|area|volume|speed|distance)
        |(?:was|is|were|are)\s+(?:his|her|their|its|the)|time|number|day|age)|calculate|find
        |determine|work\s+out|total|altogether|average|in\s+all|when\s+will|who\s+has\s+more)\b
    |多[少长远大高重久宽深厚快]|几|求|共|总共|一共|平均|还剩|剩下|相差|够吗|够不够|是否|谁|哪|什么时|占|倍|[（(]\s*[）)]
    """,
    re.IGNORECASE | re.VERBOSE,
)
ORDERED = Sign(
    r"""\b(?:solve|evaluate|compute|calculate)\b|\b(?:convert|round)\s+\$?[-\d.,/]+
    |\b(?:area|volume|perimeter|speed|average|mod)\b|\d\s?[%％]\s*(?:of|\bis\b|的)|换算|计算|化成|化为|求|算出
    |速度|面积|体积
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""With a number beside it: something is to be worked out."""
COUNTED = Sign(r"\bhow\s+(?:many|much)\b|多少|几", re.IGNORECASE)
NUMBER = Sign(
    r"""\d+(?:[.,/]\d+)*
    |\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen
        |sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty
        |seventy|eighty|ninety|hundred|thousand|million|dozen|half|twice|thrice|double|triple
        |third|quarter|first|second)s?\b
    |[零一二两三四五六七八九十百千万亿半双]+
    """,
    re.IGNORECASE | re.VERBOSE,
)
