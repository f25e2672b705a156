"""How set-up looks: within Slack's limits, with no button that would be refused, and no words that could become a mention."""

import json
from dataclasses import replace

import pytest

from bot.app import new_router
from bot.clock import RealClock
from bot.people import Role
from bot.rules.teams import Group, SetUp, Team, TeamDraft, TeamSeen, problems
from bot.rules.zones import Zone
from bot.text import Text
from bot.views.blocks import Block
from bot.views.menus import read_choice
from bot.views.teams import form, overview
from bot.views.teams.words import hello, mentions
from sandbox.block_kit import check
from storage.database import Database
from tests.cast import NOON, WORKSPACE
from tests.patience import PATIENT

T = Text()
NASTY = "<!channel> *&* `x`"
TEAM = Team(WORKSPACE, "t1", "Billing", leads_channel="C0LEADS")
FULL = TeamDraft(
    "Billing",
    zone="Europe/Berlin",
    team_channel="C0TEAM",
    leads_channel="C0LEADS",
    people={role: tuple(f"U0{n:03}" for n in range(60)) for role in Role},
    groups={role: (Group("S0ALL", "@everybody"),) for role in Role},
)


def seen(n: int = 1, *, may_edit: bool = True, name: str = "Billing") -> tuple[TeamSeen, ...]:
    teams = [Team(WORKSPACE, f"t{i}", f"{name} {i}", leads_channel="C0LEADS") for i in range(n)]
    return tuple(TeamSeen(team, ("U0BOB",), frozenset({Role.LEAD}), may_edit) for team in teams)


def menus(set_up: SetUp, mark: str = "") -> list[Block]:
    blocks = overview.overview(set_up, T, mark=mark)["blocks"]
    return [one["accessory"] for one in blocks if "accessory" in one]


def words(view: Block) -> str:
    return json.dumps(view, ensure_ascii=False)


@pytest.mark.parametrize(
    "view",
    [
        overview.overview(SetUp(), T),
        overview.overview(SetUp(owners=("U0SVEN",)), T),
        overview.overview(SetUp(may_set_up=True), T),
        overview.overview(SetUp(seen(300), ("U0ADA",) * 30, (), may_set_up=True), T),
        form.team_form(TeamDraft(""), T, NOON),
        form.team_form(FULL, T, NOON, TEAM),
        form.admins_form(["U0ADA"], T),
    ],
)
def test_every_view_is_within_slacks_limits(view: Block) -> None:
    assert check.view(view, "modal") == []


ALL = TeamSeen(
    replace(TEAM, name="&" * 80),
    ("U0BOB",),
    frozenset(Role),
    may_edit=True,
    may_set_clocks=True,
    may_set_standups=True,
    may_set_coaching=True,
    may_set_kudos=True,
)


@pytest.mark.parametrize("language", ["en", "el", "uk"])
def test_many_teams_with_everything_in_their_menus_fit(language: str) -> None:
    many = tuple(replace(ALL, team=replace(ALL.team, id="x" * 30 + str(n))) for n in range(300))
    set_up = SetUp(many, ("U0ADA",) * 30, ("U0SVEN",), may_set_up=True)
    view = overview.overview(set_up, Text(language), part="&" * 4000, mark="1.2." + "f" * 100)
    assert check.view(view, "modal") == []
    assert len(words(view)) < 250_000


@pytest.mark.parametrize(
    ("seen", "choices"),
    [
        (TeamSeen(TEAM, (), frozenset(), may_edit=False), ["Shifts", "Policies"]),
        (TeamSeen(TEAM, (), frozenset(), may_edit=True), ["Edit", "Shifts", "Policies"]),
        (
            replace(ALL, may_edit=False),
            ["Shifts", "Policies", "Stand-ups", "Clocks", "Coaching", "Kudos"],
        ),
    ],
)
def test_the_menu_has_what_is_theirs(seen: TeamSeen, choices: list[str]) -> None:
    [menu] = menus(SetUp((seen,)))
    assert [one["text"]["text"] for one in menu["options"]] == choices


def test_a_choice_does_not_stay_chosen() -> None:
    """Slack keeps what was chosen as long as the menu keeps its name, and then the same choice does nothing."""
    first, second = (menus(SetUp((ALL,)), mark=one)[0]["action_id"] for one in ("1", "2"))
    assert first != second


async def test_every_choice_is_handled(sqlite_url: str) -> None:
    database = Database(sqlite_url, PATIENT)
    await database.close()
    router = new_router(database, RealClock())
    assert overview.TEAM_MENU in router.clicks
    [menu] = menus(SetUp((ALL,)))
    chosen = [read_choice(one["value"]) for one in menu["options"]]
    assert {action_id for action_id, _team in chosen} <= set(router.clicks)
    assert {team for _action_id, team in chosen} == {"t1"}
    assert {action_id for action_id, _team in chosen} > overview.IN_PLACE


def test_choices_are_offered_to_those_who_may() -> None:
    for_all = words(overview.overview(SetUp(seen(may_edit=False), ("U0ADA",)), T))
    assert overview.TEAM_EDIT not in for_all
    assert overview.TEAM_NEW not in for_all
    admin = words(overview.overview(SetUp(seen(), ("U0ADA",), may_set_up=True), T))
    for action in (overview.TEAM_EDIT, overview.TEAM_NEW, overview.ADMINS_EDIT):
        assert action in admin


@pytest.mark.parametrize(
    ("set_up", "said"),
    [
        (SetUp(admins=("U0ADA",)), "Ask <@U0ADA> to add you"),
        (SetUp(owners=("U0SVEN",)), "<@U0SVEN> can: they type `/baton`"),
        (SetUp(), "An owner or admin of this Slack workspace can"),
    ],
)
def test_who_is_in_no_team_is_told_whom_to_ask(set_up: SetUp, said: str) -> None:
    assert said in words(overview.overview(set_up, T))


def test_what_was_typed_cannot_become_a_mention() -> None:
    shown = words(overview.overview(SetUp(seen(name=NASTY)), T))
    section = json.dumps(overview.overview(SetUp(seen(name=NASTY)), T)["blocks"][1]["text"])
    assert "<!channel>" not in section
    assert "&lt;!channel&gt;" in shown
    assert "<!channel>" not in overview.unknown_word(NASTY * 20, T)
    assert "<!channel>" not in hello(Team(WORKSPACE, "t", NASTY))


def test_the_form_has_a_field_for_everything_that_can_be_wrong() -> None:
    fields = {
        block["block_id"]
        for block in form.team_form(TeamDraft(""), T, NOON)["blocks"]
        if block["type"] == "input"
    }
    wrong = TeamDraft("", "?", language="?")
    assert set(problems(wrong)) <= fields
    assert {*Role} | {form.groups_field(role) for role in Role} <= fields


def test_the_form_carries_which_team_in_which_version() -> None:
    view = form.team_form(FULL, T, NOON, TEAM)
    assert form.carried(view["private_metadata"]) == ("t1", 1)
    assert form.carried("") == ("", 0)


def test_choices_are_cut_and_never_empty() -> None:
    assert len(form.zone_options([Zone("UTC", "UTC")] * 200)) == 100
    [option] = form.group_options([Group("S0NAMELESS")])
    assert option["text"]["text"] == "S0NAMELESS"


def test_many_people_are_named_in_part() -> None:
    assert mentions(["U1"], T) == "<@U1>"
    assert mentions([f"U{n}" for n in range(13)], T).endswith("<@U9> and 3 more")
