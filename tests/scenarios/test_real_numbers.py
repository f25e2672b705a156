"""Real exports through the chat: every number that others computed of them is what Baton keeps and shows afterwards."""

import csv
from io import BytesIO, StringIO
from random import Random

import pytest
from openpyxl import load_workbook

from bot.people import Role
from bot.rules.metrics.look.looks import Field
from bot.rules.metrics.store.slices import CHANNEL, HOUR, PERSON, TOPIC, WHOLE, label
from bot.rules.teams import Team
from bot.views.metrics import ids
from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from storage import members, people, teams
from tests import cast
from tests.rules.metrics.real.folder import check, iso_week, needed, reference
from tests.scenarios.real_numbers import (
    By,
    drops,
    imports,
    of_calls,
    of_contacts,
    rolled,
    shows_in_time,
    slices,
    the_day,
    the_hour,
    the_member,
    the_week,
)
from tests.scenarios.stage import Stage
from tests.services.floor import team_named

CALLS, CALLS_FILE = "pwc_call_centre", "01 Call-Center-Dataset.xlsx"
CONTACTS, CONTACTS_FILE = "shopzilla_customer_support", "test.csv"
QUARTERS_TO_CALLS, QUARTERS_TO_CONTACTS = 19, 9
"""How many quarters before the last these were."""
RATING = "Satisfaction rating"
CORRECTED = 5
SHOP = "shop"
OF_CALLS: dict[str, tuple[str, tuple[str, ...], By]] = {
    "per_agent": (PERSON, ("agent",), the_member),
    "per_topic": (TOPIC, ("topic",), the_member),
    "per_hour": (HOUR, ("hour",), the_hour),
    "per_day": (WHOLE, ("day",), the_day),
    "per_week": (WHOLE, ("week",), the_week),
    "per_agent_week": (PERSON, ("agent", "week"), lambda row: (row.member, iso_week(row.day))),
}
OF_CONTACTS: dict[str, tuple[str, str, By]] = {
    "per_agent": (PERSON, "agent", the_member),
    "per_category": (TOPIC, "category", the_member),
    "per_channel": (CHANNEL, "channel", the_member),
    "per_day": (WHOLE, "day", the_day),
    "per_week": (WHOLE, "week", the_week),
    "per_manager": (label("Manager"), "manager", the_member),
    "per_shift": (label("Agent Shift"), "shift", the_member),
    "per_tenure": (label("Tenure Bucket"), "tenure", the_member),
}


async def test_calls_of_a_call_centre(stage: Stage) -> None:
    bob, body = stage.person("bob"), needed(f"{CALLS}/{CALLS_FILE}").read_bytes()
    team = await team_named(stage.baton.db, "Billing")
    card = await imports(stage, bob, "calls.xlsx", body)
    await calls_are_right(stage, team.id)
    shown = await looks_back(stage, bob, QUARTERS_TO_CALLS)
    for words in ("Contacts: 5,000", "49.9 % of 4,054", "3.4, from 4,054", "81.1 % of 5,000", "18.9 % of 5,000",
                  "3 min 45 s of 4,054", "1 min 8 s of 4,054"):  # fmt: skip
        assert words in shown, (words, shown)
    await bob.click(card, "Undo")
    await shows_in_time(stage, card, "was taken back")
    await rolled(stage)
    assert await slices(stage, [team.id]) == {}


async def calls_are_right(stage: Stage, team_id: str) -> None:
    told = reference(CALLS)
    check([{**told["total"], "all": ""}], await slices(stage, [team_id]), ("all",), of_calls)
    for table, (slice_, names, by) in OF_CALLS.items():
        check(told[table], await slices(stage, [team_id], slice_, by), names, of_calls)


@pytest.mark.soak
async def test_the_same_calls_in_other_files(stage: Stage) -> None:
    """Three files of random lines, the last first; once more; corrected; and the correction taken back."""
    person, body = stage.person("bob"), needed(f"{CALLS}/{CALLS_FILE}").read_bytes()
    team_id = (await team_named(stage.baton.db, "Billing")).id
    header, *lines = as_text(body)
    Random(7).shuffle(lines)  # noqa: S311 - any order does, as long as it is the same each time
    parts = [as_csv([header, *lines[at::3]]) for at in range(3)]
    for at in (2, 0, 1):
        await imports(stage, person, f"part-{at}.csv", parts[at])
    await calls_are_right(stage, team_id)

    again = await drops_known(stage, person, "again.csv", parts[1])
    assert "I have this very file already" in again.words
    corrected, was = correct(header, lines)
    card = await imports(stage, person, "corrected.csv", as_csv(corrected))
    now = of_calls((await slices(stage, [team_id]))[""])
    total = reference(CALLS)["total"]
    assert now["volume"] == total["volume"]
    assert now["csat_satisfied"] == total["csat_satisfied"] - CORRECTED
    assert now["csat_mean"] == (was - 4 * CORRECTED) / total["csat_n"]
    await person.click(card, "Undo")
    await shows_in_time(stage, card, "was taken back")
    await rolled(stage)
    await calls_are_right(stage, team_id)


