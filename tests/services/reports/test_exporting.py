"""Files: wanted once, begun by one, handed to the outbox, put off or given up, and made again when Slack has lost one."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, Denied
from bot.people import Person, system
from bot.rules.delivery import Answer
from bot.rules.reports import Asked, Period
from bot.rules.reports.exports import LEASE, MOST_TRIES, Export, ExportState, Trouble, export_of
from bot.services import auditing, reports
from bot.services.reports import Job, Uploaded
from storage import exports, people
from storage.database import Database
from storage.outbox import OutboxRow
from storage.outbox.keeping import DeadLetter
from tests import casebook
from tests.cast import ADA, ALICE, BEN, BILLING, BOB, CHARLIE, NOON, WORKSPACE

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)))
CLOCK = system(WORKSPACE)
UPLOADED = Uploaded("F1", "D0BOB", "escalations.xlsx", 1)
LATER = NOON + LEASE


async def want(
    db: Database, person: Person = BOB, asked: Asked = MARCH, key: str = "want"
) -> Export:
    return await reports.want(db, person, asked, key=key, now=NOON)


async def begin(db: Database, now: datetime = NOON) -> Job:
    job = await reports.begin(db, CLOCK, now=now)
    assert job
    return job


async def kept(db: Database, export: Export) -> Export:
    async with db.read(WORKSPACE) as tx:
        found = await exports.find(tx, export.id)
    assert found
    return found


async def files(db: Database) -> list[OutboxRow]:
    async with db.read(WORKSPACE) as tx:
        found = select(OutboxRow).where(OutboxRow.file_title.is_not(None))
        return list(await tx.scalars(found.order_by(OutboxRow.seq)))


@pytest.fixture
async def floor(db: Database) -> Database:
    await casebook.set_up(db)
    await casebook.escalate(db)
    return db


async def test_from_the_wish_to_the_outbox(floor: Database) -> None:
    export = await want(floor)
    assert await reports.workspaces_wanting(floor, now=NOON) == [WORKSPACE]
    job = await begin(floor)
    assert (job.export.total, job.person.id, list(job.batches)) == (1, BOB.id, [[1]])
    [fact], names = await reports.read(floor, CLOCK, job, [1, 99], now=NOON)
    assert (fact.case.id, fact.events[0].kind) == (1, "raised")
    assert names[ALICE.id] == "Alice"
    assert await reports.hand_over(floor, CLOCK, job, UPLOADED, now=NOON)
    [row] = await files(floor)
    assert (row.lane, row.channel, row.marker, row.key) == (
        BOB.id,
        "D0BOB",
        "F1",
        job.export.file_key,
    )
    assert row.words == "1 escalation from Mar 1, 2026 to Mar 31, 2026."
    done = await kept(floor, export)
    assert (done.state, done.file_id, done.asked_by, done.asked) == (
        ExportState.MADE,
        "F1",
        BOB.id,
        MARCH,
    )
    assert await reports.workspaces_wanting(floor, now=LATER) == []


async def test_who_may_not_see_the_report_may_not_have_the_file(floor: Database) -> None:
    with pytest.raises(Denied):
        await want(floor, ALICE)
    with pytest.raises(Denied):
        await want(floor, CHARLIE, replace(MARCH, team_ids=(BILLING,)))
    assert await reports.begin(floor, CLOCK, now=NOON) is None


async def test_a_teammate_may_and_an_admin(floor: Database) -> None:
    for person in (BEN, ADA):
        assert (await want(floor, person, key=person.id)).asked_by == person.id


async def test_the_same_request_twice_is_one_file(floor: Database) -> None:
    await want(floor)
    with pytest.raises(AlreadyHeard):
        await want(floor)
    await begin(floor)
    assert await reports.begin(floor, CLOCK, now=NOON) is None


async def test_only_the_clock_makes_files(floor: Database) -> None:
    export = await want(floor)
    with pytest.raises(Denied):
        await reports.begin(floor, BOB, now=NOON)
    with pytest.raises(Denied):
        await reports.go_on(floor, BOB, export, 1, now=NOON)


async def test_another_workspace_has_none_of_it(floor: Database) -> None:
    await want(floor)
    assert await reports.begin(floor, system("T0NEW"), now=NOON) is None


async def test_who_was_too_slow_has_lost_it(floor: Database) -> None:
    """Another process begins it when the lease is over; what the first one does then counts no more."""
    await want(floor)
    first = await begin(floor)
    assert await reports.begin(floor, CLOCK, now=LATER - timedelta(seconds=1)) is None
    second = await begin(floor, LATER)
    assert not await reports.go_on(floor, CLOCK, first.export, 1, now=LATER)
    assert not await reports.hand_over(floor, CLOCK, first, UPLOADED, now=LATER)
    await reports.give_back(floor, CLOCK, first.export, now=LATER)
    assert await reports.hand_over(floor, CLOCK, second, UPLOADED, now=LATER)
    assert len(await files(floor)) == 1


async def test_progress_keeps_the_lease_and_is_told_of_a_long_one(floor: Database) -> None:
    await want(floor)
    job = await begin(floor)
    long = replace(job.export, total=5000)
    assert await reports.go_on(floor, CLOCK, long, 2000, now=NOON + LEASE / 2)
    assert await reports.begin(floor, CLOCK, now=LATER) is None
    async with floor.read(WORKSPACE) as tx:
        drawn = await reports.draw(tx, long.id, BOB.id)
        assert await reports.draw(tx, "gone", BOB.id) is None
    assert drawn
    assert "is being made: 2,000 of 5,000 so far" in drawn.text


async def test_rights_are_looked_at_anew_when_it_is_made(floor: Database) -> None:
    export = await want(floor, ADA)
    async with floor.write(WORKSPACE) as tx:
        await people.set_admins(tx, [])
    assert await reports.begin(floor, CLOCK, now=NOON) is None
    assert (await kept(floor, export)).trouble is Trouble.NOT_ALLOWED
    [told] = await casebook.said(floor, ADA.id)
    assert "You may not see the reports" in told


async def test_what_slack_refuses_for_now_is_put_off(floor: Database) -> None:
    export, now = await want(floor), NOON
    for answer, at_least in (
        (Answer("ratelimited", retry_after=40), 40),
        (Answer("no_answer"), 0.5),
        (Answer("http_503"), 0.5),
        (Answer("some_new_error"), 0.5),
        (Answer("invalid_auth"), 300),
    ):
        job = await begin(floor, now)
        await reports.put_off(floor, CLOCK, job.export, answer, now=now)
        due = await reports.next_due(floor, after=now)
        assert due
        assert due >= now + timedelta(seconds=at_least), answer
        now = due
    assert (await kept(floor, export)).state is ExportState.WANTED


async def test_without_the_scope_it_is_given_up_and_said_what_to_do(floor: Database) -> None:
    export = await want(floor)
    job = await begin(floor)
    await reports.put_off(floor, CLOCK, job.export, Answer("missing_scope"), now=NOON)
    assert (await kept(floor, export)).trouble is Trouble.NO_SCOPE
    [told] = await casebook.said(floor, BOB.id)
    assert "`files:write`" in told


async def test_after_enough_tries_it_is_given_up_unless_slack_is_only_away(
    floor: Database,
) -> None:
    now = NOON
    for error, trouble in (("some_new_error", Trouble.SLACK), ("no_answer", None)):
        export = await want(floor, key=error)
        for _number in range(MOST_TRIES):
            now += timedelta(hours=1)
            job = await begin(floor, now)
            await reports.put_off(floor, CLOCK, job.export, Answer(error), now=now)
        assert (await kept(floor, export)).trouble is trouble


async def test_what_breaks_is_tried_a_few_times_and_then_said(floor: Database) -> None:
    export = await want(floor)
    now = NOON
    for _number in range(MOST_TRIES):
        now += timedelta(hours=1)
        await reports.fail(floor, CLOCK, (await begin(floor, now)).export, now=now)
    assert (await kept(floor, export)).trouble is Trouble.BROKEN
    assert len(await casebook.said(floor, BOB.id)) == 1


async def test_a_process_that_stops_gives_it_back_at_once(floor: Database) -> None:
    await want(floor)
    job = await begin(floor)
    await reports.give_back(floor, CLOCK, job.export, now=NOON)
    assert (await begin(floor)).export.tries == 2


async def test_a_file_that_slack_has_lost_is_made_again(floor: Database) -> None:
    export = await want(floor)
    job = await begin(floor)
    await reports.hand_over(floor, CLOCK, job, UPLOADED, now=NOON)
    letter = DeadLetter(BOB.id, 2, "D0BOB", 2, job.export.file_key, "file_not_found", 1, NOON)
    async with floor.write(WORKSPACE) as tx:
        assert await reports.make_again(tx, letter, now=NOON)
        assert not await reports.make_again(tx, letter, now=NOON)
        assert not await reports.make_again(tx, replace(letter, about="n1"), now=NOON)
        gone = replace(letter, reason="channel_not_found")
        assert not await reports.make_again(tx, gone, now=NOON)
    again = await begin(floor)
    await reports.hand_over(floor, CLOCK, again, replace(UPLOADED, file_id="F2"), now=NOON)
    assert [row.marker for row in await files(floor)] == ["F1", "F2"]
    assert (await kept(floor, export)).file_id == "F2"


async def test_a_file_that_slack_keeps_losing_is_given_up_and_its_reader_told(
    floor: Database,
) -> None:
    export = await want(floor)
    for number in range(MOST_TRIES):
        job = await begin(floor)
        lost = replace(UPLOADED, file_id=f"F{number}")
        assert await reports.hand_over(floor, CLOCK, job, lost, now=NOON)
        key = job.export.file_key
        letter = DeadLetter(BOB.id, 2, "D0BOB", 2, key, "file_not_found", 1, NOON)
        async with floor.write(WORKSPACE) as tx:
            assert await reports.make_again(tx, letter, now=NOON)
    assert (await kept(floor, export)).trouble is Trouble.SLACK
    [*_, told] = await casebook.said(floor, BOB.id)
    assert "Slack did not take the file" in told


async def test_the_auditor_sees_what_nobody_makes(floor: Database) -> None:
    await want(floor)
    found = await auditing.audit(floor, now=NOON + timedelta(minutes=6))
    assert "exports_unmade=1" in found.faults


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("export:abc:2", ("abc", 2)),
        ("export:abc:2:failed", None),
        ("escalation:1:v2:reporter", None),
        ("export:abc", None),
        ("", None),
    ],
)
def test_what_a_key_stands_for(key: str, expected: tuple[str, int] | None) -> None:
    assert export_of(key) == expected
