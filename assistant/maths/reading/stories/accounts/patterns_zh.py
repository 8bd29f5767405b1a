"""The clauses of Chinese stories about amounts, as patterns."""

from __future__ import annotations

import re

from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.accounts.words_zh import (
    CHAR,
    NAME,
    NAMES,
    PEOPLE,
    SPANS,
    SPECIAL,
    UNIT,
    VERB,
    WHEN,
)
from assistant.maths.reading.stories.telling import NUMBER

N = rf"(?:(?!五角星|三角[形板尺]|四边形|百合|千纸鹤|万年青|七巧板)(?:{NUMBER}))"
ASK = r"(?:多少|几)"
TOGETHER = (
    r"(?:(?:他|她|它|我)们(?:俩|两人|两个|[两二三四](?:个)?人)?|(?:他|她|这)?(?:俩|[两二三四五](?:个)?(?:人|月|次|天|种|位|名|只|堆|筐|桶|袋|盒|队|校|所学校|条|车|箱|根|段)|(?:两个?|[三四五]个)(?:班|层|组|小组|队|年级))"
    r"(?:同学|小朋友|青蛙|学校|(?<=种)[\u4e00-\u9fff]{1,2})?|一天|全天|全家|全班|他|她|它|我)"
)
"""All that were told of, or the one."""
LEAD = r"(?:(?:那么|请问|问|现在|后来|然后|接着|这时|结果|已知|那|则|于是|同样|不小心|请你?算一?算|正好|这样)[,:]?)*"
ADVERBS = r"(?:加起来|至少|最少|最多|全部|不小心|又|再|还|也|已经?|先|后来|现在|现|原来|原本|本来|原|一共|总共|共|刚刚|自己|只|正好|刚好|需要?|要|应该?|能|可(?:以|(?!能))|会|计划|准备|打算|想|必须|剩下?|余下?|差)*"
AMOUNT = late(
    rf"{LEAD}(?P<part>其中,?)?(?P<was>原来|原本|原先)?(?P<when>{WHEN})?(?:(?P<all>{TOGETHER})|(?:这|那)(?:些|{UNIT})?(?P<this>{NAME})|(?P<owner>{NAMES}))??(?P<when2>{WHEN})?(?:从(?P<from>{NAME}))?(?P<adv>{ADVERBS})"
    rf"(?:(?:(?P<verb>{VERB})(?:给(?={ASK}))?(?P<asp>了|着|过)?(?P<front>{NAME})?)?(?:长|重)?|(?P<give>送给?|分给?|给|借给|捐给)了?(?P<to>{NAME}|他|她|它)?(?:捐|寄|送)?了?)"
    rf"(?:(?P<n>{N}|{ASK}|一些|几)(?P<u>{UNIT})|(?P<some>一些))(?:的)?(?P<thing>(?!做){NAME})?(?P<tail>(?P<after>毕业|转走|离开|破|坏|回家|飞走|开走)了|(?:还)?没有?{VERB}?完?|了|呢|(?:去|来|在|到|参加了?|一起|排练|进行|做|装点|布置|装饰|庆祝)(?:{SPECIAL}|{CHAR}){{1,10}}|(?:才能|才可以|就可以|就能|可以|能)?(?:把它|把这[本些批]{NAME})?(?:全部|全|刚好|正好)?(?:{VERB}|装|盛|坐)?(?:完|下|走)(?:这些{NAME})?)?"
)
"""An owner, what it does, and how much of what."""
HOW_MUCH = late(r"多少(?:元钱|钱|元)")
CROWD = "|".join((*sorted(PEOPLE, key=len, reverse=True), *"树 花 书 水 电 煤 布".split()))
EACH = rf"(?P<even>平均)?(?P<one>每|(?:一|1)(?!年级|班|组|队|月|号|车间|小组|次|天))(?P<u1>{UNIT})(?P<t1>{NAME})??"
COSTS = r"(?:平均)?(?:可以|可|能|需要?|要|应该?|的)*(?:售价|价格|单价|价钱|标价|定价|票价)?(?:可以|可|能|需要?|要|是|为)*"
DOES = rf"(?:一共|总共|共)?(?:{VERB}|送|住|容纳|乘坐|插入|插|做成|包装|钉|种上|长|重|含|产|搬运|搬|分得|分到|分|装满|装|放|坐)?(?:了|着|上)?"
PER = late(
    rf"{LEAD}(?P<rest>剩下的?|余下的?|其余的?)?(?P<plan>原计划|计划)?(?P<if>如果|若|改为|改成|现在改为|实际)?(?:(?:做|制作|加工|缝制)(?=一))?(?P<owner>{NAME})??(?P<plan2>原?计划)?的?{EACH}{COSTS}(?:(?P<most>最多|至多|限)(?:能|可以?)?)?{DOES}(?P<front>{CROWD})?(?P<n>{N}|{ASK})(?P<u>{UNIT})(?:的)?(?P<thing>{NAME})?(?:呢)?"
)
"""``每盒有8支铅笔``."""
DONE_IN = late(
    rf"{LEAD}(?P<if>如果|若|实际|现在)?(?P<owner>{NAME})??(?:用|要)?(?P<n>{N})(?P<u>{'|'.join(sorted((*SPANS, '次'), key=len, reverse=True))})(?:把(?:它|这[本些批套]{NAME}))?(?:可以|能|就|正好)?(?P<verb>{VERB})(?:完|好)(?:了)?(?:它|这[本些批套]{NAME})?(?:了)?"
)
LIKE = late(
    rf"{LEAD}(?P<left>{NAME})??(?P<verb>{VERB})?(?:的|了)?(?:再|还要|还需要?)(?P<verb2>{VERB})?(?P<n>{N}|{ASK})(?P<u>{UNIT})(?P<thing>{NAME})??,?(?:就|才能?|正好)?(?:和|与|跟)(?P<right>{NAME})(?:{VERB})?的?(?:一样|同样)多"
    rf"|{LEAD}(?P<left2>{NAME})(?P<verb3>{VERB})?(?:的|了)?(?:和|与|跟)(?P<right2>{NAME})(?P<verb4>{VERB})?的?(?:一样|同样)多"
)
"""``再跳8下就和小红的一样多``."""
MOVED = late(
    rf"{LEAD}(?:{NAME})?从(?P<source>{NAME})(?:里|中|那里)?(?:拿出|取出|倒出|搬出|抽出|拿|取|倒|搬|运|调|借|移|转|抽)(?:了)?(?P<n>{N})(?P<u>{UNIT})(?:的)?(?P<thing>{NAME})??(?:到|给|放到|放入|放进|放在|倒入|倒进|倒到|去|搬到|调到|运到|运往|装到|移到|转到|放)(?P<to>{NAME})(?:里|中)?(?:去)?"
)
"""``从甲袋倒5千克到乙袋``."""
GROUPED = late(
    rf"{LEAD}(?P<rest>剩下的?|余下的?|其余的?|(?:把|将)?(?:它们|这些{NAME}))?(?P<if>如果|若)?(?:把|将)?(?:每)?(?P<n>{N})(?P<u>{UNIT})(?P<thing>{NAME})??(?:可以|能|要)?(?:装|坐|住|扎|做|放|站|分|租|租用|合用|插|用|为|是|串|摆|装在|做成|扎成|分成|串成|装成)*(?:在|成|满|进|入|到)?一(?P<u1>{UNIT})(?P<t1>(?!做){NAME})?(?:里)?(?:做{NAME})?"
)
"""``每6个装一袋``."""
PAIR = late(
    rf"{LEAD}(?:一(?:辆|台|列|架|艘|匹))?(?P<owner>{NAME})??(?P<n1>{N})(?P<u1>{UNIT})(?P<t1>{NAME})??(?:一共|共|能|可以|可)?{DOES}(?P<n2>{N}|{ASK})(?P<u2>{UNIT})(?P<t2>{NAME})?"
)
"""``5个同学糊了35个纸盒``."""
UNTIL = (
    r"(?:的(?:个数|人数|棵数|只数|本数|数量|重量|体重|身高|年龄|价格|价钱|钱数|张数|页数|数|面积))?"
)
SIDE = rf"{NAME}(?:{VERB})?(?:了|的)?"
MORE = r"(?:多|少|贵|便宜|重|轻|长|短|高|矮|大|小)"
LESS = frozenset("少 便宜 轻 短 矮 小".split())
COMPARE = late(
    rf"{LEAD}(?:一{UNIT}(?=[^,比]{{1,8}}比一))?(?:(?P<verb0>{VERB})了?的)?(?P<left>{NAME})??(?:今年|现在)?(?P<verb>{VERB})?(?:的|了)?{UNTIL}(?:要|正好|刚好)?比(?:一{UNIT})?(?P<right>{NAME})(?P<verb2>{VERB})?(?:的|了)?{UNTIL}"
    rf"(?:的(?P<times>{N})倍)?(?:还|要)?(?P<more>{MORE})(?:了)?(?P<verb3>{VERB})?(?:了)?(?P<n>{N}|{ASK})(?:(?P<u>{UNIT})(?P<thing>{NAME})?)?(?:钱)?"
)
HANZI = "[一二三四五六七八九十百]+"
SHARE = rf"\(?(?:\d+(?:\.\d+)?%|\d+/\d+|{HANZI}分之{HANZI})\)?"
SOME_SHARE = "(?:几分之几|百分之几)"
RISES = "多|增加|增产|提高|贵|增长|重|长|高|上升|上涨"
FALLS = "少|减少|减产|节约|降低|便宜|下降|轻|短|矮|低"
BY_SHARE = late(
    rf"{LEAD}(?P<left>{NAME})??(?:今年)?(?P<verb>{VERB})?(?:的|了)?{UNTIL}比(?P<right>{NAME})(?P<verb2>{VERB})?(?:的|了)?{UNTIL}"
    rf"(?:(?P<rise>{RISES})|(?P<fall>{FALLS}))(?:了)?(?P<verb3>{VERB})?(?:了)?(?P<share>{SHARE}|{SOME_SHARE})"
)
OF_IT = late(
    rf"{LEAD}(?P<when>{WHEN})?(?P<owner>{NAME})??(?P<when2>{WHEN})?(?:又|再|已经?)*(?P<verb>{VERB})(?:了)?"
    rf"(?P<of>总数|全部|全书|全长|全程|总量|(?:这些|这本|这批|这根|这条|这堆|这袋|这桶){NAME}|它|剩下|余下|其余|剩余)的?(?P<share>{SHARE}|一半)"
)
"""``第一天看了全书的1/3``."""
PORTION = late(
    rf"{LEAD}(?:其中,?)?(?P<name>{NAME})??(?:的?(?:人数|数量|只数|棵数|本数|重量|面积))?(?:正好|恰好)?占(?:了)?(?:(?P<of>全班|全校|全年级|全厂|总数|总人数|总量|全部|其中)(?:总)?(?:人数|数量|数)?的?)?(?P<share>{SHARE})"
)
"""``女生占45%``."""
RATIO_OF = late(
    rf"{LEAD}(?:其中,?)?(?P<left>{NAME})(?:和|与|、|:)(?P<right>{NAME}){UNTIL}的?(?:人数|数量|只数|棵数|重量)?的?比(?:是|为)(?P<n>\d+)比(?P<m>\d+)"
)
"""``男生与女生人数的比是7:8``."""
WHOLE_SHARE = late(
    rf"{LEAD}(?P<left>还剩下?|剩下?|还有)?(?:{TOGETHER})?(?:一共|共)?(?P<verb>{VERB})?(?:了)?(?:(?:全长|全书|全程|总数|全部|这条{NAME}|这本{NAME}|这批{NAME}|所有{NAME}|总长|它)的)?几分之几(?:没有?(?P<not>{VERB})?(?:完)?)?"
)
"""``还剩几分之几没修``."""
TIMES = late(
    rf"{LEAD}(?:其中,?)?(?P<left>{NAME})??(?:今年)?(?P<verb>{VERB})?(?:的|了)?{UNTIL}(?:正好|刚好|恰好)?(?:是|相当于|等于)(?P<right>{NAME})(?:{VERB})?(?:的|了)?{UNTIL}的?"
    rf"(?:(?P<times>{N})倍|(?P<share>{SHARE}|一半)|(?P<ask>{ASK}倍|{SOME_SHARE}))(?:(?:还)?(?P<more>多|少)(?P<n>{N})(?P<u>{UNIT}))?"
)
APART = late(
    rf"{LEAD}(?P<left>{NAME})(?:和|与)(?P<right>{NAME}){UNTIL}相差(?P<n>{ASK})(?P<u>{UNIT})"
)
REST = late(rf"(?:其余|剩下|余下)的?(?:全部|都|全)?(?:人)?(?:都)?(?:是|在|为)(?P<name>{NAME})")
MEMBERS = late(
    r"(?:有|一共有|分|分成)?(?P<n>[两二三四五])(?:个)?(?:层|班|组|小组|队|年级)(?:书架|同学|学生)?(?:参加)?"
)
SPENT = late(
    rf"{LEAD}(?P<owner>{NAME})??(?:又|再|还)?买(?:了)?(?:一?{UNIT})?(?P<thing>{NAME})(?:用去|用了|花去|花了|用|花|付)(?:了)?(?P<n>{N})元"
)
PAID = late(
    rf"{LEAD}(?P<owner>{NAME})??(?:付给?|给|付了|付出)(?:了)?(?:售货员|收银员|营业员|阿姨|他)?(?:了)?(?P<n>{N})元"
)
BACK = late(
    rf"{LEAD}(?:售货员|收银员|营业员|阿姨)?(?:又|还)?(?:找给?(?:他|她|我)|找回)了?(?P<n>{N})元"
)
CHANGE = late(rf"{LEAD}(?:应该?|要|会|可以?|还)?(?:找给?|找回)(?:给)?(?:他|她|我|{NAME})?多少元")
LISTED = late(
    rf"{LEAD}(?:{NAME})??有?(?P<owner>{NAME}(?:(?:、|和|与){NAME})+)(?:一共|总共|共)(?:有)?(?P<n>{N})(?P<u>{UNIT})"
    rf"|{LEAD}(?:{NAME})?有(?P<n2>{N})(?P<u2>{UNIT})(?P<owner2>{NAME}(?:(?:、|和|与){NAME})+)"
)
BOUGHT = late(
    rf"{LEAD}(?:要)?买一{UNIT}(?P<a>{NAME})(?:和|与)一{UNIT}(?P<b>{NAME})(?:一共|总共|共)?(?:要|需要?|得)?(?:花|用|付)?(?:去)?{ASK}元"
)
LATER = late(rf"(?:再过|过)?(?P<n>{N})年(?P<way>后|前|以后|以前),?(?P<rest>.+)")
UNTIL_AGE = late(
    rf"{LEAD}(?:再过|过)(?:{ASK})年(?:以?后)?,?(?P<who>{NAME}|他|她)??(?:就|正好|刚好)*(?:是|有|满|到)?(?P<n>{N})岁(?:了)?"
)
"""``再过几年就是25岁``."""
AT_AGE = late(rf"{LEAD}(?:当|等|到)?(?P<owner>{NAME})(?P<n>{N})岁(?:时候?|的时候|那年)")
"""``当哥哥16岁时``."""
SAME = late(r"(?:如果)?(?:照|按)(?:这样|这样的速度|此)(?:计算|推算|的速度)?(?:下去)?")
SHARED = late(
    rf"{LEAD}(?P<rest>剩下的?|余下的?|其余的?)?(?:(?:如果|现在|现|要|准备|把|将|它们|这些{NAME}|由)*)(?P<even>平均|均匀)?(?:地)?(?:分装|分|放|装|摆|发|种|安排|排|站)*(?P<into>给|在|成|到|进)?(?:[一二三四五六]年级|幼儿园)?(?P<n>{N})?(?P<u>{UNIT})?(?P<thing>{NAME})??(?:里|中|上)?(?:去?{VERB}|送)?(?:在{NAME})?"
)


