"""Digests and walls fit however many thanks there are and whatever they say, and are whole in words alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.kudos.breadth import Breadth
from bot.rules.kudos.digests import About, Digest, Group, Leaders, Thanks
from bot.rules.spans import Span
from bot.text import Text
from bot.views.handovers.words import TEXT_LIMIT
from bot.views.kudos import anniversary, digest, thanks, wall
from sandbox.block_kit import check
from tests.cast import BILLING, NOON
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
GREEK = Text("el-GR", "Europe/Athens")
UKRAINIAN = Text("uk-UA", "Europe/Kyiv")
TEXTS = {"english": T, "greek": GREEK, "ukrainian": UKRAINIAN}
WORDS = {
    "plain": "Stayed late to help with the caller",
    "long": "Stayed late " * 40,
    "mentions": "<!channel> & <@U1> " * 25,
    "ampersands": "&" * 500,
    "signs": "*_~`|>\n" * 70,
}
ABOUT = About(BILLING, Span(NOON - timedelta(days=7), NOON), is_late=True)


def person(number: int) -> str:
    return f"U{number:010}"


def group(value: str, count: int, reason: str, receivers: int = 1) -> Group:
    return Group(
        value,
        tuple(
            Thanks(
                f"k{number}",
                person(number),
                tuple(person(number + 1 + one) for one in range(receivers)),
                value,
                reason,
                NOON,
            )
            for number in range(count)
        ),
    )


def made(values: int, each: int, reason: str = WORDS["plain"], receivers: int = 1) -> Digest:
    groups = [
        group(f"{reason[:18]}{number:02}", each, reason, receivers) for number in range(values)
    ]
    top = tuple((person(number), 99 - number) for number in range(5))
    return Digest(
        ABOUT,
        (*groups, group("", each, "", receivers)) if each else (),
        Breadth(2000, 1204, 877, 3456),
        private=1234,
        leaders=Leaders(top, top),
    )


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize(("values", "each"), [(1, 1), (1, 40), (12, 1), (12, 300), (40, 3)])
@pytest.mark.parametrize("receivers", [1, 10])
def test_they_fit(t: Text, words: str, values: int, each: int, receivers: int) -> None:
    seen = made(values, each, words, receivers)
    for text, blocks in (digest.digest(seen, t), wall.wall(seen, t)):
        assert check.message(blocks) == []
        assert 0 < len(text) <= TEXT_LIMIT
        assert not any("<!channel" in one or "<@U1>" in one for one in [text, *mrkdwn_of(blocks)])


def test_nothing_is_cut_without_a_word_about_it() -> None:
    _text, blocks = digest.digest(made(2, 30), T)
    assert "and 75 more" in mrkdwn_of(blocks)
    assert blocks[-1]["elements"][0]["value"] == f"0:{ABOUT.packed()}"


def test_the_digest_in_words_alone_says_the_same() -> None:
    text, blocks = digest.digest(made(1, 2), T)
    assert "late, because Baton was away" in text
    assert "1,234 thanks were given in private." in text
    assert "Kudos breadth: 1,204 of 2,000 in the team thanked somebody" in text
    said = "\n".join(mrkdwn_of(blocks))
    assert all(line in said for line in text.splitlines()[4:])


def test_an_empty_week_is_one_kind_line() -> None:
    text, blocks = digest.digest(Digest(ABOUT, (), Breadth(5)), T)
    assert text.startswith("No public thanks this week.")
    assert mrkdwn_of(blocks) == [text]


def test_a_week_of_private_ones_tells_a_number_and_nothing_to_open() -> None:
    text, blocks = digest.digest(Digest(ABOUT, (), Breadth(5), private=3), T)
    assert "3 thanks were given in private." in text
    assert not [one for one in blocks if one["type"] == "actions"]
    assert check.message(blocks) == []


def test_a_reaction_says_no_words() -> None:
    text, _blocks = digest.digest(replace(made(0, 1), leaders=None), T)
    assert f"• <@{person(0)}> thanked <@{person(1)}>\n" in f"{text}\n"
    assert "“" not in text


def test_the_walls_chart_is_in_words_too() -> None:
    seen = replace(made(0, 0), groups=(group("Clarity", 3, "So clear"), group("", 2, "")))
    text, blocks = wall.wall(seen, T)
    assert "Clarity 3, With a reaction 2" in text
    [chart] = [one for one in blocks if one["type"] == "data_visualization"]
    assert chart["chart"]["series"][0]["data"] == [
        {"label": "Clarity", "value": 3},
        {"label": "With a reaction", "value": 2},
    ]


def test_a_wall_that_has_become_empty_has_no_chart() -> None:
    text, blocks = wall.wall(made(0, 0), T)
    assert check.message(blocks) == []
    assert "There are no public thanks of this time any more." in text


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize(("values", "each"), [(0, 0), (1, 1), (12, 300)])
def test_all_of_them_are_in_pages(t: Text, words: str, values: int, each: int) -> None:
    seen = made(values, each, words, 10)
    for page in (0, 1, 99, 999):
        view = thanks.everything(seen, words[:60], page, t)
        assert check.view(view, "modal") == []


def test_every_thanks_is_on_one_page() -> None:
    seen = made(3, 41)
    pages = range(-(-seen.count // thanks.A_PAGE))
    said = [
        line
        for page in pages
        for line in mrkdwn_of(thanks.everything(seen, "Billing", page, T))
        if " thanked " in line
    ]
    assert len(said) == seen.count


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("years", [1, 2, 5, 21])
def test_an_anniversary_is_one_sentence(t: Text, years: int) -> None:
    assert str(years) in anniversary.anniversary("U1", years, t)
