"""The phrases of stories about buying several things at a price each."""

from __future__ import annotations

from assistant.maths.reading.stories.accounts.words_zh import CHAR as COMMON
from assistant.maths.reading.stories.accounts.words_zh import COUNTERS, SPECIAL
from assistant.maths.reading.stories.telling import NUMBER, Tongues

N = rf"(?P<n>{NUMBER})"
K = rf"(?P<k>{NUMBER})"
WEIGHED = "千克 公斤 斤 米 升".split()
UNIT = rf"(?P<u>{'|'.join(sorted((*COUNTERS, *WEIGHED), key=len, reverse=True))})"
CHAR = rf"(?:(?![的优打税费押定租利邮运原现免送买卖售付花找钱元张件]|成本|[打门车机]票价)(?:{SPECIAL}|{COMMON})|[打][印火]机|乘车|[船车门机]票|花[瓶盆])"
T = rf"(?P<t>{CHAR}{{1,7}})"
WHO = rf"(?:(?P<who>他|她|小[\u4e00-\u9fff]|妈妈|爸爸|奶奶|爷爷|哥哥|姐姐|弟弟|妹妹|老师|[\u4e00-\u9fff]老师|[\u4e00-\u9fff]叔叔|[\u4e00-\u9fff]阿姨|学校|我|(?P<name>{CHAR}{{2,4}}?)))"
YUAN = rf"{N}\s*元(?:钱)?"
COST = r"(?:的)?(?:价格|价钱|售价|单价|标价|定价|票价|零售价)?(?:是|为|卖|要|需要|需|售)?"
ITEM = rf"{K}\s*{UNIT}(?:的)?(?:这样的|同样的)?{T}?"
JOIN = r"(?:、|,|和|与|及|,?又买了?|,?还买了?)"
MORE = rf"{JOIN}(?:买了?)?{ITEM}"
ITEMS = rf"{ITEM}(?:{MORE}(?:{MORE}(?:{MORE})?)?)?"
"""Four at most, each with groups of its own."""
SHOP = r"(?:某|一家)?(?:商店|超市|商场|文具店|水果店|体育店|玩具店|书店|麦当劳|花店|食品店|鞋店)(?:里|中)?(?:有)?"
BUY = r"(?:要|想|想要|准备|打算|计划|去)?(?:(?:到|去|在){SHOP})?(?:一共|共)?(?:买来|买回|买到|买|购买|订购|购进|订)了?".replace(
    "{SHOP}", SHOP.replace("(?:有)?", "")
)
MUCH = r"(?:多少|几)(?:元钱?|钱)"
PAY = r"(?:一共|总共|共|至少|他|她|我|应该|应|需要|需|得|要|会|可|花去|花|用去|用|付出|付|支付|了|掉)*"
CHINESE = (
    ("price", rf"(?:{SHOP})?(?:已知)?(?:买)?(?:一|1){UNIT}{T}{COST}{YUAN}"),
    ("price", rf"(?:{SHOP})?{T}{COST}(?:每|一){UNIT}{COST}{YUAN}"),
    ("price", rf"(?:{SHOP})?(?:已知)?每{UNIT}(?:这样的|同样的)?{T}?{COST}{YUAN}"),
    ("price", rf"(?:{SHOP})?{T}{COST}{YUAN}(?:一|每|/){UNIT}"),
    ("price", rf"(?:{SHOP})?{T}{COST}{YUAN}"),
    ("scene", rf"{SHOP}(?:举行|搞)?(?:促销|活动)?|{WHO}(?:和{WHO})?(?:到|去|在){SHOP}(?:买(?:东西|文具|水果|玩具|{T}))?"),
    ("cart", rf"(?P<if>如果|若|假如)?{WHO}?(?P<again>又|还)?{BUY}{ITEMS}"),
    ("more", ITEM),
    ("cart_priced", rf"{WHO}?(?:又|还)?{BUY}{K}\s*{UNIT}{T}{YUAN}"),
    ("cart_each", rf"{WHO}?{BUY}{T}(?:和|、){T}各{K}{UNIT}"),
    ("bill", rf"{WHO}?(?:花|用)(?:了|去)?{YUAN}{BUY}{ITEMS}(?=[^\d])"),
    ("bill", rf"{WHO}?{BUY}{ITEMS},?(?:一共|总共|共)?(?:花|用)(?:了|去)?{YUAN}"),
    ("total", rf"(?:一共|总共|共)(?:花|用)(?:了|去)?{YUAN}"),
    ("paid", rf"{WHO}?(?:付给?|给|递给|交给)(?:了)?(?:售货员|收银员|营业员|店员|阿姨|叔叔)?(?:了)?{YUAN}"),
    ("have", rf"{WHO}?(?:身上)?(?:只)?(?:有|带了?|带着|拿了?|拿着)(?:了)?{YUAN}(?:去|到)?(?:{SHOP})?(?:{BUY}{T}(?=[,.;?]))?"),
    ("change", rf"(?:售货员|收银员|营业员|店员)?(?:又)?(?:找回|找给|找)(?:了)?(?:他|她|我|{WHO})?(?:了)?{YUAN}"),
    ("change", rf"(?:他|她|我|{WHO})?(?:这时)?(?:还)?(?:剩下?|余下?)(?:了)?{YUAN}"),
    ("dearer", rf"(?:买)?(?:一|1|每)?{UNIT}?{T}{COST}比(?:买)?(?:一|1|每)?{UNIT}?(?P<t2>{CHAR}{{1,7}})(?:的价格|的价钱)?(?P<way>贵|便宜|多|少){YUAN}"),
    ("times", rf"(?:一|1|每)?{UNIT}?{T}(?:的)?(?:价格|价钱|单价)(?:是)(?:一|1|每)?{UNIT}?(?P<t2>{CHAR}{{1,7}})(?:的价格|的价钱)?的{K}倍"),
    ("ask_cost", rf"(?:{WHO})?{PAY}{MUCH}"),
    ("ask_cost", rf"(?:{WHO})?{BUY}{ITEMS},?{PAY}{MUCH}"),
    ("ask_cost", rf"(?:{WHO})?{PAY}{MUCH}才能{BUY}{ITEMS}"),
    ("ask_each", rf"(?:{WHO})?{BUY}{T}(?:和|、){T}各{K}{UNIT},?{PAY}{MUCH}"),
    ("ask_change", rf"(?:{WHO})?(?:售货员|收银员|营业员)?(?:应该|应|要|会|可以|可)?(?:找给?|找回|得到)(?:给)?(?:他|她|我|{WHO})?(?:找回)?{MUCH}"),
    ("ask_left", rf"(?:{WHO})?(?:这时)?(?:还)?(?:剩下?|余下?|有){MUCH}"),
    ("ask_short", rf"(?:{WHO})?(?:{BUY}{ITEMS})?,?还差{MUCH}"),
    ("ask_short", rf"(?:{WHO})?买{T}还差{MUCH}"),
    ("ask_price", rf"(?:一|1|每){UNIT}{T}?{COST}{MUCH}"),
    ("ask_price", rf"{T}(?:每|一){UNIT}{COST}{MUCH}"),
    ("ask_price", rf"{T}的?(?:价格|价钱|单价|售价)(?:每{UNIT})?(?:是|为)?{MUCH}"),
    ("ask_dearer", rf"(?:买)?(?:一|1|每)?{UNIT}?{T}{COST}比(?:买)?(?:一|1|每)?{UNIT}?(?P<t2>{CHAR}{{1,7}})(?P<way>贵|便宜)(?:了)?{MUCH}"),
)  # fmt: skip

