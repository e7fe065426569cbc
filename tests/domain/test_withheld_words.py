"""What gives away a withheld passage: a row of its words, whatever stands around them, or a name of it in a title."""

from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.withheld_words import IN_A_ROW, Guard, Passage, guard_against, rows_of

WORDS = st.text("abcdéß", min_size=1, max_size=4)
PLAIN = ["the", "and", "report", "mrs", "he"]


def guard(*passages, document="d", known=("Kian Osei",)):
    return guard_against([Passage(each, document) for each in passages], known=known, plain=PLAIN)


@given(st.lists(WORDS, min_size=IN_A_ROW, max_size=12), st.sampled_from([" ", "\n", ", ", " \n "]), st.booleans(), st.data())
def test_six_words_in_a_row_are_gone_however_they_are_broken_and_what_stands_around_them(words, between, large, data):
    first = data.draw(st.integers(0, len(words) - IN_A_ROW))
    quoted = between.join(words[first : first + IN_A_ROW])
    text = f"Xxx {quoted.upper() if large else quoted} yyy."
    against = guard(" ".join(words))
    told = against.without({"a": [text, (text,)], "n": 3}, "-")
    assert told == {"a": ["Xxx - yyy.", ("Xxx - yyy.",)], "n": 3}


@given(st.lists(WORDS, min_size=IN_A_ROW, max_size=12), st.text("xy ", max_size=20))
def test_what_has_no_row_in_common_stays_letter_by_letter(words, text):
    assert guard(" ".join(words)).without(text, "-") == text


def test_advice_that_was_rewritten_around_a_quotation_loses_the_quotation_alone():
    against = guard("He said that his brother had thrown a chair at him twice.")
    text = "Ask Kian again: at home “his brother had thrown a chair at him”, so seat him by the door."
    assert against.without(text, "[…]") == "Ask Kian again: at home “[…]”, so seat him by the door."
    assert against.without("His brother had thrown a ball.", "[…]") == "His brother had thrown a ball."


def test_a_short_passage_counts_whole_and_a_full_name_counts_everywhere():
    assert guard("hit him at playtime").without("They HIT him, at playtime.", "-") == "They -."
    assert guard("Zebedee Jones").without("With Zebedee Jones’s mother.", "-") == "With - mother."
    assert guard("of the").without("One of the boys.", "-") == "One of the boys.", "two plain words stand everywhere"
    assert guard("Kian Osei").without("Kian Osei reads.", "-") == "Kian Osei reads.", "the pupil's own name stands everywhere"
    assert guard("Zebedee").without("Zebedee reads.", "-") == "Zebedee reads.", "one word is for a person to look through"


def test_a_quotation_of_two_words_counts_and_one_of_one_word_does_not():
    said = [Passage("Kian sits", "d", quoted=True), Passage("sits", "d", quoted=True)]
    against = guard_against(said, known=(), plain=())
    assert against.without(["kian SITS here", "He sits."], "-") == ["- here", "He sits."]


def test_a_title_tells_a_name_that_is_withheld_of_any_document_and_whatever_is_withheld_of_its_own():
    against = guard_against(
        [Passage("Zebedee", "letter"), Passage("The fall was seen by Mrs Quill and Kian, 07700 900123, in 2026.", "report")],
        known=("Kian Osei", "Oakham School"),
        plain=PLAIN,
    )
    assert against.tells("About ZÉBEDÉE’s chair", "anything")
    assert against.tells("Report by Mrs Quill", "report")
    assert not against.tells("Report by Mrs Quill", "anything"), "she may be named elsewhere"
    assert not against.tells("The report and Kian 2026", "report")
    assert against.tells("call-900123.pdf", "report")
    assert against.tells("ZebedeeLetter.pdf", "anything", one_word=True)
    assert not against.tells("ZebedeeLetter.pdf", "anything")
    assert against.names_in("Zebedee’s table and Mrs Quill") == {"Zebedee’s"}


def test_nothing_withheld_changes_nothing():
    assert not guard()
    assert not Guard()
    assert guard().without(["Kian sits"], "-") == ["Kian sits"]
    assert rows_of(["A letter", "--"]).without("See “a LETTER”.", "X") == "See “X”."
