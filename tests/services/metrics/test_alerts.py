"""Alerts as they are set up: by whom, for whom, tried before they are saved, and never over somebody else's change."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person, Role
from bot.rules.metrics.alert.alert_forms import Draft, Drawn
from bot.rules.metrics.alert.alerts import Alert, Standing
from bot.rules.metrics.definition.own import Definition
from bot.rules.metrics.definition.registry import Direction, Unit
from bot.rules.teams import Team
from bot.services.metrics.alert import alerting, alerts
from bot.text import Text
from bot.views.metrics import alert_pages as views
from bot.views.metrics import ids
from storage import members, teams
from storage.database import Database
from storage.metrics import alerts as stored
from storage.metrics import definitions
from tests import casebook
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
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id, furnish
from tests.services.metrics.watched import (
    DRAFT,
    YESTERDAY,
    calls,
    fired,
    kinds,
    leaves,
    looks,
    now_it_is,
    numbers_come,
    set_up,
)
from tests.services.standups.queue import cards_waiting, send_cards

EN = Text()


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


async def problems(doing: Awaitable[object]) -> set[str]:
    with pytest.raises(FormProblems) as refused:
        await doing
    return set(refused.value.problems)


async def change(
    db: Database, alert: Alert, draft: Draft, *, person: Person = BOB, key: str = "change"
) -> Alert:
    drawn = Drawn(BILLING, alert.id, alert.version)
    return await alerts.save(db, person, drawn, draft, key=key, now=NOON)


@pytest.mark.parametrize("person", [BOB, MARA, ADA], ids=by_id)
async def test_who_leads_sets_it_up_and_the_team_sees_it(db: Database, person: Person) -> None:
    alert = await set_up(db, person=person)
    seen = await alerts.see(db, ALICE)
    drawing = str(views.page(seen, 0, EN))
    assert "*AHT above 6 min* · 1 day" in drawing
    assert f"quiet · set up by <@{person.id}>" in drawing
    assert "New alert" not in drawing
    opened = await alerts.open_one(db, ALICE, alert.id, now=NOON)
    assert "there are no numbers of the last days" in str(views.one_alert(opened, EN))
    assert not opened.may_set
    assert (await casebook.timers(db))[alerting.LOOK] == NOON


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, DAN, NOBODY], ids=by_id)
async def test_nobody_else_does(db: Database, person: Person) -> None:
    with pytest.raises(Denied):
        await set_up(db, person=person)
    with pytest.raises(Denied):
        await alerts.preview(db, person, Drawn(BILLING), DRAFT, now=NOON)
    with pytest.raises(Denied):
        await alerts.see_to_set(db, person, BILLING)
    async with db.read(WORKSPACE) as tx:
        assert await stored.of_teams(tx, [BILLING]) == []


async def test_another_workspace_finds_nothing(db: Database) -> None:
    alert = await set_up(db)
    with pytest.raises(Refused):
        await alerts.open_one(db, STRANGER, alert.id, now=NOON)
    with pytest.raises(Refused):
        await change(db, alert, DRAFT, person=STRANGER)


async def test_those_who_hear_of_it_must_be_allowed_to_see_it(db: Database) -> None:
    for reader in (CHARLIE, NOBODY):
        draft = replace(DRAFT, readers=(BOB.id, reader.id))
        assert await problems(set_up(db, draft)) == {"readers"}
    own = replace(DRAFT, person_id=ALICE.id)
    for reader in (ALICE, OLGA, ADA):
        assert await problems(set_up(db, replace(own, readers=(reader.id,)))) == {"readers"}
    await set_up(db, replace(own, readers=(MARA.id, BEN.id)))


async def test_an_alert_about_somebody_is_seen_by_them_and_their_chain_alone(db: Database) -> None:
    alert = await set_up(db, replace(DRAFT, person_id=ALICE.id))
    for person, sees in ((ALICE, True), (BOB, True), (MARA, True), (OLGA, False), (ADA, False)):
        seen = await alerts.see(db, person, BILLING)
        assert (f"for <@{ALICE.id}>" in str(views.page(seen, 0, EN))) is sees
    assert not (await alerts.open_one(db, ALICE, alert.id, now=NOON)).may_set
    with pytest.raises(Denied):
        await alerts.open_one(db, ADA, alert.id, now=NOON)
    with pytest.raises(Denied):
        await alerts.remove(db, ADA, Drawn(BILLING, alert.id, 1), key="r", now=NOON)
    assert await problems(set_up(db, replace(DRAFT, person_id=BOB.id), key="own")) == {"person"}


async def test_the_form_shows_what_it_would_do_before_it_is_saved(db: Database) -> None:
    long_ago = YESTERDAY - timedelta(days=9)
    await numbers_come(db, calls(420, long_ago), calls(300, long_ago + timedelta(days=1)), calls(420, n=9))  # fmt: skip
    found = await alerts.preview(db, BOB, Drawn(BILLING), DRAFT, now=NOON)
    assert found.look.standing is Standing.FEW
    drawing = str(views.preview(found, DRAFT, EN))
    assert "Today it would not fire: 9 of 10 are too few." in drawing
    assert "Feb 20, 2026 · would have fired · 7 min" in drawing
    assert "Feb 21, 2026 · would have been over · 5 min" in drawing
    held = views.carried(views.preview(found, DRAFT, EN)["private_metadata"])
    assert views.draft_of(held["draft"]) == DRAFT
    assert await problems(
        alerts.preview(db, BOB, Drawn(BILLING), replace(DRAFT, threshold="soon"), now=NOON)
    ) == {"threshold"}


async def test_a_quiet_past_is_said_too(db: Database) -> None:
    found = await alerts.preview(db, BOB, Drawn(BILLING), DRAFT, now=NOON)
    assert "it would have told nobody anything" in str(views.preview(found, DRAFT, EN))


async def test_twice_is_once_and_who_comes_second_is_told(db: Database) -> None:
    alert = await set_up(db)
    with pytest.raises(AlreadyHeard):
        await set_up(db)
    found = await asyncio.gather(
        *(
            change(db, alert, replace(DRAFT, days="7"), person=who, key=who.id)
            for who in (BOB, BEN)
        ),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in found) == ["Alert", "Stale"]
    with pytest.raises(Stale):
        await alerts.remove(db, BOB, Drawn(BILLING, alert.id, 1), key="r", now=NOON)


async def test_a_change_begins_anew_and_says_so_in_its_message(db: Database) -> None:
    alert = await fired(db)
    await change(db, alert, replace(DRAFT, threshold="8 min"))
    alert = await now_it_is(db, alert)
    assert not alert.is_firing
    assert await kinds(db, alert) == ["made", "fired", "changed"]
    async with db.read(WORKSPACE) as tx:
        message = await alerting.draw(tx, f"{alert.id}:{alert.fired_on}", BOB.id, now=NOON)
    assert message
    assert "This alert was changed since." in message.text


async def test_who_is_added_hears_of_what_is_so_and_of_nothing_that_is_over(db: Database) -> None:
    alert = await fired(db)
    await send_cards(db, ids.ALERT_CARD)
    alert = await change(db, alert, replace(DRAFT, readers=(MARA.id,)))
    assert alert.is_firing
    assert [one for _subject, one in await cards_waiting(db, ids.ALERT_CARD)] == [MARA.id]
    await send_cards(db, ids.ALERT_CARD)
    alert = await change(db, alert, replace(DRAFT, threshold="8 min"), key="over")
    assert [one for _subject, one in await cards_waiting(db, ids.ALERT_CARD)] == [MARA.id]
    await send_cards(db, ids.ALERT_CARD)
    await change(db, alert, replace(DRAFT, threshold="9 min"), key="quiet")
    assert await cards_waiting(db, ids.ALERT_CARD) == []


async def test_one_that_is_off_says_nothing(db: Database) -> None:
    alert = await set_up(db)
    await change(db, alert, replace(DRAFT, is_on=False))
    await numbers_come(db, calls(420))
    await looks(db)
    assert await kinds(db, alert) == ["made", "changed"]


async def test_removing_it_takes_its_history_and_its_timer(db: Database) -> None:
    alert = await fired(db)
    await alerts.remove(db, BOB, Drawn(BILLING, alert.id, alert.version), key="r", now=NOON)
    assert alerting.LOOK not in await casebook.timers(db)
    with pytest.raises(Refused, match="not there any more"):
        await alerts.open_one(db, BOB, alert.id, now=NOON)


async def test_one_that_nobody_hears_of_any_more_is_shown(db: Database) -> None:
    await set_up(db, replace(DRAFT, readers=(OLGA.id,)))
    await leaves(db, OLGA)
    drawing = str(views.page(await alerts.see(db, BOB), 0, EN))
    assert "Nobody who would hear of it may see this number any more" in drawing


async def test_one_about_somebody_who_has_left_can_be_removed_by_who_led_them(db: Database) -> None:
    alert = await set_up(db, replace(DRAFT, person_id=ALICE.id))
    await leaves(db, ALICE)
    for person, sees in ((BEN, True), (MARA, True), (OLGA, False), (ADA, False)):
        seen = await alerts.see(db, person, BILLING)
        assert bool(seen.alerts) is sees
    await alerts.remove(db, BEN, Drawn(BILLING, alert.id, 1), key="r", now=NOON)
    assert (await alerts.see(db, BEN, BILLING)).alerts == []


async def test_nobody_removes_the_alert_about_themselves(db: Database) -> None:
    about = replace(DRAFT, person_id=BOB.id, readers=(MARA.id,))
    alert = await set_up(db, about, person=MARA)
    assert not (await alerts.open_one(db, BOB, alert.id, now=NOON)).may_set
    with pytest.raises(Denied):
        await alerts.remove(db, BOB, Drawn(BILLING, alert.id, 1), key="r", now=NOON)


async def test_one_of_a_retired_number_stays_in_sight_and_says_so(db: Database) -> None:
    own = Definition(
        *(
            WORKSPACE,
            "own",
            "Long <calls>",
            "",
            "handled",
            "1",
            Unit.THINGS,
            Direction.UP,
            0,
            BOB.id,
        )
    )
    async with db.write(WORKSPACE) as tx:
        await definitions.add(tx, own)
    alert = await set_up(db, replace(DRAFT, metric="own", threshold="3"))
    async with db.write(WORKSPACE) as tx:
        assert await definitions.change(tx, replace(own, is_retired=True))
    seen = await alerts.see(db, BOB)
    assert "This number is retired" in str(views.page(seen, 0, EN))
    assert "Long <calls>" not in str(views.form(seen, DRAFT, alert, EN))
    assert (await alerts.open_one(db, BOB, alert.id, now=NOON)).metric.name == "Long <calls>"
    await numbers_come(db, calls(420))
    await looks(db)
    assert await kinds(db, alert) == ["made"]


async def test_a_department_is_watched_with_its_teams_by_who_sees_them_all(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, "service", "Service"))
        await members.add(tx, "service", Role.MANAGER, [MARA.id])
        await members.add(tx, "service", Role.LEAD, [DAN.id])
        billing = await teams.get(tx, BILLING)
        assert await teams.change(tx, replace(billing, department_id="service"))
    mara = replace(MARA, roles={"service": frozenset({Role.MANAGER})})
    dan = replace(DAN, roles={"service": frozenset({Role.LEAD})})
    await numbers_come(db, calls(420))
    draft = replace(DRAFT, readers=(MARA.id,))
    found = await alerts.preview(db, mara, Drawn("service"), draft, now=NOON)
    assert found.look.value.n == 12
    with pytest.raises(Denied):
        await alerts.preview(db, dan, Drawn("service"), draft, now=NOON)