SCENE = late(
    rf"(?:{WHEN})?(?:{SPECIAL}|{CHAR}|在){{1,30}}|(?:{NAME}|\d+月\d+日)(?:快?到了|来了|是{NAME}节)"
    rf"|为了?(?:庆祝|迎接|美化|支援|丰富)(?:{SPECIAL}|{CHAR}){{1,12}}"
    rf"|{NAME}都?(?:喜欢|爱)(?:看|吃|玩|喝)?(?:{SPECIAL}|{CHAR}){{1,8}}|{NAMES}(?:一起|一同)?(?:去|到|在|做|参加|玩|采|摘|看|拾|捡|钓)(?:{SPECIAL}|{CHAR}){{0,10}}"
)
"""What opens a story and tells of no amount."""
HALVES = late(
    rf"({LEAD}(?:如果)?(?:{VERB})?{N}{UNIT}(?:{NAME})??)((?:一共|总共|共|能|可以|可|需要|要|应该|应)*(?:花|付|用)?{DOES}{ASK}{UNIT}(?:{NAME})?(?:呢)?)"
)
"""``5小时行多少千米``: so much is told, and so much is asked."""
INTRO = late(
    rf"(?:{NAME})?(?:给{NAME})?(?:看|读|修|运|加工|铺|挖|织|抄|有|买来|买回来?|买了?|运来)?了?一(?P<in>[本条批段堆项筐箱袋桶根块盒卷捆])(?:{NAME})"
)
"""What the story is about, of which parts are told."""
PARTS = re.compile(r"(?<!\d)[.,](?!\d)|(?<=\d)[.,](?!\d)|(?<!\d)[.,](?=\d)|[;:?!\n]")
