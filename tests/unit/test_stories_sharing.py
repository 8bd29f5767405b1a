"""Stories of things that are shared in two ways, and of two kinds by their number."""

from __future__ import annotations

import pytest
from asking import proved, told
from conditions import passed_over

SHARED = [
    ("把一些糖果分给幼儿园的小朋友，每人3颗多12颗，每人5颗少8颗，有多少个小朋友？", "10"),
    ("一组同学去植树，如果每人栽5棵，还剩3棵；如果每人栽7棵，就缺7棵。这一组有多少名同学？要栽多少棵树？", "5, 28"),
    ("A scout leader shares cookies among some scouts. If each scout gets 3 cookies, 8 cookies are left. If each scout gets 5 cookies, he needs 6 more. How many scouts are there?", "7"),
    ("小朋友分苹果，每人分5个多3个，每人分6个少2个，有多少个小朋友？多少个苹果？", "5, 28"),
    ("老师把一些练习本分给同学，如果每人分4本，则多12本；如果每人分6本，则少8本，"
     "问有多少名同学？有多少本练习本？", "10, 52"),
    ("把一批图书分给六年级一班的同学，如果每人分3本，则剩余20本；如果每人分4本，则还缺25本，"
     "这个班有多少名学生？", "45"),
    ("妈妈把一些苹果分给孩子，每人分5个，多4个；每人分6个，多1个，有几个孩子？", "3"),
    ("一些小朋友分一堆桃子，每人分4个多9个，每人分5个刚好分完，有多少个小朋友？", "9"),
    ("老师把一些书分给小组，每组分3本，多20本；每组分4本，少5本，有多少个小组？", "25"),
    ("A teacher gives some pencils to her students. If each student gets 4 pencils, there are "
     "3 pencils left over. If each student gets 5 pencils, she is 6 pencils short. "
     "How many students are there?", "9"),
    ("Some children share some sweets. If each child gets 5 sweets, 8 sweets are left over. "
     "If each child gets 7 sweets, they are 4 short. "
     "How many children and how many sweets are there?", "6, 38"),
]  # fmt: skip
KINDS = [
    ("Tom has 30 coins, dimes and nickels. The coins are worth $2. How many dimes does Tom have?", "10"),
    ("A test has 20 questions. Each correct answer earns 5 points. Each wrong answer loses 2 points. "
     "Tom answered all questions. He scored 72 points. How many questions did Tom get right?", "16"),
    ("某次竞赛共20道题，做对一题得5分，做错一题扣2分，小明全部做完，得了72分，小明做对了多少题？", "16"),
    ("小明和小红买铅笔和钢笔共10支，共付了46元，铅笔每支1元，钢笔每支5元，铅笔和钢笔各买了多少支？",
     "1, 9"),
    ("铅笔和钢笔共10支，小明共付了46元，铅笔每支1元，钢笔每支5元，铅笔和钢笔各买了多少支？", "1, 9"),
    ("The ratio of boys to girls in a class is 3:2. There are 30 students in the class. "
     "How many boys are there?", "18"),
    ("A zoo has ostriches and giraffes. Altogether there are 15 heads and 44 legs. How many giraffes are there?", "7"),
    ("甲、乙两个仓库共有粮食450吨，甲仓库的存粮是乙仓库的2倍，甲、乙两仓库各有粮食多少吨？", "300, 150"),
    ("红花比黄花多24朵，红花的朵数是黄花的4倍，红花和黄花各有多少朵？", "32, 8"),
    ("甲、乙两班共有学生98人，甲班比乙班多6人，求两班各有多少人？", "52, 46"),
    ("A class of 28 students has 4 more girls than boys. How many boys are in the class?", "12"),
    ("A farmer has 20 heads and 56 legs of chickens and rabbits. "
     "How many chickens and how many rabbits are there?", "12, 8"),
    ("In a cage there are chickens and rabbits. There are 20 heads and 56 legs. "
     "How many of each are there?", "12, 8"),
    ("鸡和兔关在一个笼子里，数头有20个，数脚有56只，问鸡和兔各多少只？", "12, 8"),
    ("农场里鸡和兔一共有20只，腿一共有56条，鸡有几只，兔有几只？", "12, 8"),
    ("小华买了2元和5元的邮票一共34张，用去98元，问小华买了2元和5元的邮票各多少张？", "24, 10"),
    ("学校图书馆有故事书和科技书共480本，故事书是科技书的3倍，故事书和科技书各有多少本？",
     "360, 120"),
    ("学校有篮球和足球共50个，篮球比足球的2倍多5个，篮球和足球各有多少个？", "35, 15"),
    ("果园里桃树比梨树多60棵，桃树的棵数是梨树的4倍，桃树和梨树各有多少棵？", "80, 20"),
    ("一个班有学生45人，男生和女生的人数比是5:4，男生和女生各有多少人？", "25, 20"),
    ("The ratio of boys to girls in a class is 3:5. There are 32 students. "
     "How many boys are there?", "12"),
    ("There are twice as many boys as girls in a class. There are 30 students in the class. "
     "How many girls are there?", "10"),
    ("A class has 40 students. There are 4 more boys than girls. "
     "How many boys and how many girls are there?", "22, 18"),
]  # fmt: skip
BY_RATIO = [
    ("把60个苹果按2:3分给甲、乙两个班，甲班分得多少个？", "24"),
    ("学校把60本书按2:3的比分给一班和二班，二班分到多少本？", "36"),
    ("老师把50支铅笔按照2:3分给小明和小红，小明得到多少支？", "20"),
    ("把60个苹果按1:2:3分给甲、乙、丙三个班，丙班分得多少个？", "30"),
    ("把60个苹果按2:3分给甲、乙两个班，两个班各分得多少个？", "24, 36"),
    ("小红和小明共有48元，小红比小明多8元，两人各有多少元？", "28, 20"),
    ("小红和小明共有48元，小红的钱是小明的3倍，两人各有多少元？", "36, 12"),
    ("哥哥和弟弟共有40本书，哥哥比弟弟多6本，他们各有多少本书？", "23, 17"),
]
STORIES = [*SHARED, *KINDS, *BY_RATIO]
UNCLEAR = [
    "把61个苹果按2:3分给甲、乙两个班，甲班分得多少个？",
    "把60个苹果按2:3分给甲、乙、丙三个班，甲班分得多少个？",
    "把60个苹果按2:3分给甲、乙两个班，丙班分得多少个？",
    "把60个苹果和30个梨按2:3分给甲、乙两个班，甲班分得多少个？",
    "把60个苹果按2:3分给甲、乙两个班，甲班分得多少个梨？",
    "小红和小明共有47张邮票，小红比小明多8张，两人各有多少张？",
    "小红和小明共有48元，小丽比小明多8元，两人各有多少元？",
    "小红和小明共有48元，两人各有多少元？",
    "小红、小明和小丽共有48元，小红比小明多8元，两人各有多少元？",
    "A test has 20 questions. Each correct answer earns 5 points. Each wrong answer loses 2 points. "
    "Tom answered all questions. He scored 72 points. How many questions did Jane get right?",
    "某次竞赛共20道题，做对一题得5分，做错一题扣2分，小明全部做完，得了72分，小红做对了多少题？",
    "Tom has dimes and nickels. Ann has 30 coins. The coins are worth $2. How many dimes are there?",
    "小明买铅笔和钢笔共10支，小红共付了46元，铅笔每支1元，钢笔每支5元，铅笔和钢笔各买了多少支？",
    "上周买铅笔和钢笔共10支，这周共付了46元，铅笔每支1元，钢笔每支5元，铅笔和钢笔各买了多少支？",
    "小明买铅笔和钢笔共10支，共付了46元，铅笔每支1元，钢笔每支5元，小红买的铅笔和钢笔各买了多少支？",
    "The ratio of boys to girls in a class is 3:2. There are 30 students in the school. "
    "How many boys are there?",
    "There are twice as many boys as girls in a class. The school has 30 students. "
    "How many boys are there?",
    "甲、乙两班共有学生98人，甲班比乙班多6人，求丙班有多少人？",
    "甲、乙两仓库共有粮食450吨，甲仓库的存粮是乙仓库的2倍，甲仓库运走50吨后，甲、乙两仓库各有粮食多少吨？",
    "A class of 28 students has 4 more girls than boys. 3 girls leave. How many boys are in the class?",
    "把一些糖果分给幼儿园的小朋友，每人3颗多12颗，每人5颗少8颗，每人分4颗，多几颗？",
    "小朋友分苹果，每人分5个多3个，每人分6个少2个，有多少个梨？",
    "小朋友分苹果，每人分5个多3个，每人分6个少2个，男孩有多少人？",
    "小朋友分苹果，每人分5个多3个，每人分6个少2个，有多少个同学家长？",
    "小朋友分苹果，男孩每人分5个多3个，女孩每人分6个少2个，有多少个小朋友？",
    "小朋友分苹果和梨，苹果每人分5个多3个，梨每人分6个少2个，有多少个小朋友？",
    "小朋友分苹果，每人分5个多3个，每人分6个少2本，有多少个小朋友？",
    "小朋友分苹果，每人分5个多3人，每人分6个少2个，有多少个小朋友？",
    "甲班每人分5本多3本，乙班每人分6本少2本，有多少名学生？",
    "老师把一些书分给小组，每组分3本，多20本；每组分4本，少5本，有多少人？",
    "老师把铅笔分给学生，每人分5支多3支，每人分7支多8支，有多少名学生？",
    "A teacher gives some pencils to her students. If each boy gets 4 pencils, there are "
    "3 pencils left over. If each student gets 5 pencils, she is 6 pencils short. "
    "How many students are there?",
    "农场里鸡和兔一共有20只，腿一共有56条，鸡有几只，鸭有几只？",
    "一个班有学生45人，足球和篮球的人数比是5:4，足球和篮球各有多少人？",
    "学校有篮球和足球共50个，每个篮球20元，篮球比足球多10个，篮球和足球各有多少个？",
    "买3支钢笔和2本笔记本共需31元，买1支彩色钢笔和4本笔记本共需27元，"
    "求钢笔和笔记本的单价各是多少元",
    "小明买钢笔和笔记本共12件，钢笔每支8元，彩色笔记本每本5元，共花了75元，"
    "求钢笔和笔记本各买了多少件？",
    "去年买3支钢笔和2本笔记本共需31元，买1支钢笔和4本笔记本共需27元，"
    "求钢笔和笔记本的单价各是多少元",
    "鸡和兔共20只，鸡比兔多4只，共56条腿，鸡有几只？",
    "In a cage there are chickens and rabbits. There are 20 heads and 56 legs of dogs and cats. "
    "How many of each are there?",
]


@pytest.mark.parametrize(("text", "expected"), STORIES)
def test_the_numbers_are_found(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_is_not_answered(text: str) -> None:
    assert told(text)[0] == ""


@pytest.mark.parametrize("text", [text for text, _ in STORIES])
@pytest.mark.slow
def test_a_condition_more_is_never_passed_over(text: str) -> None:
    assert passed_over(text) == []
