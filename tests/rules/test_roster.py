"""A roster: which row says what, whom it means, and what it would change."""

import pytest

from bot.errors import Refused
from bot.people import Role
from bot.rules.people import Profile
from bot.rules.roster.directory import Channel, Directory
from bot.rules.roster.lines import parse
from bot.rules.roster.planning import Known, Plan, make_plan, warnings
from bot.rules.teams import Team
from tests.cast import WORKSPACE

HEADER = ["team", "person", "role"]
PEOPLE = (
    Profile("U0ALICE", "ali", "Alice Archer", "alice", "alice@example.com", "Europe/Berlin"),
    Profile("U0BOB", "", "Bob Baker", "bob", "bob@example.com", "Europe/Berlin"),
    Profile("U0ANNA1", "anna", "Anna Schmidt", "anna.s", "anna.s@example.com", "Asia/Tokyo"),
    Profile("U0ANNA2", "Anna", "Anna Berg", "anna.b", "anna.b@example.com"),
    Profile("U0GONE", "gone", "Gone Girl", is_deleted=True),
    Profile("U0BOT", "helper", "Helper", is_bot=True),
    Profile("U0ALICE2", "alice-old", "Alice Archer", is_deleted=True),
)
CHANNELS = (Channel("C0BILLING", "billing"), Channel("C0LEADS", "billing-leads", is_member=True))
DIRECTORY = Directory(PEOPLE, CHANNELS)
EMPTY = Known(WORKSPACE)


def plan(*rows: list[str], header: list[str] | None = None, known: Known = EMPTY) -> Plan:
    return make_plan(parse([header or HEADER, *rows]), DIRECTORY, known)


def said(found: Plan) -> list[tuple[int, str]]:
    return [(one.row, str(one.refused)) for one in found.problems]


@pytest.mark.parametrize(
    "header",
    [
        ["team", "person", "role"],
        ["Role", " TEAM ", "Person", "notes"],
        ["person", "role", "team", "Leads-Channel", "team channel"],
    ],
)
def test_columns_are_found_by_name(header: list[str]) -> None:
    row = {"team": "Billing", "person": "bob", "role": "lead"}
    [line] = parse([header, [row.get(name.strip().lower(), "") for name in header]])
    assert (line.row, line.team, line.person, line.role) == (2, "Billing", "bob", "lead")


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([["team", "person"], ["a", "b"]], "Missing: role"),
        ([["a", "b", "c"]], "Missing: team, person, role"),
        ([["team", "person", "role", "Team"], ["a", "b", "c", "d"]], "two columns named `team`"),
        ([HEADER], "no row below"),
        ([HEADER, [], ["", " "]], "no row below"),
        ([], "Missing"),
    ],
)
def test_what_is_no_roster_is_refused(rows: list[list[str]], complaint: str) -> None:
    with pytest.raises(Refused, match=complaint):
        parse(rows)


def test_empty_rows_are_passed_over_and_short_ones_are_read() -> None:
    lines = parse([[], HEADER, [], ["Billing"], ["", "", ""], ["Billing", "bob", "lead", "more"]])
    assert [line.row for line in lines] == [4, 6]


@pytest.mark.parametrize(
    "written",
    ["U0ALICE", "<@U0ALICE|alice>", "@ali", "ALI", "alice archer", " Alice  Archer", "alice",
     "Alice@Example.com"],
)  # fmt: skip
def test_a_person_is_found_by_anything_that_names_them(written: str) -> None:
    assert DIRECTORY.person(written).id == "U0ALICE"


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("Nobody", "Nobody here is called “Nobody”"),
        ("anna", r"U0ANNA1 \(Anna Schmidt\), U0ANNA2 \(Anna Berg\)"),
        ("gone", "has left"),
        ("U0BOT", "is a bot"),
    ],
)
def test_who_is_not_found_is_said_with_what_to_write(written: str, complaint: str) -> None:
    with pytest.raises(Refused, match=complaint):
        DIRECTORY.person(written)


@pytest.mark.parametrize("written", ["C0LEADS", "#billing-leads", "Billing-Leads", "<#C0LEADS|x>"])
def test_a_channel_is_found_by_id_or_name(written: str) -> None:
    assert DIRECTORY.channel(written).id == "C0LEADS"


