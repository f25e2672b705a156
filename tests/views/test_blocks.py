"""The pieces that views are made of: whatever somebody wrote, Slack takes what it is drawn in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views import blocks as b
from sandbox.block_kit import check

WRITTEN = st.text(min_size=1, max_size=4000)


@settings(max_examples=25)
@given(WRITTEN)
def test_words_of_any_length_make_a_message(words: str) -> None:
    sure = b.confirm(words, words, words, words)
    blocks = [
        b.header(words),
        b.section(words, fields=[words] * 12, accessory=b.button(words, "go", confirm=sure)),
        b.section_of([words] * 12),
        b.context(*[words] * 12),
        b.divider(),
        b.actions(*[b.button(words, f"go:{number}") for number in range(30)]),
    ]
    assert check.blocks(blocks, "message") == []


@settings(max_examples=25)
@given(WRITTEN)
def test_words_of_any_length_make_a_form(words: str) -> None:
    options = [b.option(words, str(number), words) for number in range(120)]
    fields = [
        b.field("what", words, b.text_input(initial=words[:3000]), hint=words),
        b.field("which", words, b.select(options, initial="3", placeholder=words)),
    ]
    view = b.modal("form", words, fields, submit=words, close=words)
    assert check.view(view, "modal") == []


def test_what_is_chosen_is_one_of_the_hundred_that_a_select_holds() -> None:
    options = [b.option(f"Team {at}", str(at)) for at in range(120)]
    for at, is_there in ((99, True), (100, False)):
        drawn = b.select(options, initial=str(at))
        assert len(drawn["options"]) == 100
        assert ("initial_option" in drawn) == is_there
