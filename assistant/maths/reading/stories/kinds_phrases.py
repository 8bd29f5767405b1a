"""The phrases of stories about two kinds of things, in both languages."""

from __future__ import annotations

from assistant.maths.reading.stories.telling import COUNT, NUMBER, Tongues

# Chinese ---------------------------------------------------------------------------------

UNIT = r"(?:只|辆|张|枚|条|艘|头|个|间|道|题|支|本|匹|架|台|颗|粒|块|棵|盆|朵)"
NOT = "零一二两三四五六七八九十百千万亿半几倍比多少共剩余增减每各均除非不没至超约或且又还才仅只全同等先后前以未近似若差满若当总和与、有是的买卖元角分得给要花付在从数里中其"
KIND = rf"(?:(?:大|小|成人|儿童|学生)?(?:三轮车|(?:[红黄白蓝紫菊]|玫瑰)花|(?:(?![{NOT}])[\u4e00-\u9fff]){{1,5}}?))"
BOTH = rf"(?:(?P<a>{KIND})(?:和|与|、|及)(?P<b>{KIND})|(?P<ab>[鸡雉]兔))"
A, B = rf"(?P<a>{KIND})", rf"(?P<b>{KIND})"
PLACE = r"(?:(?:一个|在|某)?(?:笼子?|动物园|停车场|农场|院子|养殖场|池塘|公园|盒子|存钱罐|车棚|草地|果园|(?:学校)?图书馆|书架|学校|(?:一个|某)?班级?|(?:一个)?仓库)(?:里|中|内|上)?(?:面)?)"
TOTAL = r"(?:一共|总共|共|合计|共计)"
THINGS = r"(?:只|条|个)?(?:脚|腿|足|轮子|车轮|轮)|元|人|名学生|分|克"
MANY = rf"(?P<n>{COUNT})\s*"
HEADS = rf"(?:{UNIT}|名|人)"
WORTH = rf"(?P<v>{NUMBER})\s*(?P<u>{THINGS})"
PLACES = r"(?:个)?(?:班|仓库|车间|校|队|桶|筐)"
STOCK = r"(?:学生|粮食|工人|油|苹果|存粮|人数)"
MEASURED = r"(?:名学生|名|人|(?P<w>吨|千克))"
CHINESE = (
    ("kinds_count", rf"(?P<a>甲)、(?P<b>乙)两{PLACES}{TOTAL}(?:存)?有?{STOCK}?\s*{MANY}{MEASURED}"),
    ("more", rf"(?P<a>[甲乙]){PLACES}(?:的?{STOCK})?比(?P<b>[甲乙]){PLACES}(?:的?{STOCK})?(?P<way>多|少)\s*{MANY}{MEASURED}"),
    ("times", rf"(?P<a>[甲乙]){PLACES}(?:的?{STOCK})?是(?P<b>[甲乙]){PLACES}(?:的?{STOCK})?的\s*(?P<k>{COUNT})倍"),
    ("ask_both", rf"(?:甲、乙)?两{PLACES}(?:各|分别)(?:存)?有{STOCK}?(?:多少|几){MEASURED}"),
    ("scene", r"(?:刚好|正好|恰好)?(?:每条船)?(?:都)?坐满了?|它们|这些车|(?:他们|全班|同学们)(?=一?共)|其中(?=(?:每|一|大|小|成人|儿童))|小[\u4e00-\u9fff](?=买|有)|(?:小[\u4e00-\u9fff])?买了?(?=\s*\d+[元角])|小[\u4e00-\u9fff]的(?=存钱罐)|存钱罐里(?=有)|某(?:班|校|停车场|旅行团|公园)"),
    ("kinds", rf"(?:今有)?{PLACE}?(?:有|养了?|停着?|停放着|关着?)?(?:若干只?)?{BOTH}(?:若干(?:只|辆)?|(?:关在)?(?:同笼|同一个笼子里|一个笼子里|在一个笼子里)|两种[\u4e00-\u9fff]{{1,2}})?(?=\s*[,.;])"),
    ("kinds_count", rf"(?:今有)?{PLACE}?(?:现)?(?:有|养了?|停着?|停放着|买了?|租了?)?{BOTH}(?:两种[\u4e00-\u9fff]{{1,2}})?{TOTAL}(?:有|买了?|租了?|停了?)?\s*{MANY}{HEADS}"),
    ("count", rf"(?:从?上面?数?,?)?{TOTAL}?(?:有|数)?\s*{MANY}个?头"),
    ("value", rf"{A}的(?P<u>腿|脚)(?:和|与){B}的(?:腿|脚){TOTAL}(?:有)?\s*(?P<v>{NUMBER})(?:只|条)"),
    ("count", rf"头(?:数)?{TOTAL}(?:有)?\s*{MANY}个?|数头,?{TOTAL}?(?:有)?\s*{MANY}个?"),
    ("value", rf"(?P<u>脚|腿|足)(?:数)?{TOTAL}(?:有)?\s*(?P<v>{NUMBER})(?:只|条)?|数(?P<u>脚|腿|足),?{TOTAL}?(?:有)?\s*(?P<v>{NUMBER})(?:只|条)?"),
    ("value", rf"(?:收入|花了?|付了?|用去了?|得款)(?:{TOTAL})?\s*(?P<v>{NUMBER})\s*(?P<u>元)"),
    ("count", rf"{TOTAL}(?:有|租了?|买了?|卖出|售出|做了?|答了?)?\s*{MANY}{UNIT}(?:船|票|题|车)?"),
    ("value", rf"(?:从?下面?数?,?)?(?:{TOTAL}|刚好|恰好|正好)?(?:有|数)?\s*(?P<v>{NUMBER})\s*(?P<u>(?:只|条|个)?(?:脚|腿|足|轮子|车轮|轮))"),
    ("value", rf"(?:{TOTAL}|刚好|恰好|正好)+(?:是|有|重|值|花了?|用去了?|用了?|付了?|收入|卖了?|坐了?|可?坐|得了?|得到)?\s*{WORTH}"),
    ("each", rf"(?:每|一|1)(?:{UNIT})?(?P<k>{KIND})(?:有|是|卖|值|售价|可以坐|可坐|能坐|限坐|坐|乘|得|要|需要?)?\s*{WORTH}"),
    ("each", rf"(?P<k>{KIND})(?:每|一){UNIT}?(?:有|是|卖|值|售价|可以坐|可坐|能坐|限坐|坐|乘|得|要|需要?)?\s*{WORTH}"),
    ("each", rf"(?P<k>{KIND})(?:有|坐|乘|限乘)\s*{WORTH}"),
    ("notes", rf"(?:现?有)?(?:面值(?:是|为)?)?\s*(?P<note>{NUMBER}[元角])(?:的)?(?:和|与|、)(?P<note>{NUMBER}[元角])(?:的)?(?:人民币|纸币|钞票|邮票|门票|票|硬币|两种)*{TOTAL}(?:有)?\s*{MANY}(?:张|枚)"),
    ("more", rf"{PLACE}?(?:有)?{A}比{B}(?P<way>多|少)\s*{MANY}{HEADS}"),
    ("times", rf"{PLACE}?{A}的?(?:{HEADS}数|数量|头数)?是{B}的?(?:{HEADS}数|数量|头数)?的?\s*(?P<k>{COUNT})倍"),
    ("times", rf"{PLACE}?{A}的?(?:{HEADS}数|数量)?比{B}的?(?:{HEADS}数|数量)?的?\s*(?P<k>{COUNT})倍(?:还)?(?P<way>多|少)\s*{MANY}{HEADS}"),
    ("ratio", rf"{BOTH}的?(?:{HEADS}数|数量)?的?比(?:是|为)?\s*{MANY}[:比]\s*{MANY}"),
    ("class", rf"(?:一个|某|这个)?班级?{TOTAL}?有(?:学生|同学)?\s*{MANY}(?:名|个)?(?:人|学生|同学)"),
    ("ask_notes", rf"(?P<note>{NUMBER}[元角])(?:的)?(?:和|与|、)(?P<note>{NUMBER}[元角])(?:的)?(?:人民币|纸币|钞票|邮票|门票|票|硬币)*(?:各|分别)(?:有)?(?:多少|几)(?:张|枚)"),
    ("ask_both", rf"(?:笼中|笼子里|盒中|场内|则)?{BOTH}(?:各|分别)(?:有|买了?|租了?|卖出了?|是)?(?:多少|几){HEADS}?"),
    ("ask_one", rf"(?:笼中|笼子里|则)?{A}(?:有|买了?|租了?|卖出了?)?(?:多少|几){HEADS}"),
)  # fmt: skip
SCORES = (
    ("scene", r"(?:一次|某次|在一次)?(?:数学|知识|英语)?(?:竞赛|测验|考试|比赛|抢答赛)(?:中)?|(?P<actor>小[\u4e00-\u9fff])(?:参加了?[\u4e00-\u9fff]{2,6})?(?=\s*,)"),
    ("count", rf"(?:一共|总共|共)有?\s*{MANY}(?:道)?题(?:目)?"),
    ("right", rf"(?:规定)?(?:每)?(?:做|答)对(?:一|1)?道?题?(?:得|加|给)\s*(?P<v>{NUMBER})分"),
    ("wrong", rf"(?:每)?(?:做|答)?(?:错或不(?:做|答)|不(?:做|答)或(?:做|答)?错|错)(?:一|1)?道?题?(?:倒)?扣(?:掉|除)?\s*(?P<v>{NUMBER})分"),
    ("all", r"(?:(?P<actor>小[\u4e00-\u9fff]))?(?:把)?(?:所有题|全部|全|每题)(?:都)?(?:做完|做|答)了?"),
    ("value", rf"(?:(?P<actor>小[\u4e00-\u9fff]))?(?:一共|总共|共|最后|最终)*(?:得了?|考了?)\s*(?P<v>{NUMBER})分"),
    ("ask_right", r"(?:(?P<actor>小[\u4e00-\u9fff])|他|她)?(?:做|答)对了?(?:多少|几)道?题?(?:目)?"),
    ("ask_wrong", r"(?:(?P<actor>小[\u4e00-\u9fff])|他|她)?(?:做|答)错了?(?:多少|几)道?题?(?:目)?"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

NO_KIND = (
    "are|is|has|have|and|or|the|a|an|of|in|heads?|legs?|feet|wheels?|total|each|both|other|others|more|less|than|not|only"
    "|no|there|how|many|some|several|two|twice|never|without|almost|about|except|nearly|just|over|under|half|animals?|vehicles?|coins?|tickets?|altogether"
)
NOUN = rf"(?:(?!(?:{NO_KIND})\b)[a-z]+)"
EA, EB = rf"(?P<a>{NOUN})(?: tickets)?", rf"(?P<b>{NOUN})(?: tickets)?"
SITE = r"(?: (?:in|on|at) (?:a|the|his|her) (?:farm|barnyard|yard|field|cage|parking lot|lot|pen|barn|jar|pocket|purse|bank|piggy bank|shop|garage))?"
OWNER = r"(?:(?:a|the) (?:farmer|farm|barnyard|parking lot|cage|jar|man|woman|shop|zoo|field|pen)|(?P<actor>(?!(?:There|In|On|At)\b)(?-i:[A-Z][a-z]+))|he|she|it|there)"
HAS = r"(?:has|have|had|contains|keeps|raises|holds|owns|are|were|with|having)"
CLASS = r"(?:heads|animals|vehicles|coins|tickets|bills|birds and animals|bikes and cars)"
IN_ALL = r"(?:,? ?(?:in total|altogether|in all|total))?"
OF_BOTH = rf"(?: (?:of|among|from) (?:some )?{EA} and (?:some )?{EB}{SITE})?"
ROOM = r"(?: in (?:a|the) (?P<room>class|school|club|room|choir|team))?"
ENG = r"(?P<u>legs|feet|wheels|dollars|cents|points|people|passengers)"
ENGLISH = (
    ("kinds", rf"(?:{OWNER} {HAS} )?(?:only |some )?{EA} and (?:some )?{EB}{SITE}(?=\s*[,.;]| and )"),
    ("kinds", rf"among {EA} and {EB}{SITE}"),
    ("kinds", rf"all (?:of them )?(?:either )?{EA} (?:and|or) {EB}|(?:in|made up of|consisting of|consists? of) (?:only )?{EA} and {EB}"),
    ("both", rf"(?:(?:{OWNER}|together they|they|which) {HAS} )?(?:with |having )?(?:a total of )?{MANY}{CLASS} (?:and|with) (?:a total of )?(?P<v>{NUMBER}) {ENG}{IN_ALL}{OF_BOTH}"),
    ("both", rf"(?:altogether|in all|in total),? there are {MANY}{CLASS} and (?P<v>{NUMBER}) {ENG}"),
    ("kinds", rf"(?:in|on|at) (?:a|the) (?:cage|farm|pen|yard|field|barn|parking lot|zoo) there are (?:some )?{EA} and (?:some )?{EB}(?=\s*[,.;])"),
    ("kinds_count", rf"(?:{OWNER} {HAS} )?(?:a total of )?{MANY}{EA} and {EB}{IN_ALL}{SITE}"),
    ("count", rf"(?:{OWNER} {HAS} )?(?:a total of )?{MANY}{CLASS}{IN_ALL}(?: (?:were|are) (?:sold|there))?{SITE}"),
    ("value", rf"(?:(?:{OWNER}|together they|they) {HAS} )?(?:a total of )?(?P<v>{NUMBER}) {ENG}{IN_ALL}"),
    ("money", rf"(?:(?:the )?(?:total (?:sales|revenue|receipts|value|amount)(?: (?:was|were|is))?|(?:the coins|they) (?:are|were) worth|worth|total+ing|for a total of|for)(?: a total of)?) (?P<v>{NUMBER})(?: dollars)?{IN_ALL}"),
    ("each", rf"(?:each |an? |every )?(?P<k>{NOUN})(?: tickets?)? (?:has|have|costs?|(?:is|are) worth|(?:is|are) sold for) (?P<v>{NUMBER})(?: {ENG})?(?: each)?(?! {CLASS})"),
    ("more", rf"there are {MANY}(?P<way>more|fewer) {EA} than {EB}"),
    ("times", rf"there are (?P<k>twice|{COUNT} times) as many {EA} as {EB}{SITE}{ROOM}"),
    ("more", rf"(?:{OWNER} {HAS} ){MANY}(?P<way>more|fewer) {EA} than {EB}"),
    ("ratio", rf"the ratio of {EA} to {EB}{ROOM} is {MANY}(?:: ?|to ){MANY.strip()}"),
    ("class", rf"a (?P<room>class|school|club) of {MANY}(?:students|children|pupils)(?= has)"),
    ("more", rf"has {MANY}(?P<way>more|fewer) {EA} than {EB}"),
    ("class", rf"(?:there are|(?:a|the) (?P<room>class|school) has) {MANY}(?:students|children|pupils){ROOM}(?: in (?:all|total))?"),
    ("ask_both", rf"(?:find )?how many (?:of each(?: (?:animal|kind|type|vehicle|coin))?|(?:{EA} and (?:how many )?{EB}))(?: (?:are there|were sold|does (?:he|she|it|{OWNER}) have|did (?:he|she) (?:buy|sell)))?"),
    ("ask_one", rf"how many {EA}(?: (?:are there|were sold|does (?:he|she|it|{OWNER}) have|are in the \w+))?"),
)  # fmt: skip
PHRASES = Tongues(r"各|分别|多少|几|how many", CHINESE, ENGLISH)
SCORES_EN = (
    ("count", rf"(?:a|the) (?:test|quiz|exam|contest) (?:has|had|contains) {MANY}(?:questions|problems)"),
    ("right", rf"(?:each|every|a) (?:correct|right) answer (?:earns|is worth|gets|gives|scores) (?P<v>{NUMBER}) (?:points|marks)"),
    ("wrong", rf"(?:each|every|a) (?:wrong|incorrect) answer (?:loses|costs|deducts) (?P<v>{NUMBER}) (?:points?|marks?)"),
    ("all", r"(?:(?P<actor>(?-i:[A-Z])[a-z]+)|he|she) answered (?:all (?:of )?(?:the )?|every )questions?"),
    ("value", rf"(?:(?:(?P<actor>(?-i:[A-Z])[a-z]+)|he|she) )?(?:got|scored|earned) (?:a total of )?(?P<v>{NUMBER}) (?:points|marks)"),
    ("ask_right", r"how many (?:questions |answers )?(?:did (?:(?P<actor>(?-i:[A-Z])[a-z]+)|he|she) (?:get right|answer correctly)|were (?:right|correct))"),
    ("ask_wrong", r"how many (?:questions |answers )?(?:did (?:(?P<actor>(?-i:[A-Z])[a-z]+)|he|she) (?:get wrong|answer incorrectly)|were (?:wrong|incorrect))"),
)  # fmt: skip
SCORE_PHRASES = Tongues(r"对.*错|correct|right", SCORES, SCORES_EN)
