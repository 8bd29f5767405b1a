"""The phrases of stories about the price of one thing, in both languages."""

from __future__ import annotations

from assistant.maths.reading.stories.telling import NUMBER, ZH_DIGITS, Tongues
from assistant.maths.reading.stories.text import SAFE

N = NUMBER
P = rf"(?P<p>{NUMBER})\s*(?:%|percent\b|per cent\b)"

# Chinese ---------------------------------------------------------------------------------

LOADED = (
    rf"{ZH_DIGITS}亿半几倍比多少共剩余增减降涨跌折每各均除非不没至超约或且另再又还才仅只全同等前先后未近似另第缺差满距若当"
    "打整总坏价利润赚亏赔进售标成本定买卖元的是为按以如果税费现付花了把将给与和、在店商场所被让"
)
ITEM = rf"(?:商品|产品|物品|货物|(?:(?![{LOADED}])[\u4e00-\u9fff]){{1,6}}?)"
ZH_THING = (
    r"(?:(?:一|某|这|该|每|此)?(?:种|件|台|双|条|个|本|部|辆|套|款|支|张|块|只|瓶|盒|批|顶)|[某该此])?"
    rf"(?:的)?(?P<thing>{ITEM})"
)
OLD = r"(?:原价|标价|定价|原售价|吊牌价|原来的?(?:价格|售价|单价))"
NEW = r"(?:(?P<final>现价|现售价|现在的?(?:价格|售价)|(?:实际|最后|最终)(?:的)?(?:售价|价格)|(?:打折|降价|提价|涨价|优惠|促销)后的?(?:价格|售价))|售价|卖价)"
COST = r"(?:进价|成本价?|进货价|买入价)"
IS = r"(?:是|为|:|定为)?\s*"
YUAN = rf"(?:每[件个台本双])?(?P<n>{N})\s*元(?:/[件个台本双]|每[件个台本双])?"
ZP = rf"(?:(?P<p>{N})\s*%|百分之(?P<c>[{ZH_DIGITS}]+)|(?P<t>[一二三四五六七八九])成)"
OFTEN = r"(?:(?:先|(?P<again>再|又|然后|接着|后来|之后|后|第[二三]次))?(?:又|再)?(?:第一次)?)"
BASE = r"(?:(?:在|按|以|比)?(?P<base>原价|标价|定价|原售价)(?:的)?(?:基础上)?)"
FOLD = r"(?P<d>[一二三四五六七八九]{1,2}|\d{1,2}|\d\.\d)\s*折"
SELL = r"(?:出售|销售|卖出|售出|卖)"
END = r"(?:进行)?(?:出售|销售|卖出|售出|促销)?(?:之?后|时)?(?:的)?"
MAY = r"(?:但|又?要|保证|商店|商场|商家|店主|店家|每件|他|她|仍然?|还|可以?|可|能够?|能|将|会|就|结果|这样|依然|所以|所|得)*"
ASKED = r"(?:是|为)?(?:(?:多少|几)\s*(?:元|钱)(?:钱)?|多少(?=\s*[?.,]|$))"
AT_END = r"(?=\s*[.?]?\s*$)"
SHOP = r"(?:某|一|这|该)?(?:家)?(?:商店|商场|超市|书店|服装店|商家|店主|店家|专卖店|商贩|网店|电器城)(?:老板)?(?:将|把|对)?(?=[^\s,.;?])"
CHINESE = (
    ("scene", rf"{SHOP}|(?:后来?)?(?:由于|因为?|为了?){SAFE}{{2,9}}?(?=,|按|商)|现在|现(?=打|降|提|按)|(?:妈妈|爸爸|小[\u4e00-\u9fff]|老师|她|他)?(?:在商店)?买了?(?=一)|(?:妈妈|爸爸|小[\u4e00-\u9fff]|老师|她|他)(?=花)|(?:因|由于)?(?:换季|促销|搞活动|节日|过年)(?:时|期间)?|(?:将|把|对){ZH_THING}"),
    ("scene", ZH_THING + r"(?=(?:若|如果)?先?(?:连续|经过|先后|打|降价|提价|涨价|按|以))"),
    ("start", rf"(?:{ZH_THING}(?:的)?)?{OLD}{IS}{YUAN}(?:的)?(?:{ZH_THING})?"),
    ("now", rf"(?:{ZH_THING}(?:的)?)?{NEW}{IS}{YUAN}"),
    ("now", rf"(?:每件)?(?:(?P<final>只要|只需|需要?|要|应?付|花了?)|是|为|以|卖)\s*{YUAN}(?:的价格)?{SELL}?(?:了)?(?:{ZH_THING}(?=\s*[,.;?]))?"),
    ("cost", rf"(?:{ZH_THING}(?:的)?)?{COST}{IS}{YUAN}(?:的)?(?:{ZH_THING})?"),
    ("cost", rf"(?:以|用|花了?)\s*{YUAN}(?:的价格)?(?:购进|买进|买入|买来|进)了?(?:{ZH_THING}(?=\s*[,.;?]))?"),
    ("fold", rf"{OFTEN}(?:{BASE}?打|{BASE}){FOLD}(?:的?优惠|的价格)?{END}"),
    ("fold", rf"{OFTEN}(?:降价)?(?:以|按)?{FOLD}(?:优惠|{SELL}){END}"),
    ("fold", rf"一[件双台个本条部辆](?P<described>打){FOLD}的(?P<thing>{ITEM})(?=\s*[,.])"),
    ("part", rf"(?:按|以)?(?P<base>原价|标价|定价)的\s*{ZP}(?:的价格)?{SELL}(?:后)?"),
    ("down", rf"{OFTEN}{BASE}?(?:降价|优惠|便宜|降低|下降|下调|减价|降)了?\s*{ZP}{END}"),
    ("down", rf"(?:现价|售价|现在|价格)(?P<base>比原价|比标价|比定价)(?:降低|便宜|优惠|少|下降)了?\s*{ZP}"),
    ("up", rf"{OFTEN}{BASE}?(?:提价|涨价|上涨|提高|加价|上调|涨)了?\s*{ZP}{END}"),
    ("up", rf"(?:现价|售价|现在|价格)(?P<base>比原价|比标价|比定价)(?:提高|贵|多|上涨)了?\s*{ZP}"),
    ("less", rf"{OFTEN}{BASE}?(?:降价|优惠|便宜|降低|减价)了?\s*{YUAN}{END}"),
    ("more", rf"{OFTEN}{BASE}?(?:提价|涨价|加价)了?\s*{YUAN}{END}"),
    ("to", rf"(?:降价?|涨价?|提价?|降低|提高|上涨)(?:到|至|为|成)了?\s*{YUAN}"),
    ("repeat", rf"(?:连续|先后)?(?:经过)?(?P<k>两|二|三|2|3)次(?:都|均|各|连续)?(?P<way>降价|提价|涨价)了?\s*{ZP}(?:后)?"),
    ("markup", rf"(?:先)?(?:按|在|以|比|将|把)?{COST}(?:的)?(?:基础上)?(?:提高|加价|增加|上浮|加)了?\s*{ZP}(?:后)?(?:来|的价格|进行|作为)?(?:标价|定价)"),
    ("markup_told", rf"(?:提价|加价|提高)了?\s*{ZP}(?:后)?(?:进行|作为)?(?:标价|定价)"),
    ("markup", rf"按\s*{ZP}的利润率?(?:来)?(?:定价|标价)"),
    ("profit", rf"{MAY}(?:获利|盈利|赚|利润(?:率)?(?:是|为)|获得?)了?\s*(?:{YUAN}|{ZP})(?:的利润)?(?:\(相对(?:于)?进价\))?"),
    ("loss", rf"{MAY}(?:亏损?|赔|赔本)了?\s*(?:{YUAN}|{ZP})"),
    ("saved", rf"(?:一共|共|总共|这样|比原价|(?:一共|共|总共)比原价)(?:便宜|节省|省|优惠|少花|少付)了?\s*{YUAN}"),
    ("fold_unknown", r"(?:商店|商家)?(?:准备|打算|决定)?打折(?:后|出售|销售)+"),
    ("ask_start", rf"(?:{ZH_THING}(?:的)?)?{OLD}{ASKED}"),
    ("ask_now", rf"(?:{ZH_THING}(?:的)?)?{NEW}{ASKED}"),
    ("ask_now", rf"(?:现在)?(?:买{ZH_THING})?(?:只要|需要?|要|应付|付|卖|花)?{ASKED}"),
    ("ask_cost", rf"(?:{ZH_THING}(?:的)?)?(?:每[件个台本双](?:的)?)?{COST}{ASKED}"),
    ("ask_cost", rf"(?<=求)(?:{ZH_THING}(?:的)?)?(?:每[件个台本双](?:的)?)?{COST}{AT_END}"),
    ("ask_start", rf"(?<=求)(?:{ZH_THING}(?:的)?)?{OLD}{AT_END}"),
    ("ask_now", rf"(?<=求)(?:{ZH_THING}(?:的)?)?{NEW}{AT_END}"),
    ("ask_rate", rf"(?<=求)(?:{ZH_THING}(?:的)?)?利润率{AT_END}"),
    ("ask_profit", rf"{MAY}(?:[这该每]件商品的?)?(?:利润|获利|赚|盈利)(?:了)?{ASKED}"),
    ("ask_rate", r"(?:商店|商家)?(?:的)?利润率(?:是|为)?(?:多少|百分之(?:多少|几))"),
    ("ask_start_rate", r"(?:按)?(?:定价|标价)(?:时)?(?:期望)?的利润率(?:是|为)?(?:多少|百分之(?:多少|几))"),
    ("ask_fold", r"(?:商店|商家)?(?:相当于|是)?(?:应该?|可)?打了?(?:多少|几)折(?:出售|销售)?(?:的)?"),
    ("ask_saved", r"(?:比原价)?(?:便宜|节省|省|优惠|降价|降|少花|少付)了?(?:多少|几)元(?:钱)?"),
    ("ask_fall", r"(?:比原价)?(?:降价|便宜|降低|降|下降)了?百分之(?:几|多少)"),
    ("ask_fold_for", rf"(?:应|可|最多)?打(?:多少|几)折(?:出售|销售)?,?(?:可以?|才能?|能)?(?:使|保证)?(?:利润率(?:是|为|达到)?|获利)\s*{ZP}"),
    ("ask_restore", r"(?:若?要|如果要)?(?:恢复|回到)(?:到)?原价,?(?:应|需要?|要|必须)?(?:提价|涨价|上涨|提高)(?:百分之几|百分之多少)"),
    ("ask_share", r"现价(?:是|相当于|占)原价的百分之(?:几|多少)"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

NO_THING = (
    "of|and|or|than|is|was|are|price|prices|cost|costs|profit|loss|gain|discount|percent|percentage|tax|tip|sale"
    "|number|sum|half|twice|double|triple|thrice|third|other|another|second|first|total|average|not|no|only|after"
    "|before|more|less|by|for|at|per|each|every|both|if|when|which|that|who|with|then|originally|normally|usually"
    "|regularly|now|selling|same|two|three|pack|dozen|set|change|rate|never|without|almost|about|except|nearly|always|also|even|still|just|over|under|cheaper|dearer|additional|further|extra|store|shop"
)
WORD = rf"(?!(?:{NO_THING})\b)[a-z]+"
EN_THING = rf"(?:(?:a|an|the|one|this|that|some|his|her|its)\s+(?:pair of )?(?:{WORD} )?(?P<thing>{WORD})\b|it\b|they\b|them\b)"
WHO = (
    r"(?:(?-i:[A-Z][a-z]+)|(?:(?:a|the|an) )?(?:shopkeeper|trader|merchant|dealer|retailer|man|woman|store|shop"
    r"|seller|he|she|they|company|vendor|person|manufacturer))"
)
MON = rf"(?:(?:Rs\.?|₹|£|€|¥) ?)?(?P<n>{N})(?: ?(?:dollars|euros|pounds|yuan|rupees))?(?![\w%]| ?(?:percent|per|each|for|times|dozen|hundred|thousand)\b)"
EN_OLD = r"(?:original|regular|marked|list|usual|normal|initial|full|tag|old|starting)"
EN_NEW = r"(?:(?P<final>sale|new|final|discounted|reduced|current|present)|selling)"
VALUE = r"(?:price|cost|value|salary|population|rent|fare|fee|number|enrollment|weight)"
THE_PRICE = rf"(?:(?:the|its|his|her|a) (?:monthly |annual |yearly )?(?P<value>price|value|salary|population|rent|fare|fee|enrollment)(?: of {EN_THING})?)"
SUBJECT = rf"(?:(?:{THE_PRICE}|{EN_THING}|which) )?"
AGAIN = r"(?P<again>(?:and )?(?:then|again|later|afterwards),? )?"
BE = r"(?:(?:is|was|are|were|has been|gets|got) )?(?P<again>(?:then|again|later|further|subsequently) )?"
MORE = r"(?P<again>(?:further|additional|second|another|extra) )?"
DOWN = r"(?:discounted(?: by)?|reduced by|marked down(?: by)?|lowered by|decreased by|cut by|dropped by|drops by|falls by|fell by|decreases by|on sale (?:for|at)|goes down by|went down by)"
UP = r"(?:increased by|raised by|marked up(?: by)?|rises by|rose by|increases by|goes up by|went up by|grows by|grew by|grown by)"
CUT = r"(?:discount|reduction|markdown|decrease|price cut)"
RISE = r"(?:increase|rise|markup|raise)"
TILL = r"(?: at the (?:till|register|checkout|counter|cash desk))?"
FIND = r"(?:find|what (?:is|was|will be|are)|calculate|determine)"
ENGLISH = (
    ("start", rf"(?:the |its )?{EN_OLD} price(?: of {EN_THING})? (?:is|was|=) {MON}"),
    ("start", rf"{EN_THING} (?:originally|normally|usually|regularly) (?:costs?|sells for|sold for|(?:is|was) priced at) {MON}"),
    ("start", rf"{EN_THING} originally (?:priced at|costing|selling for) {MON}"),
    ("now", rf"(?-i:[A-Z])[a-z]+s (?:monthly |annual |yearly )?(?P<value>salary|rent) (?:is|was) {MON}"),
    ("now", rf"an? (?:monthly |annual |yearly )?(?P<value>salary|population|rent|fare|fee) of {MON}"),
    ("start", rf"{EN_THING} (?:has|had) an? {EN_OLD} price of {MON}"),
    ("start", rf"{EN_THING} (?:is|was) marked(?: at)? {MON}"),
    ("now", rf"(?:{EN_THING} (?:now )?(?:costs?|(?:is|was) priced at|sells for|sold for|(?:is|was) sold for|was)|{THE_PRICE} (?:is|was)|(?:the |its )?{EN_NEW} price(?: of {EN_THING})? (?:is|was|=)) {MON}(?: now)?"),
    ("start", rf"(?<=off )an? {MON} (?P<thing>{WORD})"),
    ("now", rf"an? {MON} (?P<thing>{WORD})"),
    ("now", rf"{WHO} (?P<final>paid|pays) {MON}(?: for {EN_THING})?"),
    ("after", rf"(?:{EN_THING} (?:now )?(?:costs?|sells for|(?:is|was) sold for)|(?:the )?(?:sale )?price(?: of {EN_THING})? (?:is|was)) {MON} after (?:(?:a|an) )?(?:discount of {P}|{P} (?:discount|reduction|markdown))"),
    ("after", rf"{WHO} (?:sells|sold) {EN_THING} for {MON} after (?:an? )?(?:discount of {P}|{P} (?:discount|reduction|markdown))"),
    ("to", rf"{SUBJECT}(?:(?:is|was|has been) )?(?:now )?(?:on sale for|reduced to|discounted to|marked down to|increased to|raised to) {MON}"),
    ("from_to", rf"{SUBJECT}(?:rises|rose|falls|fell|drops|dropped|decreases|decreased|increases|increased|goes up|went up|goes down|went down|(?:is|was) (?:reduced|increased|raised|lowered|cut|marked down)) from {MON} to {MON}"),
    ("down", rf"{AGAIN}{SUBJECT}{BE}{DOWN} {MORE}{P}(?: off)?{TILL}"),
    ("down", rf"{AGAIN}{SUBJECT}{BE}{P} off{TILL}"),
    ("down", rf"{AGAIN}(?:the|a) (?:store|shop) (?:offers|gives|takes|took|is offering) (?:an? )?{MORE}{P} off{TILL}"),
    ("down", rf"{AGAIN}(?P<again>an? (?:further|additional|second|another|extra) ){P}(?: discount)? (?:is|was) (?:then )?(?:taken off(?: (?:the|this|that) (?:sale|reduced|discounted|new) price)?|given|applied|deducted){TILL}"),
    ("down", rf"{AGAIN}(?:after|with|at|on|has|gives|gets|receives|there (?:is|was)|offers|allows|by)? ?(?:(?:a|an) )?{MORE}(?:discount of {P}|{P} {CUT})(?: (?:is|was) (?:given|offered|allowed|applied))?{TILL}"),
    ("down", rf"{AGAIN}(?:with|by|takes?)? ?an? {MORE}{P} off{TILL}"),
    ("up", rf"{AGAIN}{SUBJECT}{BE}{UP} {MORE}{P}"),
    ("up", rf"{AGAIN}(?:after|with|by)? ?(?:(?:a|an) )?{MORE}(?:(?:increase|rise|markup|raise) of {P}|{P} {RISE})"),
    ("likewise", rf"(?:and )?(?:then|followed by) (?:by )?(?:an? )?(?P<again>further |additional |another ){P}"),
    ("start", rf"(?:the|a) (?:store|shop) (?:discounts|marks down|reduces) an? {MON} (?P<thing>{WORD})(?= by {N} ?%)"),
    ("down", rf"by {P}(?=\s*(?:[,.]|and then))"),
    ("down", rf"(?P<again>then )(?:takes|took) (?:off )?(?:another|an? (?:additional|extra|further)) {P}(?: off)?{TILL}"),
    ("ask_series", rf"(?:(?:{FIND} (?:the|a)|what) )(?:(?:single|equivalent) )+(?:percent(?:age)? )?discount(?: percent(?:age)?)?(?: (?:that|which))?(?: is)? (?:equivalent|equal) to (?:two |three )?(?:successive|consecutive) (?P<way>discounts) of {P},? (?:and )?{P}(?:,? and {P})?"),
    ("series", rf"(?:after|with|for|by|{WHO} (?:gives|offers|allows)|{EN_THING} (?:has|gets|is sold at))? ?(?:two |three )?successive (?P<way>discounts|reductions|increases) of {P}(?:,? (?:and )?{P})(?:,? and {P})?"),
    ("cost", rf"(?:the |its )?cost price(?: of {EN_THING})? (?:is|was|=) {MON}"),
    ("cost", rf"{WHO} (?:buys|bought|purchases|purchased) {EN_THING} (?:for|at) {MON}"),
    ("markup", rf"(?:{WHO} )?(?:marks?|marked|prices|priced)(?: up)? (?:{EN_THING}|(?:his|the|her|its) goods)(?: at| by)? {P} above (?:the |its |his |her )?cost(?: price)?"),
    ("now", rf"(?:{WHO} )?(?:by )?(?:sells|sold|resells|resold|selling) {EN_THING} (?:for|at) {MON}"),
    ("profit", rf"(?:{WHO} )?(?:sells|sold|resells|resold|to sell) {EN_THING} (?:at|for|with|making) an? (?:profit|gain) of (?:{P}|{MON})"),
    ("profit", rf"(?:{WHO} )?(?:sells|sold|resells|resold) {EN_THING} at an? {P} (?:profit|gain|markup)"),
    ("profit", rf"(?:{WHO} )?(?:still )?(?:(?:makes|made|earns|earned) an? (?:profit|gain) of (?:{P}|{MON})|(?:gains|gained) (?:{P}|{MON})|at an? (?:profit|gain) of (?P<p>{N}) ?%)"),
    ("loss", rf"(?:{WHO} )?(?:sells|sold|resells|resold) {EN_THING} (?:at|for|with|making) a loss of (?:{P}|{MON})"),
    ("loss", rf"(?:{WHO} )?(?:(?:makes|made|suffers|suffered|incurs) a loss of (?:{P}|{MON})|(?:loses|lost) {P}|at a loss of (?P<p>{N}) ?%)"),
    ("ask_start", rf"{FIND} (?:the|its) {EN_OLD} price(?: of {EN_THING})?"),
    ("ask_start", r"how much did it (?:originally )?cost (?:originally|before(?: the (?:discount|sale|reduction))?)|how much did it originally cost"),
    ("ask_start", r"what was (?:the|its) price before(?: the (?:discount|sale|reduction|increase))?"),
    ("ask_now", rf"{FIND} (?:the|its) (?:{EN_NEW} price(?: of {EN_THING})?|price (?:now|after (?:the|this|both|these) (?:discounts?|increases?|changes?|reductions?)))"),
    ("ask_now", rf"{FIND} (?:the|its|his|her) new (?:{VALUE})|how much (?:does|will|must) (?:it|{WHO}|{EN_THING}) (?:cost|pay)(?: now| after the discount| for it)?"),
    ("ask_cost", rf"{FIND} (?:the|its) cost price(?: of {EN_THING})?"),
    ("ask_profit", rf"{FIND} (?:the|his|her) profit"),
    ("ask_rate", rf"{FIND} (?:the|his|her|its) (?:profit|gain) (?:percent|percentage|%)|{FIND} (?:the|his|her) (?:percentage|percent) (?:profit|gain|of profit)"),
    ("ask_fall", rf"{FIND} the (?:percentage|percent|rate)(?: of)?(?: the)? {CUT}|what percent {CUT} (?:is this|is that|was given|is it)|by what (?:percentage|percent) (?:was|is) (?:the price|it) (?:reduced|decreased|discounted)"),
    ("ask_fall", rf"{FIND} the (?:single |equivalent |single equivalent |total |overall )+(?:percent(?:age)? )?discount(?: percent(?:age)?)?|(?:what single discount )?(?:is|are) equivalent to (?:what|a) single discount(?: of what percent)?"),
    ("ask_rise", rf"{FIND} the (?:percentage|percent)(?: of)?(?: the)? {RISE}|by what (?:percentage|percent) (?:was|is|did) (?:the price|it) (?:increased|raised|rise|increase)"),
    ("ask_rise", rf"{FIND} the (?:net|overall|total|resulting) (?:percentage|percent) change(?: in (?:the )?price)?|{FIND} the (?:net|overall) change in percent"),
    ("ask_saved", rf"{FIND} the (?:amount of the )?discount(?: amount)?|how much (?:is|was) the discount|how much (?:do|does) (?:you|{WHO}) save"),
)  # fmt: skip
PHRASES = Tongues(
    r"价|折|利润|赚|亏|price|cost|discount|profit|off\b|gain|loss|pays|paid|salary|population|rent|fare|fee|enrollment|sells|sold",
    CHINESE,
    ENGLISH,
)
