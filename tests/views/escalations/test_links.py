"""Links between cases: what a card says of the others, what stays where a case has left, the forms and the messages."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.people import system
from bot.rules import escalations as rules
from bot.rules.escalations import (
    Action,
    Decision,
    Escalation,
    Rating,
    Resolution,
    Returning,
    Rung,
    Solvable,
    Update,
    Wait,
    WaitingOn,
)
from bot.rules.shifts import Next
from bot.text import Text
from bot.views.escalations import closing, details, ids, linking, links, told, told_links
from bot.views.escalations.card import card
from bot.views.escalations.form import unpack
from bot.views.escalations.links import Link, Links
from sandbox.block_kit import check
from tests.casebook import DRAFT, OTHER_TEAM, TEAM
from tests.cast import ALICE, BEN, BOB, CHARLIE, NOON, WORKSPACE

T = Text("en-US", "Europe/Berlin")
CLOCK = system(WORKSPACE)
BACK = NOON + timedelta(hours=2)
NEW = rules.raised(ALICE, TEAM, DRAFT, number=12, now=NOON)
CLAIMED = rules.claimed(NEW.after, BOB, TEAM, now=NOON).after
WAIT = Wait(WaitingOn.DEPARTMENT, "Where is <it>?", BACK)
WAITING = rules.waited(CLAIMED, BOB, WAIT, now=NOON).after
ASKED = rules.raised(BOB, OTHER_TEAM, DRAFT, number=14, now=NOON, parent_id=12).after
THEIRS = rules.claimed(ASKED, CHARLIE, OTHER_TEAM, now=NOON).after
OUTCOME = Resolution("It lay in the depot", Decision.REFUND, 500, "EUR", Solvable.NO)
RESOLVED = rules.resolved(THEIRS, CHARLIE, OUTCOME, now=NOON, helped_by=(BEN.id,)).after
MOVED = rules.moved(CLAIMED, BOB, OTHER_TEAM, "A <parcel>", now=NOON)


def valid(view: dict[str, Any]) -> dict[str, Any]:
    assert check.view(view, view["type"]) == []
    return view


def shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def one(case: Escalation, *, is_open: bool = True) -> Link:
    return Link(case, "Shipping <A>", is_open)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (ASKED, "Waits for Shipping &lt;A&gt; · #14 · no owner yet"),
        (THEIRS, "Waits for Shipping &lt;A&gt; · #14 · owned by <@U0CHARLIE>"),
        (
            rules.waited(THEIRS, CHARLIE, replace(WAIT, on=WaitingOn.CUSTOMER), now=NOON).after,
            "Waits for Shipping &lt;A&gt; · #14 · owned by <@U0CHARLIE>, waits",
        ),
        (
            rules.returned(ASKED, CHARLIE, OTHER_TEAM, Returning("policy", "Page"), now=NOON).after,
            "Waits for Shipping &lt;A&gt; · #14 · <@U0BOB> was asked for more",
        ),
        (RESOLVED, "Asked Shipping &lt;A&gt; · #14 · resolved"),
        (
            rules.withdrawn(ASKED, BOB, now=NOON).after,
            "Asked Shipping &lt;A&gt; · #14 · withdrawn",
        ),
        (
            rules.merged(ASKED, CHARLIE, 20, now=NOON).after,
            "Asked Shipping &lt;A&gt; · #14 · goes on as #20",
        ),
    ],
)
def test_the_first_says_how_the_other_stands_and_nothing_of_it(case: Escalation, said: str) -> None:
    assert links.told(WAITING, Links([one(case)]), T) == [said]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (WAITING, "Asked by Shipping &lt;A&gt; · #12 · owned by <@U0BOB>"),
        (NEW.after, "Asked by Shipping &lt;A&gt; · #12"),
        (RESOLVED, "Asked by Shipping &lt;A&gt; · #14, which is closed"),
    ],
)
def test_the_other_says_who_asks_and_what(case: Escalation, said: str) -> None:
    found = links.told(ASKED, Links(asker=one(case), question="Where\nis <it>?"), T)
    assert found == [said, ">Where", ">is &lt;it&gt;?"]


def test_an_owner_who_does_not_wait_is_not_said_to() -> None:
    assert links.told(CLAIMED, Links([one(ASKED)]), T) == [
        "Asked Shipping &lt;A&gt; · #14 · no owner yet"
    ]


def test_the_card_says_it_below_where_it_stands_and_in_its_text() -> None:
    text, blocks = card(WAITING, [NEW.event], T)
    assert links.beside(text, blocks, WAITING, Links(), T) == (text, blocks)
    many = Links([one(replace(ASKED, id=n)) for n in range(100, 113)])
    text, more = links.beside(text, blocks, WAITING, many, T)
    assert check.message(more) == []
    assert "#109" in text
    assert "and 3 more" in more[2]["text"]["text"]
    assert [*more[:2], *more[3:]] == blocks


def test_a_long_card_keeps_its_text_within_the_limit() -> None:
    found = Links(asker=one(WAITING), question="&" * 1000)
    text, blocks = links.beside("x" * 3890, [], ASKED, found, T)
    assert (len(text), check.message(blocks)) == (3890, [])


def test_what_stays_of_a_card_says_where_it_went() -> None:
    text, blocks = links.stub(MOVED.after, "Shipping <A>", MOVED.event, T)
    assert check.message(blocks) == []
    assert "#12 is with Shipping &lt;A&gt; now." in text
    assert "<@U0BOB> moved it to Shipping: A &lt;parcel&gt;" in shown(blocks)
    assert check.message(links.stub(MOVED.after, "Shipping", None, T)[1]) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda case: linking.ask_form(case, rules.drafted(case, now=NOON), BACK, T),
        lambda case: linking.move_form(case, T),
        lambda case: linking.merge_form(case, T),
    ],
)
def test_the_forms(make: Any) -> None:
    view = valid(make(CLAIMED))
    assert unpack(view["private_metadata"]).escalation_id == 12
    assert DRAFT.summary in shown(view["blocks"][0])


def test_the_form_that_asks_is_prefilled_and_names_no_clock_of_a_team_not_chosen() -> None:
    view = linking.ask_form(CLAIMED, rules.drafted(CLAIMED, now=NOON), BACK, T)
    fields = {one.get("block_id"): one.get("element") for one in view["blocks"]}
    assert fields["summary"]["initial_value"] == DRAFT.summary
    assert fields["until"]["initial_date_time"] == int(BACK.timestamp())
    assert fields["severity"]["initial_option"]["text"]["text"] == "High"
    assert {"team", "question", "tried", "need", "promise_by"} < set(fields)


def test_the_options_are_short_and_name_the_ticket() -> None:
    long = replace(CLAIMED, draft=replace(DRAFT, summary="x" * 150, ticket="y" * 200))
    options = linking.case_options([CLAIMED, long])
    assert options[0]["text"]["text"] == "#12 Refund not received"
    assert options[0]["description"]["text"] == "48213"
    assert all(len(one["text"]["text"]) <= 75 for one in options)
    assert linking.team_options([OTHER_TEAM])[0]["value"] == OTHER_TEAM.id


def test_the_small_questions_at_the_end_are_optional() -> None:
    returning, resolving = closing.return_form(CLAIMED, T), closing.resolve_form(CLAIMED, T)
    [field] = [one for one in valid(returning)["blocks"] if one.get("block_id") == "missing_field"]
    assert field["optional"]
    values = [one["value"] for one in field["element"]["options"]]
    assert (values[0], "source" in values) == ("summary", False)
    [field] = [one for one in valid(resolving)["blocks"] if one.get("block_id") == "helped_by"]
    assert field["optional"]


def test_what_people_are_told_has_all_of_it_in_the_text() -> None:
    merged = rules.merged(ASKED, CHARLIE, 20, now=NOON).after
    withdrawn = rules.withdrawn(ASKED, BOB, now=NOON).after
    on = Next(BACK, (CHARLIE.id,))
    for (text, blocks), words in (
        (told_links.answered(CLAIMED, RESOLVED, T), "Decision: Refund, €5.00"),
        (told_links.answered(CLAIMED, RESOLVED, T), "The next word is due <!date^"),
        (told_links.answered(WAITING, withdrawn, T), "waits for another department until"),
        (told_links.answered(NEW.after, merged, T), "goes on as #20"),
        (told_links.asker_closed(THEIRS, "Bil<ling", 12, T), "Bil&lt;ling has closed #12"),
        (told_links.moved(MOVED.after, MOVED.event, [], T), "to Shipping: A &lt;parcel&gt;."),
        (told_links.moved(MOVED.after, MOVED.event, [], T, on), "until <!date^"),
        (told_links.moved(MOVED.after, MOVED.event, [BEN.id], T), "there now: <@U0BEN>."),
        (told_links.moved_away(MOVED.after, MOVED.event, T), "which you had, to Shipping"),
    ):
        assert check.message(blocks) == []
        assert words in text
        assert words in shown(blocks)


def test_only_a_reporter_whose_case_is_another_teams_is_offered_to_move_it() -> None:
    for reason, expected in (("wrong_team", True), ("policy", False)):
        step = rules.returned(CLAIMED, BOB, TEAM, Returning(reason, "See there"), now=NOON)
        _text, blocks = told.returned(step.after, T)
        assert check.message(blocks) == []
        assert (ids.MOVE in shown(blocks)) is expected


def drawn(case: Escalation, *possible: Action, **more: Any) -> dict[str, Any]:
    return valid(details.details(case, [NEW.event], list(possible), T, **more))


def test_details_offer_what_moves_it_on_first() -> None:
    late = rules.update_late(replace(CLAIMED, level=1), CLOCK, TEAM, now=NOON).after
    [buttons, rating] = [one for one in drawn(late, *Action)["blocks"] if one["type"] == "actions"]
    assert len(buttons["elements"]) == len(Action) - 1, "every action but the rating"
    assert [one["text"]["text"] for one in rating["elements"]] == ["Yes", "In part", "No"]
    labels = [one["text"]["text"] for one in buttons["elements"]]
    assert labels.index("Resolve") < labels.index("Give an update") < labels.index("Merge")
    assert labels.index("Ask another department") < labels.index("Move to another team")
    assert len(labels) <= 25
    primary = [one["text"]["text"] for one in buttons["elements"] if one.get("style")]
    assert primary == ["Claim", "Resolve", "Add what is missing"]


def test_details_offer_nothing_that_would_change_nothing() -> None:
    offered = shown(drawn(CLAIMED, *Action))
    assert "Still on it" not in offered
    assert "One level down" not in offered


def test_details_open_only_the_cases_that_their_reader_may_see() -> None:
    found = Links(
        [one(ASKED)], asker=one(NEW.after, is_open=False), merged=[one(replace(ASKED, id=5))]
    )
    view = drawn(CLAIMED, links=found)
    opened = [one["accessory"]["value"] for one in view["blocks"] if "accessory" in one]
    assert opened == ["14", "5"]
    assert "*#12* Shipping &lt;A&gt; · no owner yet" in shown(view)
    goes_on = Links(goes_on=[one(replace(ASKED, id=20))])
    assert "*#20*" in shown(drawn(rules.merged(CLAIMED, BOB, 20, now=NOON).after, links=goes_on))


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (rules.level_put_off(NEW.after, CLOCK, Rung(0, 0, BACK), now=NOON).after, "Next level at"),
        (NEW.after, "Claim by"),
        (replace(NEW.after, opens_at=BACK), "The team opens"),
        (CLAIMED, "Next word by"),
        (rules.update_late(CLAIMED, CLOCK, TEAM, now=NOON).after, "Falls to somebody else at"),
        (replace(CLAIMED, remind_at=BACK), "Reminder at"),
        (WAITING, "Back at"),
        (replace(CLAIMED, draft=replace(DRAFT, promise_by=BACK)), "Promised by"),
        (
            rules.returned(CLAIMED, BOB, TEAM, Returning("policy", "Page"), now=NOON).after,
            "Its reporter is asked again at",
        ),
    ],
)
def test_details_say_what_comes_next_by_itself(case: Escalation, said: str) -> None:
    contexts = [one for one in drawn(case)["blocks"] if one["type"] == "context"]
    assert f"{said} <!date^" in shown(contexts)


def test_details_of_what_is_closed_have_no_clocks() -> None:
    assert not [one for one in drawn(RESOLVED)["blocks"] if one["type"] == "context"]


def test_details_say_for_whom_it_waits_and_the_newest_word() -> None:
    waits = shown(drawn(WAITING))
    assert "*Waits for another department* since <!date^" in waits
    assert "Where is &lt;it&gt;?" in waits
    word = Update("The bank <looks>", "", "A receipt")
    updated = shown(drawn(rules.updated(CLAIMED, BOB, TEAM, word, now=NOON).after))
    assert "*How it stands:* The bank &lt;looks&gt;" in updated
    assert "*What is needed:* A receipt" in updated
    assert "What is being done" not in updated


def test_details_say_who_helped_and_to_leads_whether_it_did() -> None:
    rated = rules.rated(RESOLVED, BOB, Rating.PARTLY, now=NOON).after
    assert "*Made it easier:* <@U0BEN>" in shown(drawn(rated))
    assert "It helped in part" not in shown(drawn(rated))
    assert "*Its reporter says:* It helped in part" in shown(drawn(rated, knows_rating=True))


def test_the_fullest_details_fit() -> None:
    nasty = "&" * 2500
    draft = replace(DRAFT, tried=nasty, promise=nasty[:1000], promise_by=BACK)
    case = replace(
        WAITING, draft=draft, remind_at=BACK, return_why=nasty[:1000], resolution=OUTCOME
    )
    case = replace(case, update=Update(nasty, nasty, nasty), updated_at=NOON, waiting_why=nasty)
    events = [replace(NEW.event, why=nasty[:1000])] * 40
    found = Links([one(replace(ASKED, id=n)) for n in range(100, 130)])
    view = details.details(case, events, list(Action), T, 1, links=found, knows_rating=True)
    assert len(valid(view)["blocks"]) <= 100
