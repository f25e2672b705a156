"""`/baton my-data` as it is drawn: everything is counted, long names are cut, and Slack takes it."""

import json

import pytest

from bot.people import Role
from bot.rules.coaching import Look, LookKind, State
from bot.rules.coaching.kept import Kept, LookPage, LookSeen, MyData
from bot.text import Text, languages
from bot.views.blocks import Block
from bot.views.coaching import ids, my_data
from sandbox.block_kit import check
from tests.cast import ALICE, MARA, NOON, WORKSPACE
from tests.notes import note
from tests.views.drawn import mrkdwn_of

SHARED = note(State.SHARED, id="note-1", skill="<!here> & listening")


def looked(number: int, kind: LookKind = LookKind.VIEWED) -> LookSeen:
    look = Look(WORKSPACE, f"look-{number}", SHARED.id, ALICE.id, MARA.id, NOON, kind, False)  # noqa: FBT003
    return LookSeen(look, SHARED)


def drawn(mine: MyData, language: str = "en") -> Block:
    view = my_data.my_data(mine, Text(language, "Europe/Berlin"))
    assert check.view(view, "modal") == []
    return view


@pytest.mark.parametrize("language", languages())
def test_it_is_drawn_whole_however_much_there_is(language: str) -> None:
    much = MyData(
        {f"{'Team <@U1> ' * 6}{number}": frozenset(Role) for number in range(12)},
        dict.fromkeys(Kept, 1_234_567),
        shares_mood=True,
        looks=LookPage([looked(number) for number in range(my_data.A_PAGE)], 95),
        page=4,
    )
    view = drawn(much, language)
    turns = [
        one["value"]
        for block in view["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
    ]
    assert turns == ["3", "5"]


def test_everything_that_is_kept_is_said_and_nothing_that_people_wrote_is_a_mention() -> None:
    view = drawn(MyData({"<!channel>": frozenset({Role.AGENT})}, looks=LookPage([looked(1)], 1)))
    said = "\n".join(mrkdwn_of(view))

    assert "<!channel>" not in said
    assert "<!here>" not in said
    assert "Nobody" not in said
    assert {kept for part in my_data.PARTS for kept in part[1]} == set(Kept) == set(my_data.WHAT)


def test_whose_looks_they_are_and_the_button_to_the_note() -> None:
    shown = LookPage([looked(1), looked(2, LookKind.EXPORTED)], 2)
    view = drawn(MyData(looks=shown))
    said = "\n".join(mrkdwn_of(view))

    assert f"<@{MARA.id}> read it" in said
    assert f"<@{MARA.id}> took it along in an Excel file" in said
    buttons = [one["accessory"] for one in view["blocks"] if "accessory" in one]
    assert [one["value"] for one in buttons] == [SHARED.id, SHARED.id]
    assert all(one["action_id"].startswith(ids.OPEN) for one in buttons)


def test_it_says_that_leads_can_keep_private_notes() -> None:
    said = json.dumps(drawn(MyData()))
    assert "Leads can also keep private notes: nobody else ever sees them" in said
    assert "Nobody has looked at any that is shared with you." in said
    assert "You are in no team yet." in said
