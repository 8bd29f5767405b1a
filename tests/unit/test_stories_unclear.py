"""A story that is refused tells which of its sentences was not understood."""

from __future__ import annotations

import pytest

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError

SENTENCES = [
    ("小明有5个苹果，神秘地变成了三倍大，又吃了2个，还剩几个？", "神秘地变成了三倍大"),
    ("甲、乙两地相距300千米，两车相向而行，路上堵车，甲车每小时行60千米，几小时相遇？", "路上堵车"),
    ("一个正方体的棱长是6厘米，被涂上红色，表面积是多少平方厘米？", "被涂上红色"),
    ("Tom has 5 apples. A dragon doubles them at night. How many apples does Tom have?", "A dragon doubles them at night"),
    ("Tom has 2 dozen eggs. He breaks half a dozen. How many eggs does he have left?", "He breaks half a dozen"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "sentence"), SENTENCES)
def test_the_sentence_is_told_and_where_it_stands(story: str, sentence: str) -> None:
    with pytest.raises(ReadingError) as wrong:
        read_problem(story)
    assert sentence in wrong.value.message.args
    assert story[wrong.value.at :].startswith(sentence)
    assert wrong.value.suggestion is not None


def test_sentences_that_do_not_settle_the_question_are_told_from_unknown_ones() -> None:
    with pytest.raises(ReadingError, match="no way was found from them to what is asked"):
        read_problem("有45人，每条船坐6人，可以坐几条船？")


@pytest.mark.parametrize(
    "text", ["Solve x+1=2 and how many roots?", "3 dogs", "多少", "f(x)=2, 求多少"]
)
def test_other_texts_keep_their_own_error(text: str) -> None:
    with pytest.raises(ReadingError) as wrong:
        read_problem(text)
    assert "sentence" not in wrong.value.message.en
