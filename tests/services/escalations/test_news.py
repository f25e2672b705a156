"""Who hears of what is done with a case: whoever it concerns, each once, in words and with buttons that fit them."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.calendars import BusinessHours
from bot.rules.escalations import Action, EventKind
from bot.rules.policies import Level, Outside, Policy, Target, TargetKind
from bot.services import escalations
from storage import policies
from storage.database import Database
from storage.outbox import OutboxRow
from tests import casebook
from tests.cast import ALICE, BEN, BILLING, BOB, CHARLIE, DAN, MARA, NOON, OLGA, WORKSPACE
from tests.services.escalations.test_opening import MONDAY, OFFICE, SATURDAY
from tests.services.escalations.test_working import ACTS, LATER, MAY, prepare

EVERYBODY = (ALICE, BEN, BOB, MARA, OLGA, CHARLIE, DAN)


async def notes(db: Database, person: Person) -> list[OutboxRow]:
    """What a person was told privately, oldest first."""
    async with db.read(WORKSPACE) as tx:
        asked = select(OutboxRow).where(OutboxRow.lane == person.id, ~OutboxRow.is_card)
        return list(await tx.scalars(asked.order_by(OutboxRow.seq)))


async def newest(db: Database, person: Person) -> tuple[str, list[str]]:
    """The words of the newest, and what its buttons say."""
    row = (await notes(db, person))[-1]
    rows = [one["elements"] for one in row.blocks or [] if one["type"] == "actions"]
    return row.words or "", [one["text"]["text"] for elements in rows for one in elements]


async def told_so_far(db: Database) -> dict[str, int]:
    return {one.id: len(await notes(db, one)) for one in EVERYBODY}


async def add_followers(db: Database, *people: Person) -> None:
    wanted = frozenset(one.id for one in people)
    await escalations.follow(db, MARA, 1, wanted, key="followers", now=NOON)


@pytest.mark.parametrize("action", list(ACTS))
async def test_nobody_hears_twice_of_one_thing(db: Database, action: Action) -> None:
    """Even if they are reporter, follower, lead and owner at once; and whoever did it needs no message."""
    await prepare(db, action)
    await add_followers(db, ALICE, BEN, BOB, CHARLIE)
    told = await told_so_far(db)
    doer = MAY[action][0]
    await ACTS[action](db, doer, "now")
    more = {one: count - told[one] for one, count in (await told_so_far(db)).items()}
    assert max(more.values()) <= 1
    assert more[doer.id] == 0
    silent = action in {Action.KEEP, Action.NOTE, Action.RATE, Action.FOLLOW}
    assert more[CHARLIE.id] == (0 if silent else 1)
    threads = Counter(await casebook.said(db, casebook.LEADS))
    assert not threads or max(threads.values()) == 1


async def test_a_wait_is_told_with_whom_and_until_when(db: Database) -> None:
    await prepare(db, Action.WAIT)
    await ACTS[Action.WAIT](db, MARA, "now")
    text, buttons = await newest(db, ALICE)
    assert "<@U0MARA> lets it wait for the customer until <!date^" in text
    assert text.count("<!date^") == 1, "the state would say the same again"
    assert ">They look for the receipt" in text
    assert buttons == ["Open"]
    assert (await newest(db, BOB))[0] == text


async def test_an_update_is_told_part_by_part_and_with_the_next_time(db: Database) -> None:
    await prepare(db, Action.UPDATE)
    await ACTS[Action.UPDATE](db, BOB, "now")
    text, _ = await newest(db, ALICE)
    for words in (
        "*How it stands:* The bank asks for proof",
        "*What is being done:* We call them",
        "*What is needed:* A scan of the receipt",
        "next word by <!date^",
    ):
        assert words in text
    assert await notes(db, BOB) == []


async def test_the_new_owner_reads_that_it_is_theirs_and_the_old_one_that_it_is_not(
    db: Database,
) -> None:
    await prepare(db, Action.ASSIGN)
    await ACTS[Action.ASSIGN](db, MARA, "now")
    text, buttons = await newest(db, BEN)
    assert "<@U0MARA> has handed #1 (Refund not received) over to you." in text
    assert ">You know it" in text
    assert buttons == ["Open", "Give an update", "I can't go on"]
    for one in (BOB, ALICE):
        assert "<@U0MARA> made <@U0BEN> its owner" in (await newest(db, one))[0]


async def test_who_is_asked_to_follow_can_stop_and_stopping_twice_is_harmless(db: Database) -> None:
    await prepare(db, Action.FOLLOW)
    await add_followers(db, CHARLIE, BEN)
    text, buttons = await newest(db, CHARLIE)
    assert "<@U0MARA> would like you to follow #1" in text
    assert buttons == ["Open", "Stop following"]
    await add_followers_again(db)
    assert len(await notes(db, CHARLIE)) == 1
    assert (await escalations.see(db, CHARLIE, 1)).escalation.id == 1

    after = await escalations.unfollow(db, CHARLIE, 1, key="stop", now=LATER)
    assert after.followers == {BEN.id}
    with pytest.raises(Refused, match="You don't follow #1"):
        await escalations.unfollow(db, CHARLIE, 1, key="again", now=LATER)
    with pytest.raises(Refused, match="You don't follow #99"):
        await escalations.unfollow(db, CHARLIE, 99, key="none", now=LATER)
    with pytest.raises(Refused):
        await escalations.see(db, CHARLIE, 1)


async def add_followers_again(db: Database) -> None:
    """Who follows already hears nothing, and the timeline says nothing."""
    lines = len(await casebook.timeline(db))
    people = frozenset({CHARLIE.id})
    await escalations.follow(db, BEN, 1, people, key="known", now=LATER)
    assert len(await casebook.timeline(db)) == lines


async def test_who_only_sees_a_case_follows_for_themselves(db: Database) -> None:
    await prepare(db, Action.FOLLOW)
    with pytest.raises(FormProblems, match="its owner or a lead can add others"):
        await escalations.follow(db, OLGA, 1, frozenset({DAN.id}), key="1", now=LATER)
    after = await escalations.follow(db, OLGA, 1, frozenset({OLGA.id}), key="2", now=LATER)
    assert after.followers == {OLGA.id}


async def test_a_claim_that_falls_is_told_to_each_in_their_own_words(db: Database) -> None:
    await prepare(db, Action.KEEP)
    await add_followers(db, CHARLIE)
    await casebook.live(db, until=NOON + timedelta(minutes=70))
    asked, buttons = await newest(db, BOB)
    assert "Are you still on #1" in asked
    assert buttons == ["Give an update", "Still on it", "I can't go on", "Open"]
    await casebook.live(db, until=NOON + timedelta(hours=2))
    text, buttons = await newest(db, BOB)
    assert "No answer came, so #1 (Refund not received) needs an owner again." in text
    assert buttons == ["Claim again", "Open"]
    for one in (ALICE, CHARLIE):
        assert "<@U0BOB> did not answer, so it needs an owner again" in (await newest(db, one))[0]
    again = await escalations.claim(db, BOB, 1, key="again", now=NOON + timedelta(hours=2))
    assert (again.owner_id, again.fallen_count) == (BOB.id, 1)


async def test_a_rating_can_be_changed_and_is_told_to_nobody(db: Database) -> None:
    await prepare(db, Action.RATE)
    before = await told_so_far(db)
    _text, buttons = await newest(db, ALICE)
    assert buttons == ["Open", "It isn't solved yet", "Yes", "In part", "No"]
    for key, rating in (("1", "not"), ("2", "not"), ("3", "helped")):
        await escalations.rate(db, ALICE, 1, rating, key=key, now=LATER)
    rated = [one for one in await casebook.timeline(db) if one.kind is EventKind.RATED]
    assert [one.reason for one in rated] == ["not", "helped"]
    assert await told_so_far(db) == before


async def with_policy(db: Database, *levels: Level, outside: Outside = Outside.ANYWAY) -> None:
    async with db.write(WORKSPACE) as tx:
        await policies.add(
            tx, Policy(WORKSPACE, "p1", BILLING, "Ours", frozenset(), levels, outside=outside)
        )


def to(*people: Person) -> Level:
    return Level(tuple(Target(TargetKind.PERSON, one.id) for one in people), 30)


async def test_who_is_called_by_hand_hears_once_and_the_owner_is_not_called_for_help(
    db: Database,
) -> None:
    await casebook.set_up(db)
    await with_policy(db, to(DAN, BOB, MARA))
    await casebook.claimed(db)
    await add_followers(db, DAN)
    before = len(await notes(db, DAN))
    await escalations.escalate_further(db, BEN, 1, "It burns", key="now", now=LATER)
    text, buttons = await newest(db, DAN)
    assert len(await notes(db, DAN)) == before + 1
    assert "You are asked to help with escalation #1" in text
    assert "Why: It burns" in text
    assert buttons == ["Open"]
    [line] = await casebook.said(db, casebook.LEADS)
    assert line.startswith("<@U0MARA> #1 (Refund not received) was escalated further.")
    assert "escalated it further" in (await newest(db, BOB))[0]


@pytest.mark.parametrize("is_claimed", [False, True])
async def test_what_goes_up_by_hand_does_not_wait_until_the_team_opens(
    db: Database, *, is_claimed: bool
) -> None:
    await casebook.set_up(db, OFFICE)
    assert isinstance(OFFICE.hours, BusinessHours)
    await with_policy(db, to(CHARLIE), to(MARA), outside=Outside.QUEUE)
    await casebook.escalate(db, now=SATURDAY)
    if is_claimed:
        await escalations.claim(db, BOB, 1, key="claim", now=SATURDAY)
    after = await escalations.escalate_further(db, ALICE, 1, "It burns", key="1", now=SATURDAY)
    assert (after.level, CHARLIE.id in after.called) == (0, True)
    assert after.step_at == (None if is_claimed else MONDAY + timedelta(minutes=30))
    assert "You are asked to help" in (await newest(db, CHARLIE))[0]
    after = await escalations.escalate_further(db, ALICE, 1, "Still", key="2", now=SATURDAY)
    assert (after.level, MARA.id in after.called) == (1, True)


async def test_levels_that_reach_nobody_are_skipped_at_once_by_hand(db: Database) -> None:
    await casebook.set_up(db, OFFICE)
    gone = Level((Target(TargetKind.PERSON, "U0UNKNOWN"),), 30)
    await with_policy(db, gone, to(MARA), outside=Outside.QUEUE)
    await casebook.escalate(db, now=SATURDAY)
    after = await escalations.escalate_further(db, ALICE, 1, "It burns", key="1", now=SATURDAY)
    assert (after.level, MARA.id in after.called) == (1, True)
    kinds = [one.kind for one in await casebook.timeline(db)]
    assert kinds == [
        *(EventKind.RAISED, EventKind.ESCALATED, EventKind.LEVEL_SKIPPED, EventKind.LEVEL_TOLD),
    ]


async def test_one_level_down_goes_up_again_in_time_and_not_below_the_first(db: Database) -> None:
    await casebook.set_up(db)
    await with_policy(db, to(BOB), to(MARA))
    await casebook.escalate(db)
    await casebook.live(db, until=NOON + timedelta(minutes=30))
    now = NOON + timedelta(minutes=31)
    down = await escalations.take_down(db, BOB, 1, "It was smoke", key="1", now=now)
    assert (down.level, down.step_at) == (0, now + timedelta(minutes=30))
    with pytest.raises(Stale, match="nothing below it"):
        await escalations.take_down(db, BOB, 1, "It was smoke", key="2", now=now)
    await casebook.live(db, until=now + timedelta(minutes=30))
    assert (await casebook.case(db)).level == 1
