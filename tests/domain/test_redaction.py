"""What is quoted from a passage that is withheld is taken out of texts, whatever stands around it."""

from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.redaction import without_passages

WORDS = st.text("abc.()*\\\\", min_size=1, max_size=4)


@given(st.lists(WORDS, min_size=2, max_size=5), st.text("xy", max_size=9), st.sampled_from([" ", "\n", "  "]))
def test_a_passage_is_gone_however_its_lines_break(words, around, between):
    text = f"{around} {between.join(words)} {around}"
    told = without_passages({"a": [text, (text,)], "n": 3}, [" ".join(words)], "-")
    assert told == {"a": [f"{around} - {around}", (f"{around} - {around}",)], "n": 3}


def test_one_word_is_no_passage_and_no_passage_changes_nothing():
    assert without_passages(["Kian sits"], ["Kian"], "-") == ["Kian sits"]
    assert without_passages(["Kian sits"], [], "-") == ["Kian sits"]
    assert without_passages(["kian SITS here"], ["Kian sits"], "-") == ["- here"]
