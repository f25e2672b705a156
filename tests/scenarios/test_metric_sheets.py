"""The story of an Excel file with numbers, from the form to its cells; a month's report; and whose numbers are in them."""

from datetime import date
from typing import Any

from tests.scenarios.escalating import told
from tests.scenarios.stage import Stage
from tests.scenarios.test_metric_digests import billing
from tests.scenarios.test_reports import the_file
from tests.services.metrics.digests import rate

FEBRUARY = (date(2026, 2, 3), date(2026, 2, 4), date(2026, 2, 10))


def csat(book: Any, sheet: str) -> list[tuple[Any, ...]]:
    """The first cell, numerator and denominator of each line."""
    titles = [one.value for one in book[sheet][1]]
    places = [titles.index(one) for one in ("Metric", "Numerator", "Denominator")]
    return [
        (row[0], row[places[1]], row[places[2]])
        for row in book[sheet].iter_rows(min_row=2, values_only=True)
        if row[places[0]] == "CSAT"
    ]


async def test_a_lead_gets_the_numbers_of_their_people_and_an_agent_only_their_own(
    stage: Stage,
) -> None:
    db, team = stage.baton.db, await billing(stage)
    bob, alice = stage.person("bob"), stage.person("alice")
    await alice.slash("/metrics", "help")  # so that Baton knows her name
    for day, good in zip(FEBRUARY, (7, 8, 9), strict=True):
        await rate(db, day, good, 10, person=alice.id, team_id=team.id)
        await rate(db, day, 5, 10, person="=Diane", team_id=team.id)

    await bob.slash("/metrics", "export")
    chosen: dict[str, object] = {
        "When": "From one day to another",
        "First day": "2026-02-10",
        "Last day": "2026-02-01",
        "Which numbers": ["CSAT", "Contacts"],
    }
    refused = await bob.fill(chosen).submit()
    assert not refused.ok
    assert bob.modal.value_of("Which numbers") == ["CSAT", "Contacts"]
    assert (await bob.fill({"First day": "2026-02-01", "Last day": "2026-02-28"}).submit()).ok
    assert "is being made" in bob.modal.text
    book = the_file(stage, bob, await told(stage, bob, "The numbers from"))
    assert csat(book, "Totals") == [("Billing", 39, 60)]
    assert csat(book, "By person") == [("=Diane", 15, 30), ("alice", 24, 30)]
    assert len(csat(book, "By day")) == len(FEBRUARY)
    assert book["Charts"]._charts

    report = await alice.slash("/metrics", "report 2026-02")
    assert "Monthly report" in report.text
    assert "CSAT" in report.text
    assert "Diane" not in report.text
    book = the_file(stage, alice, await told(stage, alice, "The numbers from"))
    assert csat(book, "Totals") == [("Billing", 39, 60)]
    assert csat(book, "By person") == [("alice", 24, 30)]
