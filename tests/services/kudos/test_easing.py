"""“Who made this easier?”: one word a day to whoever was helped, and the form begun for them."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.errors import Refused
from bot.people import Person, system
from bot.rules.escalations import Verdict
from bot.rules.handovers import Draft, ItemDraft
from bot.rules.kudos import Via
from bot.rules.people import Profile
from bot.services import covers, escalations, handovers, people, shifts
from bot.services.kudos import easing
from storage.database import Database
from tests import casebook
from tests.cast import ALICE, BEN, BILLING, BOB, MARA, NOBODY, NOON, STRANGER, WORKSPACE
from tests.services.covers import acting as cover
from tests.services.kudos.acting import DAY, HOUR, give, notes, pass_time

SOLVED = Verdict("Bank was slow", "explanation", "", "", "no")


async def solve(db: Database, *helpers: Person, now: datetime = NOON, number: int = 1) -> str:
    """Bob resolves a case, and says who made it easier. Returns how a kudos names it."""
    draft = replace(casebook.DRAFT, ticket=f"T{number}")
    case = await casebook.escalate(db, draft, key=f"raise:{number}", now=now)
    await escalations.claim(db, BOB, case.id, key=f"claim:{number}", now=now)
    verdict = replace(SOLVED, helped_by=tuple(one.id for one in helpers))
    await escalations.resolve(db, BOB, case.id, verdict, key=f"solve:{number}", now=now)
    return f"escalation:{case.id}"


async def told(db: Database, person: Person) -> list[str]:
    return [one for one in await notes(db, person) if "Would you like to thank them?" in one]


async def test_who_resolved_a_case_is_asked_and_thanks_in_a_sentence(db: Database) -> None:
    source = await solve(db, BEN, ALICE)
    await pass_time(db, NOON)
    [asked] = await told(db, BOB)
    assert f"You resolved #1, and said who made it easier: <@{BEN.id}>, <@{ALICE.id}>" in asked
    draft = await easing.to_thank(db, BOB, source)
    assert (draft.receivers, draft.via, draft.source) == (
        (BEN.id, ALICE.id), Via.ESCALATION, source
    )  # fmt: skip
    await give(db, BOB, BEN, via=draft.via, source=source)
    assert (await easing.to_thank(db, BOB, source)).receivers == (ALICE.id,)
    await give(db, BOB, ALICE, via=draft.via, source=source, key="2")
    with pytest.raises(Refused, match="nobody left"):
        await easing.to_thank(db, BOB, source)


@pytest.mark.parametrize("person", [ALICE, BEN, MARA], ids=lambda one: one.id)
async def test_nobody_else_is_asked_or_thanks_for_it(db: Database, person: Person) -> None:
    source = await solve(db, BEN)
    await pass_time(db, NOON)
    assert await told(db, person) == []
    with pytest.raises(Refused):
        await easing.to_thank(db, person, source)


@pytest.mark.parametrize(
    "source", ["", "escalation:", "escalation:99", "cover:1", "x:1", "C1:17.1"]
)
async def test_what_is_nothing_thanks_nobody(db: Database, source: str) -> None:
    with pytest.raises(Refused, match="nobody left"):
        await easing.to_thank(db, BOB, source)


async def test_without_helpers_nobody_is_asked(db: Database) -> None:
    await solve(db)
    await solve(db, NOBODY, number=2)  # in no team: nowhere to count
    await pass_time(db, NOON + HOUR)
    assert await told(db, BOB) == []


async def test_one_word_a_day_and_the_rest_in_the_next_mornings(db: Database) -> None:
    for number in (1, 2, 3):
        await solve(db, BEN, number=number)
    await pass_time(db, NOON)
    assert len(await told(db, BOB)) == 1
    await pass_time(db, NOON + 19 * HOUR)  # before nine by Berlin's clock
    assert len(await told(db, BOB)) == 1
    await pass_time(db, NOON + 20 * HOUR)
    assert len(await told(db, BOB)) == 2
    await pass_time(db, NOON + 20 * HOUR + DAY)
    assert ["#1" in one for one in await told(db, BOB)] == [True, False, False]


async def test_after_a_week_it_is_forgotten(db: Database) -> None:
    await solve(db, BEN)
    await pass_time(db, NOON + 8 * DAY)
    assert await told(db, BOB) == []


async def test_who_has_left_is_not_thanked(db: Database) -> None:
    await solve(db, BEN)
    gone = Profile(BEN.id, name="Ben", is_deleted=True, updated=20)
    await people.save_profiles(db, system(WORKSPACE), [gone], now=NOON)
    await pass_time(db, NOON)
    assert await told(db, BOB) == []


async def test_who_was_covered_is_asked_when_the_shift_is_over(db: Database) -> None:
    await shifts.add_pattern(db, BOB, BILLING, cover.EARLY, key="floor", now=NOON)
    asked = await cover.ask(db)
    await cover.take(db, BEN, asked)
    end = cover.SHIFT.end
    await pass_time(db, end - HOUR)
    assert await told(db, ALICE) == []
    await pass_time(db, end)
    [question] = await told(db, ALICE)
    assert f"<@{BEN.id}> worked in your place" in question
    draft = await easing.to_thank(db, ALICE, f"cover:{asked.id}")
    assert (draft.receivers, draft.via) == ((BEN.id,), Via.COVER)
    with pytest.raises(Refused, match="nobody left"):
        await easing.to_thank(db, STRANGER, f"cover:{asked.id}")


async def test_a_cover_that_was_undone_thanks_nobody(db: Database) -> None:
    await shifts.add_pattern(db, BOB, BILLING, cover.EARLY, key="floor", now=NOON)
    asked = await cover.ask(db)
    await cover.take(db, BEN, asked)
    await covers.undo(db, BOB, asked.id, key="undo", now=NOON)
    await pass_time(db, cover.SHIFT.end)
    assert await told(db, ALICE) == []


async def test_whoever_took_a_whole_handover_can_be_thanked(db: Database) -> None:
    case = await casebook.escalate(db)
    await escalations.claim(db, BOB, case.id, key="claim", now=NOON)
    draft = Draft(BEN.id, "Quiet day", (ItemDraft(case.id, next_step="Call"),))
    made = await handovers.offer(db, BOB, draft, key="offer", now=NOON)
    source = f"handover:{made.id}"
    with pytest.raises(Refused, match="nobody left"):
        await easing.to_thank(db, BOB, source)
    await handovers.accept(db, BEN, made.id, key="accept", now=NOON)
    found = await easing.to_thank(db, BOB, source)
    assert (found.receivers, found.via) == ((BEN.id,), Via.HANDOVER)
    assert await told(db, BOB) == []  # the message that they took it has the button
