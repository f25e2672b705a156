"""Seeds: topics without names, people from three cases on, and what was settled counts again only with three newer ones."""

from datetime import timedelta

from bot.rules.coaching.seeds import (
    Practice,
    SeedKey,
    TopicSeed,
    by_person,
    by_topic,
    matching,
)
from tests.cast import ALICE, BILLING, BOB, NOON, SHIPPING

HOUR = timedelta(hours=1)
KEY = SeedKey(BILLING, ALICE.id, "billing")


def cases(
    count: int, person_id: str = ALICE.id, topic: str = "billing", first: int = 1
) -> list[Practice]:
    return [
        Practice(number, BILLING, topic, person_id, NOON + number * HOUR)
        for number in range(first, first + count)
    ]


def test_a_topic_gathers_the_cases_of_everybody() -> None:
    found = [*cases(1), *cases(1, BOB.id, first=9), *cases(1, topic="delivery", first=20)]
    assert by_topic(found) == [TopicSeed(BILLING, "billing", 2)]
    assert by_person(found, {}) == []


def test_a_person_is_named_from_three_cases_of_one_topic_on() -> None:
    assert by_person(cases(2), {}) == []
    assert by_person([*cases(2), *cases(2, topic="delivery", first=7)], {}) == []
    [seed] = by_person(cases(3), {})
    assert (seed.key, seed.cases, seed.up_to) == (KEY, (1, 2, 3), NOON + 3 * HOUR)


def test_what_was_settled_comes_again_with_three_newer_ones() -> None:
    settled = {KEY: NOON + 3 * HOUR}
    assert by_person(cases(3), settled) == []
    assert by_person(cases(5), settled) == []
    [seed] = by_person(cases(6), settled)
    assert seed.cases == (4, 5, 6)
    elsewhere = {SeedKey(SHIPPING, ALICE.id, "billing"): NOON + 9 * HOUR}
    assert len(by_person(cases(3), elsewhere)) == 1


def test_a_skill_that_is_called_like_the_topic_is_chosen() -> None:
    assert matching(["Listening", "Billing"], "Billing and payment") == "Billing"
    assert matching(["Listening"], "Billing and payment") == ""
    assert matching(["Listening"], "") == ""
