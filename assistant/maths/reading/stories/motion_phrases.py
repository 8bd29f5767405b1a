"""The phrases of stories about two that move, in both languages."""

from __future__ import annotations

from assistant.maths.reading.stories.telling import NUMBER, Tongues

N = rf"(?P<n>{NUMBER})\s*"

# Chinese ---------------------------------------------------------------------------------

NAME = (
    r"(?:[甲乙](?:车|船|队|同学|汽车)?|快车|慢车|客车|货车|轿车|卡车|大客车|小轿车|小汽车|汽车|摩托车|自行车|警车|警察|小偷|一列(?:慢车|快车|火车|客车|货车)|哥哥|弟弟|姐姐|妹妹"
    r"|爸爸|妈妈|爷爷|老师|另一辆车?|一辆(?:慢车|快车|汽车|客车|货车|轿车|卡车|摩托车)|小(?!时|于)[\u4e00-\u9fff])"
)
WHO = rf"(?P<who>{NAME})"
PER = r"(?P<p>小时|时|分钟|分|秒)"
LEN = r"(?P<l>千米|公里|米|km|m)(?![A-Za-z])"
TWO = rf"(?:(?:{NAME})(?:、|和|与)?(?:{NAME})(?:两|二)?(?:人|车|船|名同学|同学|辆车|列火车)?|两(?:人|车|船|辆汽车|列火车|名同学)|他们|二人)"
ENDS = r"(?:(?:A、?B|甲、?乙|东、?西)?两(?:地|城|站|港|村|镇|市|车站|码头)|[AB甲](?:地|城|站|市)?(?:、|和|与|到)[B乙](?:地|城|站|市)?)"
GO = r"(?:行驶|行走|行|走|跑步|跑|骑行|骑|开|步行|飞行)"
SPEED = rf"(?:每{PER}(?:{GO})?\s*{N}{LEN}|{N}{LEN}\s*(?:/|每){PER})"
MANY = r"(?:多少|几)个?"
CATCH = r"(?:能够?|可以?|才能?|就|会|将)*(?:追上|赶上)"
CHINESE = (
    ("scene", rf"{TWO}|分别|各自|从{ENDS}(?:同时)?(?:出发|开出)?|从两地|出发|开出|在同一条(?:公路|直线|路|马路)上|从(?:家|学校|家里)(?:出发)?|(?:骑自行车|骑车|步行|开车|乘车)|在(?:环形)?跑道上(?:练习)?跑步|回家|(?:去)?上学|放学|(?:去|到)(?:学校|县城)|沿(?:同一|这)条?(?:公路|路线?|道路)"),
    ("simul", r"同时"),
    ("gap", rf"(?:{ENDS}|{TWO})(?:间|之间)?的?(?:相距|(?:距离|路程|公路长?|铁路长?)(?:是|为)?)\s*{N}{LEN}"),
    ("gap", rf"从相距\s*{N}{LEN}的{ENDS}"),
    ("towards", r"(?:相向|相对)(?:而行|开出|出发|行驶|行走|运动)"),
    ("same", r"(?:同向|同方向|(?:沿|朝|向)?同一(?:个)?方向)(?:而行|行驶|出发|行走|跑步|运动|前进|跑)?"),
    ("apart", r"(?:相背|背向|反向|背道)(?:而行|而驰|出发|行驶|行走|跑步|跑)?|(?:向|朝)相反(?:的)?方向(?:行驶|行走|出发|而行|跑)?"),
    ("place", r"从同一(?:地点?|起点|地方|出发点)(?:同时)?(?:出发)?|同时同地(?=同向|反向|背向|出发)"),
    ("ring", rf"(?:在|绕|沿|围绕)?(?:一(?:条|个))?(?:(?:周长|长)(?:是|为)?\s*)?{N}{LEN}(?:长)?的(?:环形|圆形)(?:跑道|公路|湖)(?:上)?(?:跑步|行走|散步)?"),
    ("ring", rf"(?:一(?:条|个)|某)?(?:环形|圆形)(?:跑道|公路)(?:的)?(?:周长|一周|一圈|长)*(?:是|为)?\s*{N}{LEN}"),
    ("speed", rf"{WHO}(?:的)?(?:(?:步行|骑车|跑步|行驶)?(?:的)?速度)?(?:是|为)?{SPEED}"),
    ("speed", rf"{WHO}(?:步行|骑车|开车|跑步)?(?:以|按)?(?:的)?{SPEED}的速度(?:行驶|行走|步行|跑步|前进)?"),
    ("speed", rf"{WHO}以{SPEED}的速度(?:从(?P<at>[甲乙AB同]|家|学校)(?:一)?(?:站|地|城|地点)?(?:出发|开出))?"),
    ("from", rf"{WHO}从(?P<at>[甲乙AB])(?:地|站|城)(?:同时)?(?:出发|开出)"),
    ("speed_too", rf"{SPEED}(?!的速度)"),
    ("later", rf"{N}{PER}(?:之后|以后|后),?{WHO}以{SPEED}的速度(?:从(?P<at>[甲乙AB同]|家|学校)(?:一)?(?:站|地|城|地点)?(?:出发|开出))?(?:沿同一(?:路线|条路|方向))?(?:去)?追赶?(?:{WHO})?"),
    ("early", rf"{WHO}先(?:出发|走|行驶|行|开出|开|跑)了?\s*{N}{PER}(?:之后|以后|后)?"),
    ("early", rf"{WHO}(?:出发|走了|走|行驶|开出)了?\s*{N}{PER}(?:之后|以后|后)"),
    ("later", rf"{N}{PER}(?:之后|以后|后),?{WHO}(?:才)?(?:从同一(?:地点|地方|地))?(?:出发)?(?:沿同一(?:路线|条路|方向))?(?:骑车|开车|骑自行车|出发)?(?:{SPEED}的速度)?(?:去)?追赶?(?:{WHO})?"),
    ("chase", rf"{WHO}(?:才)?(?:从同一(?:地点|地方|地))?(?:出发)?(?:沿同一(?:路线|条路|方向))?(?:骑车|开车|出发)?(?:去)?追赶?(?:{WHO})?(?![上])"),
    ("ahead", rf"{WHO}先(?:走|行|跑)了?\s*{N}{LEN}(?:之后|以后|后)?"),
    ("ahead", rf"{WHO}在{WHO}(?:的)?(?P<side>前方|前面|前|后方|后面|后)\s*{N}{LEN}(?:处)?"),
    ("met", rf"(?:经过)?\s*{N}{PER}(?:之后|以后|后)?,?(?:{TWO})?(?:第一次|首次)?相遇"),
    ("caught", rf"(?:经过)?\s*{N}{PER}(?:之后|以后|后)?,?(?:{WHO})?(?:第一次|首次)?(?:能够?|就|恰好|正好)?追上(?:了)?(?:{WHO})?"),
    ("ask_met", rf"(?:{TWO})?(?:经过|出发)?(?:后)?{MANY}{PER}(?:之后|以后|后)?,?(?:{TWO})?(?:第一次|首次)?(?:能够?|可以?|才能?|就|会)*(?:在途中)?相遇"),
    ("ask_caught", rf"(?:{WHO})?(?:出发)?(?:后)?(?:经过|需要|用|要|需)*{MANY}{PER}(?:之后|以后|后)?,?(?:第一次|首次)?{CATCH}(?:{WHO})?"),
    ("ask_caught", rf"(?:经过)?{MANY}{PER}(?:之后|以后|后)?,?{WHO}(?:第一次|首次)?{CATCH}(?:{WHO})?"),
    ("ask_apart", rf"(?:经过)?\s*{N}{PER}(?:之后|以后|后)?,?(?:{TWO})?相距(?:多少|几){LEN}"),
    ("ask_gap", rf"(?:{ENDS})(?:间|之间)?的?(?:相距|(?:距离|路程)(?:是|为)?)(?:多少|几){LEN}"),
    ("ask_speed", rf"{WHO}(?:的)?(?:每{PER}{GO}{MANY}{LEN}|速度(?:是|为)(?:每{PER}{MANY}{LEN}|多少))"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

KIND = r"(?:police car|car|train|bus|truck|cyclist|runner|plane|boat|ship|motorcycle|motorcyclist|van|hiker|person|driver|walker|jogger)"
EN_NAME = (
    rf"(?:(?:(?:a|an|the|one|another)(?: other| first| second| third)?(?: (?:passenger|freight|fast|slow|express|faster|slower))? {KIND})\b"
    r"|(?-i:Car|Train|Bus|Runner|Cyclist|Plane) [A-Z]\b|the other(?: one)?\b|the first(?: one)?\b|the second(?: one)?\b|one\b(?! hour| minute)|it\b"
    r"|(?-i:[A-Z]\b|(?!How\b|It\b|In\b|The\b|If\b|They\b|What\b|Both\b|Find\b|When\b|After\b|Two\b|At\b|One\b|Another\b|Later\b|Towns?\b|City\b|Cities\b)[A-Z][a-z]+)"
    rf"|(?-i:Car|Train|Bus|Runner|Cyclist|Plane) [A-Z]\b)"
)
EN_WHO = rf"(?P<who>{EN_NAME})"
EN_LEN = r"(?P<l>km|kilomet(?:er|re)s?|miles?|mi|m|met(?:er|re)s?|feet)\b"
EN_PER = r"(?P<p>hours?|hr|h|minutes?|min|seconds?|s)\b"


RATE = (
    rf"(?P<n>{NUMBER}) ?(?:(?P<l>km|kilomet(?:er|re)s?|miles?|mi|m|met(?:er|re)s?|feet) ?(?:/|per|an|a) ?"
    rf"(?P<p>hours?|hr|h|minutes?|min|seconds?|s)\b|(?P<s>mph|kph|kmh|m/s)\b)"
)
MOVE = r"(?:travel|drive|walk|run|move|go|ride|cycle|fly|bike|jog|sail|head|leave|start|set out|set off|depart)"
MOVES = r"(?:travels|drives|walks|runs|moves|goes|rides|cycles|flies|bikes|jogs|sails|heads|averages|is (?:travel+ing|driving|walking|running|moving|going|riding|cycling|flying)|travel+ing|driving|moving|walking|running|going|travel|drive|walk|run|move|go|ride|cycle|fly)"
LEAVES = r"(?:leaves|left|starts|started|sets out|set out|sets off|set off|departs|departed|begins)"
FROM = r"(?: (?:from )?(?:the same (?:place|point|station|town|city|spot|location|house)|home|town|(?:a|the) (?:station|town|city|school|house)|(?:town|city|station|point) A))?"
DIRECTION = r"(?: (?:and )?(?:travel+ing |heading |driving |going )?(?:in the same direction|along the same (?:road|route|path)|on the same (?:road|route|track|path)))?"
AT = r"(?:,? ?(?:travel+ing |driving |moving |walking |running |going |cycling |riding )?(?:at )?(?:(?:a |an )?(?:constant |average |steady )*(?:speed|rate) of )?)"
EACH = r"(?:(?-i:[A-Z][a-z]+) and (?-i:[A-Z][a-z]+)|(?:two|both|the two|they|the) ?(?:cars|trains|buses|people|cyclists|planes|runners|trucks|boats|hikers|friends|ships|vehicles|men|boys|girls|persons|bikers)?|they)"
TOWARDS = r"(?:(?:and )?(?:start|begin|are|,)? ?(?:travel+ing|moving|driving|walking|heading|running|flying|cycling|riding|going|travel|move|drive|walk|head|run|fly|cycle|ride|go|start|leave|set out|starting|approach(?:ing)?)(?: (?:straight|directly))? towards? (?:each other|one another))"
MEET = r"(?:meet|pass each other|met)"
ENGLISH = (
    ("gap", rf"{EACH}(?: (?:start|begin|leave|set out|depart|are|leave from|start from))?(?: (?:from|at))?(?: two)?(?: (?:cities|towns|stations|points|places|positions|villages))?(?: that are)? {N}{EN_LEN} apart"),
    ("gap", rf"(?:(?:town|city|station|point|village)s? )?(?-i:[A-Z]) and (?:(?:town|city|station|point|village) )?(?-i:[A-Z]) are {N}{EN_LEN} apart"),
    ("gap", rf"(?:the )?distance between (?:(?-i:[A-Z]) and (?-i:[A-Z])|the two (?:cities|towns|stations|points|trains|cars)|them) is {N}{EN_LEN}"),
    ("gap", rf"(?:from )?(?:two )?(?:cities|towns|stations|points|places|positions|villages)(?: that are| which are)? {N}{EN_LEN} apart"),
    ("towards", rf"(?:{EACH} )?{TOWARDS}|towards? each other"),
    ("simul", rf"(?:{EACH} )?(?:(?:both )?(?:leave|start|depart|set out|left|started) )?(?:at the same time|simultaneously)"),
    ("apart", rf"(?:{EACH} )?(?:(?:leave|start|depart|travel|drive|walk|set out|go|move|run|left|started)(?: from)? )?(?:the same (?:place|point|town|station|city|spot|intersection) )?(?:at the same time )?(?:and )?(?:travel+ing |driving |walking |moving |going |travel |drive |walk |go |move |heading )?in opposite directions"),
    ("place", rf"(?:{EACH} )?(?:leave|start|depart|set out|left|started)(?: from)? the same (?:place|point|town|station|city|spot)"),
    ("same", r"in the same direction|on the same (?:road|track)"),
    ("speeds", rf"(?:{EACH} )?(?:(?:{MOVE}|{MOVES}) )?(?:at |with )?(?:(?:constant |average )?(?:speeds|rates) of )?{RATE} and {RATE}(?:,? respectively)?"),
    ("speeds", rf"(?:{EACH}|their|the)?(?: )?(?:speeds|rates) are {RATE} and {RATE}(?:,? respectively)?"),
    ("speed", rf"{EN_WHO} (?:{MOVES} )?at (?:(?:a |an )?(?:constant |average |steady )*(?:speed|rate) of )?{RATE}"),
    ("speed", rf"(?:the )?(?:speed|rate) of {EN_WHO} is {RATE}"),
    ("speed", rf"{EN_WHO} (?:{MOVES}|can {MOVE}) {RATE}"),
    ("leaves", rf"{EN_WHO} {LEAVES}{FROM}{DIRECTION}{AT}{RATE}{DIRECTION}"),
    ("leaves", rf"{EN_WHO} {LEAVES}{FROM}"),
    ("later", rf"{N}{EN_PER} later,? {EN_WHO} {LEAVES}{FROM}{DIRECTION}{AT}{RATE}{DIRECTION}(?: (?:to catch|in pursuit of|to overtake|after) (?:up with )?{EN_WHO})?"),
    ("later2", rf"{EN_WHO} {LEAVES}{FROM} {N}{EN_PER} later{DIRECTION}{AT}{RATE}{DIRECTION}"),
    ("ahead", rf"{EN_WHO} (?:is|starts|has a (?:head ?start|lead) of) {N}{EN_LEN}(?: ahead(?: of {EN_WHO})?| in front of {EN_WHO})?"),
    ("early", rf"{EN_WHO} (?:has a {N.strip()}?-?{EN_PER} head ?start|(?:starts|leaves|started|left) {N}{EN_PER} (?:earlier|before)(?: {EN_WHO})?)"),
    ("met", rf"(?:they|the two {KIND}s|the {KIND}s) meet (?:after|in) {N}{EN_PER}"),
    ("ask_met", rf"(?:how (?:long|many {EN_PER})|in how many {EN_PER}|after how (?:long|many {EN_PER})|when)(?: will it (?:take|be)| does it take| do| will| until| before| is it(?: until)?)?(?: (?:for|until|before))? ?(?:they|them|the two (?:{KIND}s|people|friends)|the (?:{KIND}s))(?: to)? {MEET}(?: each other)?"),
    ("ask_caught", rf"how (?:long|many {EN_PER}) (?:will|does|would) (?:it take )?(?:for )?{EN_WHO} (?:to |take to |need to )(?:catch up(?: (?:with|to) {EN_WHO})?|catch {EN_WHO}|overtake {EN_WHO})"),
    ("ask_caught", rf"how (?:long|many {EN_PER}) after {EN_WHO} (?:leaves|starts|sets out|departs) (?:will|does) (?:it|he|she|{EN_WHO}) (?:catch up(?: (?:with|to) {EN_WHO})?|catch {EN_WHO}|overtake {EN_WHO})"),
    ("ask_parted", rf"(?:how long (?:until|before|will it (?:be|take) (?:until|before|for))|in how many {EN_PER}|after how many {EN_PER}|how many {EN_PER} (?:until|before|will it (?:be|take) (?:until|before))|when)(?: will)? {EACH}(?: (?:are|be|to be))? {N}{EN_LEN} apart"),
    ("ask_apart", rf"how far apart (?:are they|will they be|will the (?:two )?{KIND}s be) (?:after|in) {N}{EN_PER}"),
    ("ask_gap", r"(?:what (?:is|was)|find) the distance between (?:the two (?:cities|towns|stations|points)|(?-i:[A-Z]) and (?-i:[A-Z]))|how far apart (?:are|were) the (?:two )?(?:cities|towns|stations|points)"),
)  # fmt: skip
PHRASES = Tongues(r"相遇|追|相距|meet|catch|overtake|apart|distance", CHINESE, ENGLISH)