def as_text(body: bytes) -> list[list[str]]:
    """The lines of the workbook as somebody writes them into a CSV."""
    [sheet] = load_workbook(BytesIO(body), read_only=True).worksheets
    found = ([*row] for row in sheet.iter_rows(values_only=True))
    return [["" if one is None else str(one) for one in row] for row in found]


def as_csv(lines: list[list[str]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def correct(header: list[str], lines: list[list[str]]) -> tuple[list[list[str]], float]:
    """Five of the best ratings were really the worst. Also what all ratings were before, added up."""
    at = header.index(RATING)
    best = [one for one in lines if one[at] == "5"][:CORRECTED]
    changed = [[*one[:at], "1", *one[at + 1 :]] if one in best else one for one in lines]
    return [header, *changed], sum(float(one[at]) for one in lines if one[at])


async def drops_known(stage: Stage, person: Actor, name: str, body: bytes) -> Message:
    """A file that asks for nothing more."""
    file_id = await person.uploads(name, body)
    await person.says(person.dm_room, "", files=(file_id,))
    card = await person.dm_room.wait_for(text=name)
    await shows_in_time(stage, card, "already")
    return card


async def looks_back(stage: Stage, person: Actor, quarters: int) -> str:
    """All that `/metrics` shows of a quarter, page by page."""
    await person.slash("/metrics", channel="billing")
    shown = person.ephemerals[-1]
    await person.select(shown, f"{ids.CHOOSE}:{Field.CADENCE}", "A quarter")
    for _one in range(quarters):
        before = shown.words
        await person.click(shown, "Earlier")
        await stage.slack.until(lambda: shown.words != before, saying="an earlier quarter")  # noqa: B023
    words = shown.words
    while following := [one for one in shown.buttons if one.startswith("Page ") and " of " in one]:
        before = shown.words
        await person.click(shown, following[0])
        await stage.slack.until(lambda: shown.words != before, saying="the next page")  # noqa: B023
        words += shown.words
    return words


async def test_contacts_of_a_shop(stage: Stage) -> None:
    """Each supervisor has a team, and all these teams are one department, whose numbers are those of the file."""
    ada, told = stage.person("ada"), reference(CONTACTS)
    body = needed(f"{CONTACTS}/{CONTACTS_FILE}").read_bytes()
    by_id = await supervised(stage, [one["supervisor"] for one in told["per_supervisor"]])
    card = await drops(stage, ada, "contacts.csv", body)
    await ada.select(card, "Choose", "seconds")
    await stage.slack.until(lambda: "Import" in card.buttons, saying="nothing more to answer")
    await ada.click(card, "Import")
    await shows_in_time(stage, card, "is in the numbers")
    await rolled(stage)

    team_ids = list(by_id)
    check([{**told["total"], "all": ""}], await slices(stage, team_ids), ("all",), of_contacts)
    teams_of: By = lambda row: by_id[row.team_id]  # noqa: E731
    check(told["per_supervisor"], await slices(stage, team_ids, WHOLE, teams_of), ("supervisor",), of_contacts)  # fmt: skip
    for table, (slice_, name, by) in OF_CONTACTS.items():
        check(told[table], await slices(stage, team_ids, slice_, by), (name,), of_contacts)
    shown = await looks_back(stage, ada, QUARTERS_TO_CONTACTS)
    for words in ("Contacts: 17,182", "82.7 % of 17,182", "4.25, from 17,182", "7 min 28 s of 46", "median 6 min"):  # fmt: skip
        assert words in shown, (words, shown)


async def supervised(stage: Stage, names: list[str]) -> dict[str, str]:
    """Teams of these names in the department that Ada manages, by id."""
    room = stage.channel("shipping-leads").id
    async with stage.baton.db.write(cast.WORKSPACE) as tx:
        await people.add_unknown(tx, [stage.person("ada").id])
        await teams.add(tx, Team(cast.WORKSPACE, SHOP, "A shop", leads_channel=room))
        await members.add(tx, SHOP, Role.MANAGER, [stage.person("ada").id])
        by_id = {f"shop{at:02}": name for at, name in enumerate(names)}
        for team_id, name in by_id.items():
            below = Team(cast.WORKSPACE, team_id, name, leads_channel=room, department_id=SHOP)
            await teams.add(tx, below)
    return by_id
