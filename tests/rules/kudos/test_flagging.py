"""Which thanks look less honest than they should be: truth tables over who thanked whom, how often, and in which words."""

from datetime import timedelta

import pytest

from bot.rules.kudos import FlagKind, Kudos, Receipt, Via
from bot.rules.kudos.flagging import each_other, noticed, same_words
from tests.cast import BILLING, NOON, WORKSPACE

A, B, C = "U1", "U2", "U3"


def thanks(giver: str, *receivers: str, reason: str = "", is_public: bool = True) -> Kudos:
    to = tuple(Receipt(one, BILLING) for one in receivers)
    return Kudos(WORKSPACE, "k", giver, to, "", reason, is_public, Via.FORM, NOON)


def times(there: int, again: int, others: int = 0, others_of_b: int = 0) -> int:
    given = [thanks(A, B)] * there + [thanks(A, C)] * others
    back = [thanks(B, A)] * again + [thanks(B, C)] * others_of_b
    return len(each_other(A, B, given, back))


@pytest.mark.parametrize(
    ("there", "again", "others", "others_of_b", "found"),
    [
        (2, 2, 0, 0, 4),
        (3, 2, 0, 0, 5),
        (2, 1, 0, 0, 0),  # too few
        (5, 1, 0, 0, 0),  # one of them hardly answers
        (9, 0, 0, 0, 0),
        (2, 2, 1, 1, 4),
        (2, 2, 2, 0, 0),  # half is not more than half
        (2, 2, 0, 2, 0),
        (4, 4, 3, 3, 8),
    ],
)
def test_two_who_mostly_thank_each_other(
    there: int, again: int, others: int, others_of_b: int, found: int
) -> None:
    assert times(there, again, others, others_of_b) == found


def test_several_receivers_count_each() -> None:
    given = [thanks(A, B, C, "U4")] * 2
    assert each_other(A, B, given, [thanks(B, A)] * 2) == []


def test_the_same_words_three_times() -> None:
    said = [thanks(A, B, reason=one) for one in ("Great help!", "great HELP", "Great, help 🎉")]
    assert same_words(said[0], said) == said
    assert same_words(said[0], said[:2]) == []
    other = thanks(A, B, reason="Great help, Ben")
    assert same_words(other, [*said, other]) == []
    reactions = [thanks(A, B)] * 5
    assert same_words(reactions[0], reactions) == []


def test_one_thing_is_one_thing_within_a_month() -> None:
    first = thanks(A, B, reason="Great help!")
    back = {B: [thanks(B, A)] * 3}
    given = [first, first, first]
    words, pair = noticed(first, given, back)
    [other_way] = noticed(thanks(B, A), back[B], {A: given})
    assert (words.kind, pair.kind) == (FlagKind.SAME_WORDS, FlagKind.EACH_OTHER)
    assert pair.id(NOON) == other_way.id(NOON)
    assert pair.id(NOON) != pair.id(NOON + timedelta(days=31))
    assert "great" not in words.id(NOON)


def test_the_example_is_a_private_one_if_there_is_any() -> None:
    public, private = thanks(A, B, reason="x"), thanks(A, B, reason="x", is_public=False)
    [found] = noticed(public, [public] * 3, {B: []})
    assert found.example is public
    [found] = noticed(public, [public, private, public], {B: []})
    assert found.example is private
