"""What people can do to stand-ups: leads set them up, others may not, twice is harmless, of two at once the second is told."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.app import FIRE
from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.standups import Kind, Moment, StandUp
from bot.rules.standups.drafts import QuestionDraft, SettingsDraft
from bot.rules.standups.templates import Template
from bot.services.standups import LOOK, outlooks, setting
from bot.services.standups.setting import ChangedMeanwhile, Seen
from bot.services.ticking import fire_due
from storage import standups
from storage.database import Database
from tests.casebook import timers
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id, furnish

NOT_THEIRS = [ALICE, OLGA, CHARLIE, DAN, NOBODY, STRANGER]
HOUR = timedelta(hours=1)
DRAFT = SettingsDraft(
    "Ours", ("mon", "tue"), Moment.TEAM, "13:00", 5, "after", 60, ("agent", "lead"), "C1"
)
QUESTION = QuestionDraft(words="What was fun?")
LATER = NOON + HOUR


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def add(
    db: Database, person: Person = BOB, draft: SettingsDraft = DRAFT, key: str = "add"
) -> StandUp:
    return await setting.add(db, person, BILLING, Template.FLOOR, draft, key=key, now=NOON)


def seen(standup: StandUp) -> Seen:
    return Seen(standup.team_id, standup.id, standup.version)


async def kept(db: Database, standup_id: str) -> tuple[StandUp, datetime]:
    """As it is in store, and up to when it was looked after."""
    async with db.write(WORKSPACE) as tx:
        found = await standups.lock(tx, standup_id)
    assert found
    return found


async def problems(doing: Awaitable[object]) -> set[str]:
    with pytest.raises(FormProblems) as refused:
        await doing
    return set(refused.value.problems)


Change = Callable[[Database, Person, Seen, str], Awaitable[StandUp]]
CHANGES: dict[str, Change] = {
    "settings": lambda db, who, of, key: setting.change_settings(
        db, who, of, replace(DRAFT, name="Other"), key=key, now=LATER
    ),
    "switch": lambda db, who, of, key: setting.switch(
        db, who, of, is_active=False, key=key, now=LATER
    ),
    "question": lambda db, who, of, key: setting.put_question(
        db, who, of, "", QUESTION, key=key, now=LATER
    ),
    "up": lambda db, who, of, key: setting.move_question_up(
        db, who, of, "focus", key=key, now=LATER
    ),
    "remove": lambda db, who, of, key: setting.remove_question(
        db, who, of, "back", key=key, now=LATER
    ),
}


@pytest.mark.parametrize("person", [BOB, BEN, MARA, ADA], ids=by_id)
async def test_who_may_set_stand_ups_up(db: Database, person: Person) -> None:
    """Each change is the next version, and the stand-up is looked after at once."""
    standup = await add(db, person)
    assert (standup.name, standup.version, standup.made_by) == ("Ours", 1, person.id)
    assert [one.id for one in standup.questions] == ["back", "focus", "blocker", "next", "mood"]
    assert (await timers(db))[LOOK] == NOON
    await fire_due(db, WORKSPACE, FIRE, NOON)
    assert (await timers(db))[LOOK] > NOON
    for number, change in enumerate(CHANGES.values(), 2):
        standup = await change(db, person, seen(standup), f"change {number}")
        assert (await kept(db, standup.id))[0] == standup
        assert standup.version == number
        assert (await timers(db))[LOOK] == LATER
    assert (standup.name, standup.is_active) == ("Other", False)
    assert [one.words for one in standup.questions][::4] == [
        "What is your focus today?",
        "What was fun?",
    ]


@pytest.mark.parametrize("person", NOT_THEIRS, ids=by_id)
async def test_who_may_not(db: Database, person: Person) -> None:
    """Nor does the refusal of a stranger say that there is such a team."""
    standup = await add(db)
    nothing: type[Exception] = Refused if person is STRANGER else Denied
    doing = [
        setting.add(db, person, BILLING, Template.FLOOR, DRAFT, key="2", now=NOON),
        outlooks.open_team(db, person, BILLING, now=NOON),
        outlooks.open_page(db, person, BILLING, standup.id, now=NOON),
        outlooks.open_form(db, person, BILLING),
        outlooks.open_template(db, person, BILLING, Template.FLOOR),
        outlooks.foresee(db, person, BILLING, standup.id, now=NOON),
        *(change(db, person, seen(standup), "2") for change in CHANGES.values()),
    ]
    for one in doing:
        with pytest.raises(nothing):
            await one
    assert (await kept(db, standup.id))[0] == standup


async def test_nobody_sets_up_another_teams_by_naming_their_own(db: Database) -> None:
    """Charlie leads Shipping, and knows the id of a stand-up of Billing."""
    standup = await add(db)
    of = Seen(SHIPPING, standup.id, 1)
    for doing in (
        outlooks.open_page(db, CHARLIE, SHIPPING, standup.id, now=NOON),
        outlooks.open_form(db, CHARLIE, SHIPPING, standup.id),
        outlooks.foresee(db, CHARLIE, SHIPPING, standup.id, now=NOON),
        *(change(db, CHARLIE, of, "2") for change in CHANGES.values()),
    ):
        with pytest.raises(Stale, match="gone"):
            await doing


async def test_the_same_request_twice(db: Database) -> None:
    standup = await add(db)
    with pytest.raises(AlreadyHeard):
        await add(db)
    await CHANGES["settings"](db, BOB, seen(standup), "change")
    with pytest.raises(AlreadyHeard):
        await CHANGES["settings"](db, BOB, seen(standup), "change")
    listed = await outlooks.open_team(db, BOB, BILLING, now=NOON)
    assert [one.standup.version for one in listed.standups] == [2]


@pytest.mark.parametrize("change", CHANGES)
async def test_two_leads_and_the_second_is_told_by_whom(db: Database, change: str) -> None:
    standup = await add(db)
    saved = await setting.change_settings(
        db, BOB, seen(standup), replace(DRAFT, at="14:00"), key="bob", now=NOON
    )
    with pytest.raises(ChangedMeanwhile, match=f"<@{BOB.id}>") as told:
        await CHANGES[change](db, BEN, seen(standup), "ben")
    assert told.value.standup == saved == (await kept(db, standup.id))[0]
    await CHANGES[change](db, BEN, seen(saved), "ben")  # the refusal is not the answer to it


async def test_two_leads_at_the_very_same_moment(db: Database) -> None:
    of = seen(await add(db))
    first, second = replace(DRAFT, name="Bob's"), replace(DRAFT, name="Ben's")
    done = await asyncio.gather(
        setting.change_settings(db, BOB, of, first, key="bob", now=NOON),
        setting.change_settings(db, BEN, of, second, key="ben", now=NOON),
        return_exceptions=True,
    )
    won = [one for one in done if isinstance(one, StandUp)]
    assert len(won) == 1
    assert [type(one) for one in done if one is not won[0]] == [ChangedMeanwhile]
    assert (await kept(db, of.standup_id))[0] == won[0]


async def test_two_new_ones_at_once_do_not_share_a_name(db: Database) -> None:
    done = await asyncio.gather(
        *(add(db, key=f"{number}") for number in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in done) == ["FormProblems", "StandUp"]


async def test_what_is_wrong_is_said_by_field_and_nothing_is_saved(db: Database) -> None:
    standup = await add(db)
    assert await problems(add(db, draft=SettingsDraft(), key="2")) >= {"name", "weekdays", "asked"}
    assert await problems(add(db, key="3")) == {"name"}
    wrong = replace(DRAFT, window=5)
    doing = setting.change_settings(db, BOB, seen(standup), wrong, key="4", now=NOON)
    assert await problems(doing) == {"window"}
    doing = setting.put_question(
        db, BOB, seen(standup), "mood", QuestionDraft(Kind.BLOCKER), key="5", now=NOON
    )
    assert await problems(doing) == {"words", "kind"}
    looking = outlooks.foresee(db, BOB, BILLING, standup.id, wrong, now=NOON)
    assert await problems(looking) == {"window"}
    with pytest.raises(Refused, match="templates"):
        await setting.add(db, BOB, BILLING, "none", DRAFT, key="6", now=NOON)
    assert (await kept(db, standup.id))[0] == standup


async def test_a_question_stays_the_same_while_its_words_change(db: Database) -> None:
    """Of another kind it is another question: its answers cannot be laid beside the old ones."""
    standup = await add(db)
    reworded = QuestionDraft(Kind.MOOD, "And you?")
    standup = await setting.put_question(
        db, BOB, seen(standup), "mood", reworded, key="2", now=NOON
    )
    assert (standup.questions[4].id, standup.questions[4].words) == ("mood", "And you?")
    scale = QuestionDraft(Kind.SCALE, "And you?", top=10)
    standup = await setting.put_question(db, BOB, seen(standup), "mood", scale, key="3", now=NOON)
    assert standup.questions[4].kind is Kind.SCALE
    assert standup.questions[4].id not in {"mood", ""}
    again = await setting.put_question(db, BOB, seen(standup), "mood", reworded, key="4", now=NOON)
    assert [one.words for one in again.questions[4:]] == ["And you?", "And you?"]


async def test_at_least_one_question_and_ten_at_most(db: Database) -> None:
    standup = await add(db)
    for number in range(5):
        standup = await setting.put_question(
            db, BOB, seen(standup), "", QUESTION, key=f"q{number}", now=NOON
        )
    doing = setting.put_question(db, BOB, seen(standup), "", QUESTION, key="11", now=NOON)
    assert await problems(doing) == {"words"}
    for one in standup.questions[1:]:
        standup = await setting.remove_question(
            db, BOB, seen(standup), one.id, key=one.id, now=NOON
        )
    with pytest.raises(Refused, match="needs a question"):
        await setting.remove_question(db, BOB, seen(standup), "back", key="last", now=NOON)
    first = await setting.move_question_up(db, BOB, seen(standup), "back", key="up", now=NOON)
    assert first.questions == standup.questions
    with pytest.raises(ChangedMeanwhile):
        await setting.move_question_up(db, BOB, seen(first), "gone", key="up2", now=NOON)


async def test_a_team_has_ten_at_most(db: Database) -> None:
    for number in range(10):
        await add(db, draft=replace(DRAFT, name=f"S{number}"), key=f"{number}")
    with pytest.raises(Refused, match="10 stand-ups"):
        await add(db, draft=replace(DRAFT, name="More"), key="more")


async def test_other_times_have_missed_nothing(db: Database) -> None:
    """Nobody was to be asked before the edit; other words leave what is owed as it is."""
    standup = await add(db)
    standup = await CHANGES["question"](db, BOB, seen(standup), "2")
    assert (await kept(db, standup.id))[1] == NOON
    standup = await setting.change_settings(
        db, BOB, seen(standup), replace(DRAFT, at="08:00"), key="3", now=LATER
    )
    assert (await kept(db, standup.id))[1] == LATER
    off = await CHANGES["switch"](db, BOB, seen(standup), "4")
    await setting.switch(db, BOB, seen(off), is_active=True, key="5", now=LATER + HOUR)
    assert (await kept(db, standup.id))[1] == LATER + HOUR
