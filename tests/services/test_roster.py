"""Many people at once: whole or not at all, and the same again changes nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.errors import Denied, Refused
from bot.people import Person, Role, system
from bot.rules.people import Profile
from bot.rules.roster.directory import Channel, Directory
from bot.rules.roster.report import Report
from bot.services import roster as service
from bot.text import Text
from bot.views.roster import report_lines
from storage import teams
from storage.database import Database
from storage.outbox import OutboxRow
from storage.people import PersonRow
from tests import cast
from tests.cast import ADA, ALICE, BILLING, BOB, MARA, NOON, WORKSPACE
from tests.services.floor import EVERYBODY, furnish, people_of, team_named

OPERATOR = system(WORKSPACE)
DIRECTORY = Directory(
    [
        *(Profile(one.id, name=one.name, zone="Europe/Berlin", updated=30) for one in EVERYBODY),
        Profile("U0NEW", name="Newt", zone="Asia/Tokyo", email="newt@example.com", updated=30),
    ],
    [Channel("C0RETURNS", "returns-leads", is_member=True), Channel("C0OUT", "outside")],
)
HEADER = ["team", "person", "role", "leads_channel"]
ROSTER = [
    HEADER,
    ["Returns", "Bob", "lead", "#returns-leads"],
    ["Returns", "newt@example.com", "agent"],
    ["Billing", "Newt", "agent"],
    ["Billing", "Alice", "agent"],
]


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def run(
    db: Database, rows: list[list[str]], person: Person = OPERATOR, *, is_trial: bool = False
) -> Report:
    return await service.import_people(db, person, rows, DIRECTORY, now=NOON, is_trial=is_trial)


async def hellos(db: Database) -> int:
    async with db.read(WORKSPACE) as tx:
        return await tx.scalar(select(func.count()).select_from(OutboxRow)) or 0


def lines(report: Report) -> list[str]:
    return report_lines(report, Text())


async def test_a_roster_makes_teams_and_fills_roles(db: Database) -> None:
    report = await run(db, ROSTER)
    returns = await team_named(db, "Returns")
    assert (returns.zone, returns.leads_channel) == ("Asia/Tokyo", "C0RETURNS")
    assert await people_of(db, returns.id, Role.LEAD) == [BOB.id]
    assert await people_of(db, BILLING, Role.AGENT) == [ALICE.id, "U0NEW"]
    assert await hellos(db) == 1
    assert lines(report)[:5] == [
        "New team: Returns",
        "Added: Newt, agent of Billing",
        "Added: Newt, agent of Returns",
        "Added: Bob, lead of Returns",
        "1 row was there already.",
    ]
    assert "  Ben, lead of Billing" in lines(report)


async def test_the_same_roster_again_changes_nothing_and_says_so(db: Database) -> None:
    await run(db, ROSTER)
    before = await team_named(db, "Billing")
    again = await run(db, ROSTER)
    assert again.changes_nothing
    assert lines(again)[0] == "Nothing to change: everything in the file is there already."
    assert await team_named(db, "Billing") == before
    assert await hellos(db) == 1


async def test_with_one_wrong_row_nothing_at_all_is_imported(db: Database) -> None:
    report = await run(db, [*ROSTER, ["Returns", "Nobody at all", "boss"]])
    assert not report.is_saved
    assert lines(report) == [
        "Nothing was imported: 1 row needs another look.",
        "Row 6: “boss” is no role. Write one of: agent, lead, manager, observer.",
        "Row 6: Nobody here is called “Nobody at all”. Write a Slack id, an e-mail or a full name.",
    ]
    async with db.read(WORKSPACE) as tx:
        assert await teams.find_by_name(tx, "Returns") is None
        assert await tx.scalar(select(PersonRow.id).where(PersonRow.id == "U0NEW")) is None


async def test_a_trial_says_what_would_happen_and_saves_nothing(db: Database) -> None:
    report = await run(db, ROSTER, is_trial=True)
    assert lines(report)[:2] == ["This is a trial: nothing was saved.", "New team: Returns"]
    async with db.read(WORKSPACE) as tx:
        assert await teams.find_by_name(tx, "Returns") is None


async def test_nobody_is_taken_out_and_a_form_that_was_open_cannot_undo_it(db: Database) -> None:
    before = await team_named(db, "Billing")
    await run(db, ROSTER)
    assert set(await people_of(db, BILLING)) >= {"U0BEN", "U0MARA", "U0OLGA", "U0NEW"}
    assert (await team_named(db, "Billing")).version == before.version + 1


async def test_a_setting_in_the_file_changes_the_team(db: Database) -> None:
    rows = [HEADER, ["billing", "Alice", "agent", "#outside"]]
    report = await run(db, rows)
    assert (await team_named(db, "Billing")).leads_channel == "C0OUT"
    assert "Changed team: Billing" in lines(report)
    assert "Note: Baton is not in #outside yet. Please invite it there." in lines(report)
    assert await hellos(db) == 0


async def test_an_admin_may_and_nobody_else(db: Database) -> None:
    assert (await run(db, ROSTER, ADA)).is_saved
    for person in (ALICE, BOB, MARA, replace(cast.STRANGER, is_admin=False)):
        with pytest.raises(Denied):
            await run(db, ROSTER, person)


async def test_another_workspace_is_not_touched(db: Database) -> None:
    await run(db, ROSTER, system("T0THIRD"))
    async with db.read(WORKSPACE) as tx:
        assert await teams.find_by_name(tx, "Returns") is None


async def test_what_is_no_roster_is_refused(db: Database) -> None:
    with pytest.raises(Refused, match="Missing: person"):
        await run(db, [["team", "role"], ["Billing", "lead"]])


async def test_a_thousand_rows_at_once(db: Database) -> None:
    crowd = [Profile(f"U0C{n:04}", name=f"Crowd {n}", updated=1) for n in range(1_000)]
    rows = [["team", "person", "role"], *(["Crowd", one.id, "agent"] for one in crowd)]
    report = await service.import_people(db, OPERATOR, rows, Directory(crowd), now=NOON)
    assert len(report.added) == 1_000
    assert len(await people_of(db, (await team_named(db, "Crowd")).id)) == 1_000
    assert lines(report)[51] == "and 950 more"
