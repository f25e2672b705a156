"""What people answer to an alert: seen once, snoozed for all, and made a case once, which says where it came up."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.metrics.alert.alerts import Alert
from bot.rules.standups.blockers import Wanted
from bot.services.metrics.alert import alert_answers, alerting
from bot.text import Text
from bot.views.escalations import lines
from bot.views.metrics.alerts import drafted
from storage.database import Database
from tests import casebook
from tests.cast import (
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    MARA,
    NOON,
    OLGA,
    STRANGER,
)
from tests.services.floor import by_id, furnish
from tests.services.metrics.watched import (
    DRAFT,
    NEXT,
    TODAY,
    about,
    calls,
    drawn,
    fired,
    history,
    kinds,
    looks,
    now_it_is,
    numbers_come,
)

EN = Text()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


async def acknowledge(db: Database, alert: Alert, person: Person = BOB, key: str = "a") -> Alert:
    return await alert_answers.acknowledge(db, person, about(alert), key=key, now=NOON)


async def snooze(db: Database, alert: Alert, days: int = 1) -> Alert:
    return await alert_answers.snooze(db, BOB, about(alert), days, key=f"s{days}", now=NOON)


async def escalate(db: Database, alert: Alert, person: Person = BOB, key: str = "e") -> int:
    found = await alert_answers.see_to_escalate(db, person, about(alert))
    draft = drafted(found, EN)
    assert draft.ticket == draft.summary.partition(":")[0]
    draft = replace(draft, severity="high", category="other", need="decision")
    wanted = Wanted(BILLING, draft)
    case = await alert_answers.escalate(db, person, about(alert), wanted, key=key, now=NOON)
    return case.id


async def text(db: Database, alert: Alert, person: Person) -> str:
    found = await drawn(db, alert, person)
    assert found
    return f"{found.text} {found.blocks}"


async def test_one_has_seen_it_and_the_others_see_that(db: Database) -> None:
    alert = await fired(db)
    await acknowledge(db, alert)
    alert = await now_it_is(db, alert)
    shown = await text(db, alert, BEN)
    assert f"Seen by <@{BOB.id}>" in shown
    assert "I have seen it" not in shown
    with pytest.raises(AlreadyHeard):
        await acknowledge(db, alert)
    with pytest.raises(Stale, match=BOB.id):
        await acknowledge(db, alert, BEN, "b")


async def test_of_two_at_once_one_is_first(db: Database) -> None:
    alert = await fired(db)
    found = await asyncio.gather(
        *(acknowledge(db, alert, who, who.id) for who in (BOB, BEN)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["Alert", "Stale"]
    assert (await kinds(db, alert)).count("seen") == 1


@pytest.mark.parametrize("person", [ALICE, OLGA, MARA, CHARLIE], ids=by_id)
async def test_who_was_not_told_cannot_answer(db: Database, person: Person) -> None:
    alert = await fired(db)
    with pytest.raises(Denied):
        await acknowledge(db, alert, person)
    with pytest.raises(Denied):
        await alert_answers.see_to_escalate(db, person, about(alert))


async def test_another_workspace_finds_nothing(db: Database) -> None:
    alert = await fired(db)
    with pytest.raises(Refused, match="not there"):
        await acknowledge(db, alert, STRANGER)


async def test_a_snooze_is_for_all_and_ends_with_a_message_if_it_is_still_so(db: Database) -> None:
    alert = await fired(db)
    await acknowledge(db, alert)
    await snooze(db, alert)
    assert "Snoozed until" in await text(db, await now_it_is(db, alert), BEN)
    await looks(db, NEXT - timedelta(seconds=1))
    assert (await kinds(db, alert))[-1] == "snoozed"
    await looks(db, NEXT)
    assert (await kinds(db, alert))[-1] == "reminded"
    alert = await now_it_is(db, alert)
    assert alert.fired_on == TODAY + DAY
    message = await text(db, alert, BOB)
    assert "I have seen it" in message
    assert f"Since <!date^{NOON.timestamp():.0f}^" in message
    old = await drawn(db, alert, BOB, day=TODAY)
    assert old
    assert "A newer message goes on with it." in old.text
    assert "actions" not in str(old.blocks)


async def test_a_snooze_ends_without_a_word_if_it_is_over(db: Database) -> None:
    alert = await fired(db)
    await snooze(db, alert)
    await numbers_come(db, calls(300, TODAY), feed="Today")
    await looks(db, NEXT)
    assert (await kinds(db, alert))[-1] == "over"


async def test_a_message_of_an_older_day_or_of_what_is_over_is_answered_no_more(
    db: Database,
) -> None:
    alert = await fired(db)
    with pytest.raises(Stale, match="over"):
        await alert_answers.acknowledge(
            db, BOB, replace(about(alert), day="2026-03-01"), key="o", now=NOON
        )
    await numbers_come(db, calls(300, TODAY), feed="Today")
    await looks(db, NOON + alerting.GATHER)
    with pytest.raises(Stale, match="over"):
        await acknowledge(db, alert)


async def test_it_becomes_a_case_once_which_says_where_it_came_up(db: Database) -> None:
    alert = await fired(db)
    number = await escalate(db, alert)
    [raised] = await casebook.timeline(db, number)
    assert "raised it from the alert “AHT above 6 min”" in lines.line(raised, EN)
    case = await casebook.case(db, number)
    assert case.draft.summary == "AHT in Billing: above 6 min"
    assert case.draft.tried == "AHT in Billing is above 6 min: 7 min over 1 day, of 12"
    alert = await now_it_is(db, alert)
    assert "It is escalation #1 now." in await text(db, alert, BEN)
    assert (await history(db, alert))[-1].detail == "1"
    with pytest.raises(Stale, match="#1 already"):
        await escalate(db, alert, BEN, "e2")


async def test_of_two_cases_at_once_one_is_raised(db: Database) -> None:
    alert = await fired(db)
    found = await asyncio.gather(
        *(escalate(db, alert, who, who.id) for who in (BOB, BEN)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["Stale", "int"]


async def test_a_form_that_is_wrong_makes_no_case(db: Database) -> None:
    alert = await fired(db)
    wanted = Wanted(BILLING, replace(casebook.DRAFT, summary="", ticket=""))
    with pytest.raises(FormProblems):
        await alert_answers.escalate(db, BOB, about(alert), wanted, key="e", now=NOON)
    assert (await now_it_is(db, alert)).escalation_id == ""


async def test_somebodys_own_number_never_becomes_a_case(db: Database) -> None:
    alert = await fired(db, replace(DRAFT, person_id=ALICE.id))
    with pytest.raises(Refused, match="one person's number"):
        await escalate(db, alert)