def test_a_new_team_gets_its_people_and_the_zone_of_most_of_them() -> None:
    found = plan(
        ["Billing", "bob", "Lead"], ["billing ", "alice", "agents"], ["Billing", "anna.s", "agent"]
    )
    [team] = found.created
    assert (team.name, team.zone, team.id) == ("Billing", "Europe/Berlin", "")
    assert found.added == (
        ("billing", Role.AGENT, "U0ALICE"),
        ("billing", Role.AGENT, "U0ANNA1"),
        ("billing", Role.LEAD, "U0BOB"),
    )


def test_the_same_row_twice_counts_once() -> None:
    assert len(plan(["Billing", "bob", "lead"], ["BILLING", "U0BOB", "Lead"]).added) == 1


def test_settings_are_taken_from_any_row_of_the_team() -> None:
    header = [*HEADER, "zone", "team_channel", "leads_channel", "language"]
    found = plan(
        ["Billing", "bob", "lead", "asia/tokyo", "", "#billing-leads"],
        ["Billing", "alice", "agent", "", "C0BILLING", "", "English"],
        header=header,
    )
    [team] = found.created
    assert (team.zone, team.team_channel, team.leads_channel, team.language) == (
        "Asia/Tokyo",
        "C0BILLING",
        "C0LEADS",
        "en",
    )


def test_every_wrong_row_is_named_with_its_reason_and_nothing_is_planned() -> None:
    header = [*HEADER, "zone", "leads_channel", "language"]
    found = plan(
        ["Billing", "bob", "lead", "Europe/Berlin"],
        ["", "bob", "lead"],
        ["Billing", "nobody", "boss"],
        ["Billing", "alice", "agent", "Asia/Tokyo", "#nowhere", "Klingon"],
        ["x" * 61, "alice", "agent", "Berlin time"],
        header=header,
    )
    rows = [row for row, _ in said(found)]
    assert rows == [3, 4, 4, 5, 5, 5, 6, 6]
    words = " ".join(text for _, text in said(found))
    for part in ("`team` is empty", "“boss” is no role", "Nobody here", "earlier row", "no channel",
                 "does not speak", "longer than 60", "no time zone"):  # fmt: skip
        assert part in words
    assert (found.created, found.added) == ((), ())


BILLING = Team(WORKSPACE, "t1", "Billing", zone="Europe/Berlin", leads_channel="C0LEADS")
THERE = Known(
    WORKSPACE,
    (BILLING,),
    {("t1", Role.LEAD): frozenset({"U0BOB"}), ("t1", Role.AGENT): frozenset({"U0ALICE"})},
)


def test_what_is_there_already_changes_nothing() -> None:
    found = plan(["Billing", "bob", "lead"], ["Billing", "ali", "agent"], known=THERE)
    assert (found.created, found.changed, found.added) == ((), (), ())
    assert (found.unchanged, found.absent) == (2, ())


def test_a_setting_that_differs_changes_the_team_and_keeps_the_rest() -> None:
    found = plan(["BILLING", "bob", "lead", "Asia/Tokyo"], header=[*HEADER, "zone"], known=THERE)
    [team] = found.changed
    assert (team.id, team.name, team.zone, team.leads_channel) == (
        "t1",
        "Billing",
        "Asia/Tokyo",
        "C0LEADS",
    )


def test_who_is_not_in_the_file_is_told_and_stays() -> None:
    found = plan(["Billing", "bob", "lead"], known=THERE)
    assert found.absent == (("billing", Role.AGENT, "U0ALICE"),)


def test_other_teams_are_not_spoken_of() -> None:
    assert plan(["Shipping", "bob", "lead"], known=THERE).absent == ()


def test_what_will_disappoint_is_said() -> None:
    header = [*HEADER, "leads_channel"]
    bare = plan(["Billing", "alice", "agent"])
    assert [str(one) for one in warnings(bare, DIRECTORY, set())] == [
        "Billing has nobody who leads it yet.",
        "Billing has no leads' channel yet, so its escalations have nowhere to go.",
    ]
    outside = plan(["Billing", "bob", "lead", "#billing"], header=header)
    assert [str(one) for one in warnings(outside, DIRECTORY, {"billing"})] == [
        "Baton is not in #billing yet. Please invite it there."
    ]
    assert (
        list(warnings(plan(["Billing", "bob", "lead"], known=THERE), DIRECTORY, {"billing"})) == []
    )
