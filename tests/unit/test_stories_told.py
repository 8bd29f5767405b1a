"""Stories of prices, movement, work and two kinds of things: each word understood, or refused."""

from __future__ import annotations

import pytest
from asking import proved, told
from conditions import passed_over

KINDS = [
    ("笼子里有若干只鸡和兔。从上面数，有8个头，从下面数，有26只脚。鸡和兔各有几只？", "3, 5"),
    ("鸡和兔共35只，共有94条腿，鸡有多少只？", "23"),
    ("鸡兔同笼，鸡比兔多2只，共有22只脚，鸡和兔各有几只？", "5, 3"),
    ("停车场里有汽车和摩托车共24辆，共有86个轮子，汽车和摩托车各有多少辆？", "19, 5"),
    ("停车场有三轮车和小轿车共10辆，共有36个轮子，三轮车和小轿车各有多少辆？", "4, 6"),
    ("有5元和10元的人民币共20张，共125元，5元和10元的各有多少张？", "15, 5"),
    ("蜘蛛有8条腿，蜻蜓有6条腿，现有蜘蛛和蜻蜓共18只，共有118条腿，蜘蛛和蜻蜓各有多少只？", "5, 13"),
    ("大船每条坐6人，小船每条坐4人，共租了10条船，刚好坐52人，大船和小船各租了几条？", "6, 4"),
    ("某次数学竞赛共20道题，做对一题得5分，做错或不做一题扣1分，小明得了76分，他做对了几道题？", "16"),
    ("鸡兔同笼，头共46，足共128，鸡兔各几只？", "28, 18"),
    ("小明的存钱罐里有1元和5角的硬币共20枚，共15元，1元和5角的硬币各有多少枚？", "10, 10"),
    ("一个停车场有小汽车和摩托车，一共32辆，这些车一共108个轮子，小汽车有多少辆？", "22"),
    ("全班一共有38人，共租了8条船，大船乘6人，小船乘4人，每条船都坐满了。大、小船各租了几条？", "3, 5"),
    ("成人票每张40元，儿童票每张20元，共卖出100张票，收入3000元，成人票和儿童票各卖出多少张？", "50, 50"),
    ("There are 35 heads and 94 legs among chickens and rabbits in a cage. "
     "How many rabbits are there?", "12"),
    ("有龟和鹤共40只，龟的腿和鹤的腿共有112条。龟、鹤各有几只？", "16, 24"),
    ("盒子里有大、小两种钢珠共30颗，共重266克。已知大钢珠每颗11克，小钢珠每颗7克。"
     "盒中大钢珠、小钢珠各有多少颗？", "14, 16"),
    ("A test has 20 questions. Each correct answer earns 5 points and each wrong answer loses "
     "2 points. Ann answered all questions and got 72 points. How many did she get right?", "16"),
    ("A farmer has chickens and cows. There are 30 heads and 84 legs. "
     "How many chickens and cows are there?", "18, 12"),
    ("A parking lot has cars and motorcycles. There are 24 vehicles and 86 wheels. "
     "How many cars are there?", "19"),
    ("Adult tickets cost $8 and child tickets cost $5. 100 tickets were sold for a total of $680. "
     "How many adult tickets were sold?", "60"),
    ("A jar contains 20 coins, all nickels and dimes, worth $1.55. How many nickels are there?", "9"),
]  # fmt: skip
PRICES = [
    ("A store takes 20% off a $50 shirt and then takes another 10% off at the till. "
     "What is the final price?", "36"),
    ("A store takes 20% off a $50 shirt. What is the sale price?", "40"),
    ("A store discounts a $200 chair by 15% and then takes off another 10% at the register. What is the final price?", "153"),
    ("A pair of shoes costs $60. It is discounted by 25%, and then an extra 10% is taken off the sale price. What is the final price?", "81/2"),
    ("一件衣服原价200元，打八折后再降价20元，现价多少元？", "140"),
    ("某商品打八折后售价为160元，原价是多少元？", "200"),
    ("一件商品按进价提高40%后标价，再按标价的八折出售，结果仍获利60元，这件商品的进价是多少元？", "500"),
    ("某商品进价为200元，标价为300元，打折出售后利润率为5%，打了几折？", "7"),
    ("某商品先提价10%，再降价10%，现价是原价的百分之几？", "99%"),
    ("一种商品原价500元，先降价10%，再提价10%，现价是多少元？", "495"),
    ("某商品的进价是80元，售价是100元，利润率是多少？", "25%"),
    ("商店以120元卖出一件衣服，赚了20%，这件衣服的进价是多少元？", "100"),
    ("一台电视机原价3000元，现价2400元，降价了百分之几？", "20%"),
    ("一台电视机原价3000元，现价2400元，打了几折？", "8"),
    ("一双鞋打七五折后售价是150元，便宜了多少元？", "50"),
    ("一件衣服打八折，再打九折，一共便宜28元，原价多少元？", "100"),
    ("某商品若按标价的八折出售，每件亏损20元；若按标价的九折出售，每件盈利10元，"
     "这件商品的标价是多少元？", "300"),
    ("妈妈买了一件打八折的衣服，花了160元，这件衣服原价多少元？", "200"),
    ("某商品的标价为165元，若降价以九折出售，仍可获利10%，则该商品的进价是多少？", "135"),
    ("某商店将进价为100元的商品提价50%后标价，再打八折销售，每件商品的利润是多少元？", "20"),
    ("某商品进价100元，标价150元，打几折出售可使利润率为20%？", "8"),
    ("一种药品连续两次降价10%，现价为81元，原价是多少元？", "100"),
    ("一件商品降价20%后要恢复原价，应提价百分之几？", "25%"),
    ("某商品按20%的利润率定价，然后打八折出售，结果亏损64元，这件商品的成本是多少元？", "1600"),
    ("一件衣服先涨价20元，再降价20%，现价96元，原价多少元？", "100"),
    ("A jacket costs $80. It is 20% off, and a further 10% is taken off at the till. "
     "What is the final price?", "288/5"),
    ("A coat originally costs $120. The store offers 25% off, then an additional 10% off at the "
     "register. How much does the coat cost now?", "81"),
    ("某商品按成本价提高50%后标价，再打八折出售，每件可获利30元，求每件商品的成本价。", "150"),
    ("某种商品的标价为200元，按标价的八折销售，仍可获利60%，求该商品的进价。", "100"),
    ("A $60 sweater is on sale for 30% off. What is the sale price?", "42"),
    ("If the price of a shirt is reduced by 15% and it now costs $34, "
     "what was the original price?", "40"),
    ("A shirt originally priced at $80 is on sale for $60. What is the percent discount?", "25%"),
    ("The population of a town is 5000. It increases by 10%. What is the new population?", "5500"),
    ("妈妈花了160元买了一件打八折的衣服，便宜了多少元？", "40"),
    ("一件衣服现价160元，比原价降低20%，原价多少元？", "200"),
    ("某种商品的进价为800元，标价为1200元，由于商品积压，商店准备打折出售，但要保证利润率为5%，"
     "则应打几折？", "7"),
    ("一家商店将某种服装按成本价提高40%标价，又以8折优惠卖出，结果每件仍获利15元，"
     "这种服装每件的成本是多少元？", "125"),
    ("A bicycle was sold for $240 at a loss of 20%. Find the cost price.", "300"),
    ("John's salary was $2000. It was increased by 10% and then decreased by 10%. "
     "What is his new salary?", "1980"),
    ("After a 20% discount, a shirt costs $48. What was the original price?", "60"),
    ("A jacket is on sale for 25% off. The sale price is $60. What was the original price?", "80"),
    ("A shirt costs $40. It is discounted by 20%, then by a further 10%. "
     "What is the final price?", "144/5"),
    ("A shirt costs $50 after a 20% discount. What was the original price?", "125/2"),
    ("A man buys a bike for $50 and sells it for $60. Find his profit percent.", "20%"),
    ("Find the single discount equivalent to successive discounts of 20% and 10%.", "28%"),
    ("The price of a book was reduced from $25 to $20. What was the percent decrease?", "20%"),
    ("By selling a watch for $120, a man gains 20%. Find the cost price.", "100"),
    ("A shopkeeper marks his goods 40% above cost price and gives a discount of 25%. "
     "Find his profit percent.", "5%"),
]  # fmt: skip
MOTION = [
    ("小明每分钟走60米，爸爸每分钟走100米，小明先走5分钟后，爸爸去追小明，爸爸几分钟追上小明？", "15/2"),
    ("甲每分钟走60米，乙每分钟走80米，甲先走5分钟，乙从同一地点出发去追甲，乙几分钟能追上甲？", "15"),
    ("在周长400米的环形跑道上，甲每秒跑6米，乙每秒跑4米，两人从同一地点同时出发，同向而行，"
     "多少秒后甲第一次追上乙？", "200"),
    ("在周长400米的环形跑道上，甲每秒跑6米，乙每秒跑4米，两人从同一地点同时出发，背向而行，"
     "多少秒后第一次相遇？", "40"),
    ("快车每小时行80千米，慢车每小时行60千米，两车同时从两地相向而行，3小时后相遇，"
     "两地相距多少千米？", "420"),
    ("甲、乙两地相距300千米，两车同时从两地相向而行，3小时相遇，甲车每小时行60千米，"
     "乙车每小时行多少千米？", "40"),
    ("一辆慢车以每小时60千米的速度从甲站出发，2小时后一辆快车以每小时90千米的速度从甲站出发"
     "沿同一方向去追慢车，快车几小时追上慢车？", "4"),
    ("A、B两地相距360千米，甲车从A地出发，每小时行72千米，乙车从B地出发，每小时行48千米，"
     "两车同时出发相向而行，经过多少小时相遇？", "3"),
    ("甲在乙前面200米，两人同时同向而行，甲每分钟走60米，乙每分钟走80米，乙几分钟追上甲？", "10"),
    ("快车每小时行80千米，慢车每小时行60千米，两车同时从同一地点出发，同向而行，"
     "3小时后两车相距多少千米？", "60"),
    ("Ann walks at 3 mph. Bob leaves from the same place 1 hour later at 5 mph. "
     "How long will it take Bob to catch Ann?", "3/2"),
    ("Two cars leave the same place in opposite directions at 50 mph and 60 mph. "
     "How far apart will they be after 3 hours?", "330"),
    ("甲、乙两人骑自行车同时从相距65千米的两地相向而行，甲的速度是每小时17.5千米，"
     "乙的速度是每小时15千米，经过几小时两人相遇？", "2"),
    ("甲、乙两站间的路程为450千米，一列慢车从甲站开出，每小时行65千米，一列快车从乙站开出，"
     "每小时行85千米，两车同时开出，相向而行，多少小时后相遇？", "3"),
    ("警察每小时跑12千米，小偷每小时跑10千米，小偷在警察前面1千米处，几小时后警察追上小偷？", "1/2"),
    ("Train A leaves the station at 40 mph. Two hours later, Train B leaves the same station "
     "traveling in the same direction at 60 mph. "
     "How long will it take Train B to catch up with Train A?", "4"),
    ("Sam and Joe start from the same point and walk in opposite directions. Sam walks at 3 mph "
     "and Joe walks at 4 mph. How far apart will they be after 2 hours?", "14"),
    ("Two trains are 300 km apart and travel toward each other at 60 km/h and 40 km/h. "
     "How long until they meet?", "3"),
    ("A car leaves town at 60 km/h. 2 hours later, a second car leaves from the same place at "
     "80 km/h. How long will it take the second car to catch up with the first?", "6"),
    ("Two cars leave the same place at the same time in opposite directions at 50 mph and 60 mph. "
     "In how many hours will they be 330 miles apart?", "3"),
]  # fmt: skip
WORK = [
    ("一个水池有两个进水管和一个排水管，单开甲管10小时注满，单开乙管15小时注满，单开排水管30小时放完，三管齐开，几小时注满水池？", "15/2"),
    ("Two pipes can fill a tank in 10 hours and 15 hours respectively. How long will it take to fill the tank if both pipes are opened together?", "6"),
    ("一项工程，甲队单独做10天完成，乙队单独做15天完成，两队合作几天完成？", "6"),
    ("Pipe A can fill a tank in 6 hours and pipe B can fill it in 4 hours. Pipe C can empty the "
     "full tank in 12 hours. If all three pipes are open, how long will it take to fill the tank?",
     "3"),
    ("An inlet pipe can fill a tank in 5 hours. An outlet pipe can empty it in 8 hours. "
     "If both pipes are open, how long will it take to fill the empty tank?", "40/3"),
    ("一个水池有甲、乙两个进水管和一个丙排水管，单开甲管4小时注满，单开乙管6小时注满，"
     "单开丙管12小时可将满池水放完，三管齐开，几小时可以注满水池？", "3"),
    ("一个水池，单开进水管6小时可以注满，单开出水管8小时可以放完，两管同时打开，"
     "多少小时可以注满水池？", "24"),
    ("一项工程，甲单独做20天完成，乙单独做30天完成，甲先做5天，剩下的由甲乙合作，还需要几天完成？", "9"),
    ("一件工作，甲乙合作6天完成，甲单独做10天完成，乙单独做几天完成？", "15"),
    ("单独开甲管6小时注满水池，单独开乙管8小时放完满池水，两管同时打开，几小时注满水池？", "24"),
    ("一项工程，甲队单独做10天完成，乙队单独做15天完成，两队合作3天后，甲离开，剩下的由乙队单独完成，"
     "还需几天？", "15/2"),
    ("一个水池，甲管注满水需4小时，乙管注满水需6小时，两管齐开几小时注满？", "12/5"),
    ("One pipe can fill a pool in 4 hours and another pipe can fill it in 12 hours. "
     "How long does it take to fill the pool with both pipes open?", "3"),
    ("某工程队要修一段公路，甲队单独修要20天完成，乙队单独修要30天完成，如果两队合修，多少天可以完成？", "12"),
    ("Machine A can produce a batch in 6 hours. Machine B can produce the same batch in 3 hours. "
     "How long would it take both machines working together?", "2"),
    ("A tap can fill a tank in 20 minutes and another can fill it in 30 minutes. "
     "If both taps are opened together, how long will it take to fill the tank?", "12"),
    ("A can do a job in 10 days and B can do it in 15 days. "
     "How long will it take them working together?", "6"),
    ("Pipe A fills a tank in 3 hours and pipe B empties the tank in 6 hours. "
     "How long will it take to fill the tank if both pipes are open?", "6"),
    ("Tom can paint a room in 6 hours. Together, Tom and Ann can paint the room in 4 hours. "
     "How long would it take Ann to paint the room alone?", "12"),
]  # fmt: skip
STORIES = [*KINDS, *PRICES, *MOTION, *WORK]
UNCLEAR = [
    "Two pipes can fill a tank in 10 hours and 15 hours respectively. A third pipe empties it. How long will it take to fill the tank if both pipes are opened together?",
    "Two pipes can fill a tank in 10 hours and 15 hours respectively. How long will it take to fill the tank if all three pipes are open?",
    "A store discounts a $200 chair by 15% and then takes off another $10 at the register. What is the final price?",
    "一个水池，单开进水管6小时可以注满，单开排水管8小时可以放完，单开出水管9小时可以放完，两管同时打开，多少小时可以注满水池？",
    "某商品进价100元，标价50元，打几折出售可使利润率为20%？",
    "一台电视机原价300元，现价2400元，打了几折？",
    "一台电视机原价300元，现价2400元，降价了百分之几？",
    "鸡兔同笼，鸡比近似兔多2只，共有22只脚，鸡和兔各有几只？",
    "A shirt never originally priced at $80 is on sale for $60. What is the percent discount?",
    "Ann paid $50 for a shirt with a 20% discount. How much did she save?",
    "A shirt costs $40 with a 20% discount. What is the sale price?",
    "现价160元，打八折，便宜多少元？",
    "某商店有两个进价不同的计算器都卖了64元，其中一个盈利60%，另一个亏损20%，这家商店是赚了还是赔了？",
    "A shirt costs $48. After a 20% discount. What was the original price?",
    "A shirt costs $50. With a 20% discount it is sold. With a 30% discount it costs $35. "
    "What is the sale price?",
    "一件衣服原价200元，现降价20%后，又在原价基础上降价10元，现价多少元？",
    "一件衣服售价200元，赚了25%，另一件衣服售价200元，亏了20%，一共赚了多少元？",
    "某商品标价200元，打8折出售后仍获利20%，若不打折，利润是多少元？",
    "A shirt costs $40 and a hat costs $20. Both are 20% off. What is the sale price?",
    "Two shirts cost $40. They are 20% off. What is the sale price?",
    "A shirt costs $40 after tax of 10%. What was the original price?",
    "A man sold two cars for $100 each, gaining 20% on one and losing 20% on the other. "
    "Find his profit.",
    "A man buys 10 pens for $5 and sells it for $4. Find his profit.",
    "The population of a town is 5000. The salary increases by 10%. "
    "What is the new population?",
    "A bike costs 20% more than a skateboard. The skateboard costs $50. "
    "What is the price of the bike?",
    "一件衣服打八折，亏20元；打九折，赚10元，原价多少元？",
    "一件衣服打八折比打九折便宜20元，原价多少元？",
    "一件衣服原价200元，裤子打八折，现价多少元？",
    "买3件打八折，原价每件100元，一共多少元？",
    "一件衣服原价200元，第二件打八折，现价多少元？",
    "一件衣服原价200元，满100减20，现价多少元？",
    "一件衣服原价100元，降价300元，现价多少元？",
    "甲每分钟走80米，乙每分钟走60米，甲先走5分钟，乙去追甲，乙几分钟追上甲？",
    "甲每分钟走60米，乙每秒走80米，甲先走5分钟，乙去追甲，乙几分钟追上甲？",
    "甲每分钟走60米，乙每分钟走80米，乙先走5分钟，乙去追甲，乙几分钟追上甲？",
    "A car leaves town at 60 km/h. 2 hours later, a second car leaves from the same place at "
    "80 km/h. When do they meet?",
    "A car leaves town at 60 km/h. 2 hours later, a second car leaves from the same place at "
    "50 km/h. How long will it take the second car to catch up with the first?",
    "Two trains are 300 km apart and travel toward each other at 60 km/h and 40 mph. "
    "How long until they meet?",
    "小明每分钟走60米，爸爸每分钟走100米，爸爸在小明前面300米，小明去追爸爸，小明几分钟追上爸爸？",
    "甲、乙两地相距300千米，快车每小时行60千米，慢车每小时行40千米，快车先行1小时，"
    "两车相向而行，再经过几小时相遇？",
    "Two trains are 300 km apart and travel in the same direction at 60 km/h and 40 km/h. "
    "How long until they meet?",
    "A can paint a room in 6 hours. B can paint a house in 4 hours. "
    "How long will it take them to paint the room together?",
    "一项工程，甲队单独做10天完成一半，乙队单独做15天完成，两队合作几天完成？",
    "A can do a job in 10 days and B can do twice as much. "
    "How long will it take them working together?",
    "甲、乙合作6天完成，丙单独做10天完成，乙单独做几天完成？",
    "一项工程，甲队单独做10天完成，乙队单独做15小时完成，两队合作几天完成？",
    "一项工程，甲队单独做10天完成，乙队单独做15天完成，三队合作几天完成？",
    "A can do a job in 10 days and B can do it in 15 days. How long will it take A and C "
    "working together?",
    "Pipe A fills a tank in 6 hours and pipe B empties the tank in 3 hours. "
    "How long will it take to fill the tank if both pipes are open?",
    "Pipe A can fill a tank in 6 hours and pipe B can fill it in 4 hours. Pipe C can empty the "
    "full tank in 12 hours. If both pipes are open, how long will it take to fill the tank?",
    "Pipe A can fill a tank in 6 hours, pipe B can fill it in 4 hours and pipe C can empty it in "
    "12 hours. How long will it take to fill the tank with both pipes open?",
    "A jacket costs $80. It is 20% off, or a further 10% is taken off at the till. "
    "What is the final price?",
    "A jacket costs $80. It is 20% off and a further 10% is taken off at the till for members. "
    "What is the final price?",
    "一个水池，单开进水管6小时可以注满，单开出水管8小时可以放完，两管同时打开，"
    "多少小时可以放完水池？",
    "鸡兔同笼，共有8个头，26只脚，其中一只鸡少一只脚，鸡和兔各有几只？",
    "鸡兔同笼，鸡比兔多3只，共有94只脚，鸡有多少只？",
    "鸡和兔共35只，共有93条腿，鸡有多少只？",
    "大船每条坐6人，小船每条坐4人，共租了10条船，坐了52人，还空2个座位，大船和小船各租了几条？",
    "大船每条6元，小船每条坐4人，共租了10条船，刚好坐52人，大船和小船各租了几条？",
    "鸡和兔共8只，鸡的脚比兔的脚多4只，鸡和兔各有几只？",
    "鸡和兔共8只，共有26只脚，鸭有几只？",
    "A farmer has 10 chickens and 5 cows. They have 28 legs. How many cows does he have?",
    "货车和摩托车共24辆，共有86个轮子，货车和摩托车各有多少辆？",
    "鸡和鸭共35只，共有70条腿，鸡有多少只？",
    "某次数学竞赛共20道题，做对一题得5分，做错一题扣1分，小明得了76分，他做对了几道题？",
    "A farmer has chickens and cows. There are 30 heads and 84 legs. How many pigs are there?",
    "A jar contains 20 coins, all nickels and dimes, worth 1.55. How many nickels are there?",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STORIES)
def test_a_story_is_answered_with_a_proof(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_story_that_is_not_clear_is_not_answered(text: str) -> None:
    assert told(text)[0] == ""


@pytest.mark.parametrize("text", [text for text, _ in STORIES])
@pytest.mark.slow
def test_a_condition_more_is_never_passed_over(text: str) -> None:
    assert passed_over(text) == []