STOP = (
    "more|less|fewer|times|of|and|each|per|every|percent|dozens?|hundreds?|pairs?|half|twice|others?|another|the|an?|is|are"
    "|was|were|has|had|have|does|do|did|not|no|at|least|most|about|than|as|many|much|how|what|if|when|while|unless|or|but"
    "|for|from|to|in|on|with|without|into|by|left|total|altogether|together|all|some|both|either|before|after|again"
    "|already|first|next|last|same|remaining|rest|which|that|those|these|this|there|then|now|so|also|still|it|he|she"
    "|they|him|her|his|their|them|its|back|out|up|off|only|costs?|sells?|prices?|apiece|free|discount|sale|tax|tip|dollars?"
    "|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|bought|buys?|spends?|spent|paid|pays?|change"
)
WORD = r"(?:(?-i:[a-z])[a-z-]*)"
ET = rf"(?P<t>{WORD}(?: {WORD}){{0,2}})"
EWHO = r"(?P<who>(?-i:[a-z])[a-z]+|he|she|they|(?:a|the|his|her) (?:(?-i:[a-z])[a-z]+))"
OF = r"(?:(?:bottles|boxes|bags|packs|packets|cans|cups|orders|pairs|pieces|slices|loaves|cartons|pounds|kilograms|kg|gallons|sets|jars|cases|bunches)) of "
ONE_OF = r"(?:(?:bottle|box|bag|pack|packet|can|cup|order|pair|piece|slice|loaf|carton|pound|kilogram|kg|gallon|set|jar|case|bunch) of )"
ECOST = rf"{N} (?P<coin>dollars?|cents?)"
EACH = r"(?:each|apiece|a piece|(?:per|an?) (?P<per>[a-z]+))"
EITEM = rf"(?P<item>(?:(?:{K}|(?P<as>half|twice|(?:two|three|four|five) times) as many|(?P<one>an?|another)) (?P<box>{OF}|{ONE_OF})?{ET})(?:,? (?:(?:which|that) (?:cost|costs|are|is) |(?P<single>each )?(?:at|for) |costing |priced at )?(?P<at>{NUMBER}) (?P<coin>dollars?|cents?)(?P<single> (?:each|apiece))?)?)"
EMORE = rf"(?:,? and |, ){EITEM}"
EITEMS = rf"{EITEM}(?:{EMORE}(?:{EMORE}(?:{EMORE})?)?)?"
ESELL = r"(?:(?:also |then )?(?:sells|sold|has sold))"
EBUY = r"(?:(?:also |then |just )?(?:buys|bought|purchases|purchased|orders|ordered|gets|got|wants to buy|wants|needs to buy|decides to buy|plans to buy|picks out))"
IN_ALL = r"(?:,? (?:in all|in total|altogether|total|on everything|for everything|for all of them|on (?:all|both)(?: of them)?|all together))?(?:,? in dollars)?"
SPEND = r"(?:spend|pay|owe|need(?: to pay)?|have to pay)"
ENGLISH = (
    ("price", rf"(?:(?:each|one|an?|the|every) |if )+(?P<box>{ONE_OF})?{ET} (?:costs?|sells for|is sold for|is priced at|is) {ECOST}(?: each)?"),
    ("price", rf"(?:the )?(?P<box>{OF})?{ET} (?:costs?|are|sells? for|are sold for|are sold at) {ECOST} {EACH}"),
    ("price", rf"the (?:price|cost) of (?:each|an?|one) (?P<box>{ONE_OF})?{ET} is {ECOST}"),
    ("price", rf"(?:while |whereas )?(?:each|one|an?|the) (?P<box>{ONE_OF})?{ET} for {ECOST}"),
    ("scene", rf"{EWHO} (?:goes|went|is|was|walks|walked) (?:shopping|to (?:the|a) (?:[a-z]+ )?(?:store|shop|market|supermarket|mall|bakery|bookstore))(?: to buy [a-z ]+)?"),
    ("cart", rf"(?:{EWHO} )?{EBUY} {EITEMS}"),
    ("sale", rf"(?:{EWHO} )?{ESELL} {EITEMS}"),
    ("bill", rf"{EITEMS} (?:together )?costs? (?:a total of )?{ECOST}(?: in total| altogether| together)?"),
    ("bill", rf"{EWHO} {EBUY} {EITEMS} for (?:a total of )?{ECOST}(?: in total| total| altogether)?"),
    ("bill", rf"{EWHO} (?:spends|spent|paid|pays) (?:a total of )?{ECOST} (?:for|on) {EITEMS}"),
    ("paid", rf"(?:{EWHO} )?(?:pays|paid) (?:with|using) (?:an? )?{ECOST}(?: bill| note)?|(?:{EWHO} )?(?:gives|gave|hands|handed) the (?:cashier|clerk|seller) (?:an? )?{ECOST}(?: bill| note)?"),
    ("have", rf"{EWHO} (?:has|had|starts with|started with|brought|brings|takes|took) {ECOST}(?: to spend)?"),
    ("dearer", rf"(?:an?|each|one|the) {ET} costs? {ECOST} (?P<way>more|less) than (?:an?|each|one|the) (?P<t2>{WORD}(?: {WORD})?)"),
    ("times", rf"(?:an?|each|one|the) {ET} costs? (?P<k>{NUMBER} times|twice|half) as much as (?:an?|each|one|the) (?P<t2>{WORD}(?: {WORD})?)"),
    ("ask_cost", rf"how (?:much(?: money)?|many dollars) (?:did|does|will|would|do|must|should) (?:{EWHO}|they) {SPEND}{IN_ALL}"),
    ("ask_cost", rf"(?:what is|what was|find|calculate) (?:the|his|her|their) total (?:cost|price|bill|amount)(?: (?:of|for) (?:everything|all (?:the )?items|(?:his|her|the) (?:purchase|order|shopping)|the items))?{IN_ALL}"),
    ("ask_cost", rf"how much (?:did|does|do|will|would) (?:everything|it all|(?:his|her|the) (?:entire |whole )?(?:purchase|order|shopping)) cost{IN_ALL}"),
    ("ask_cost", rf"how much (?:did|does|do|will|would|is|are) (?:it cost (?:{EWHO} )?(?:to buy|for) )?{EITEMS}(?: cost)?{IN_ALL}"),
    ("ask_earned", rf"how (?:much(?: money)?|many dollars) (?:did|does|will|would) (?:{EWHO}) (?:earn|make|get|receive){IN_ALL}"),
    ("ask_change", rf"how much change (?:did|does|will|should|would) {EWHO} (?:get|receive)(?: back)?|how much (?:money )?(?:did|does|will|should) {EWHO} get back"),
    ("ask_left", rf"how (?:much(?: money)?|many dollars) (?:does|did|will|would) {EWHO} (?:still )?have (?:left|remaining|left over)(?: after [a-z ]+)?"),
    ("ask_on", rf"how (?:much more(?: money)?|many more dollars) did {EWHO} spend on (?:the )?{ET} than (?:on )?(?:the )?(?P<t2>{WORD}(?: {WORD}){{0,2}})(?:,? in dollars)?"),
    ("ask_price", rf"how much (?:does|did|do|is|was) (?:each|one|an?|the) (?P<box>{ONE_OF})?{ET} cost|(?:what is|find|calculate) the (?:price|cost) of (?:each|one|an?|the) (?P<box>{ONE_OF})?{ET}|how much is (?:each|one|an?) (?P<box>{ONE_OF})?{ET}|what did each {ET} cost"),
    ("ask_dearer", rf"how much (?P<way>more|less) does (?:an?|each|one|the) {ET} cost than (?:an?|each|one|the) (?P<t2>{WORD}(?: {WORD})?)"),
)  # fmt: skip
PHRASES = Tongues(r"元|\bdollars?\b|\bcents?\b", CHINESE, ENGLISH, STOP)
