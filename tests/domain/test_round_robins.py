"""The code of a form can be read out and typed in, and a wrong letter is noticed."""

import string

from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.round_robins import Question, as_lines, from_lines, plain_token, token_of, unanswered
from sencoapp.services.round_robins import questions_from


@given(st.text(max_size=40))
def test_a_code_is_known_however_it_is_typed(secret):
    code = token_of(secret)
    assert plain_token(code) == code == plain_token(f" {code.lower().replace('-', ' ')} ")


@given(st.text(max_size=20), st.integers(0, 9), st.sampled_from(string.ascii_uppercase))
def test_another_code_is_not_taken_for_it(secret, at, letter):
    code = token_of(secret).replace("-", "")
    wrong = code[:at] + letter + code[at + 1 :]
    assert plain_token(wrong) != token_of(secret) or wrong == code


def test_required_questions_without_an_answer():
    questions = (Question("a", required=True), Question("b"), Question("c", required=True))
    assert unanswered(questions, ("", "", "x")) == [0]


def test_three_sets_come_with_the_program_the_shortest_first():
    assert [each["id"] for each in reference.question_sets()] == ["short", "general", "annual_review"]


def test_every_shipped_set_is_the_same_after_it_was_edited_as_lines():
    for plain in reference.question_sets():
        questions = questions_from(plain["questions"])
        assert from_lines(as_lines(questions)) == questions


@given(st.text(max_size=200))
def test_any_lines_make_questions_and_those_stay_the_same(lines):
    questions = from_lines(lines)
    assert from_lines(as_lines(questions)) == questions or any(each.text.endswith(("*", "]")) for each in questions)
    assert all(each.text for each in questions)
