"""Each kind of payload finds its handler, has a key that a repeat shares, and is answered whatever happens."""

import json

import pytest

from bot.errors import AlreadyHeard, DatabaseGone, FormProblems, Refused
from handlers.request import Reply, Request
from storage.sealing import CannotOpen
from tests.cast import ALICE, NOON, WORKSPACE
from tests.handlers.routing import TEAM, USER, Json, Stage, raising, remembering


async def test_every_kind_of_payload_finds_its_handler_and_has_its_key(stage: Stage) -> None:
    seen: list[Request] = []
    handler, router = remembering(seen), stage.router
    router.commands["/escalate"] = router.clicks["claim"] = router.submissions["form"] = handler
    router.shortcuts["escalate"] = router.closings["form"] = router.events["app_home_opened"] = (
        handler
    )
    router.events["message.im"] = handler

    await stage.send(stage.command(), form=True)
    await stage.send(stage.click("claim"))
    await stage.send(stage.submission("form"))
    shortcut = {
        "type": "shortcut",
        "callback_id": "escalate",
        "trigger_id": "1.9",
        "team": TEAM,
        "user": USER,
    }
    await stage.send(shortcut)
    await stage.send(shortcut | {"type": "message_action", "message": {}, "channel": {"id": "C1"}})
    await stage.send(stage.submission("form") | {"type": "view_closed"})
    await stage.event({"type": "app_home_opened", "user": ALICE.id, "tab": "home"})
    message = {"type": "message", "user": ALICE.id, "channel": "D1", "ts": "1.1"}
    await stage.event(message | {"channel_type": "im"})
    await stage.event(message | {"channel_type": "channel"})  # which nobody listens to

    assert [request.key for request in seen] == [
        "command:1.2",
        "click:U0ALICE:1.1:claim:1.5",
        "submit:V1:h1",
        "shortcut:1.9",
        "shortcut:1.9",
        "close:V1",
        "event:Ev1",
        "event:Ev1",
    ]
    assert all(request.person == ALICE and request.now == NOON for request in seen)


async def test_what_a_form_holds_is_read_by_name(stage: Stage) -> None:
    seen: list[Request] = []
    stage.router.submissions["form"] = remembering(seen)
    await stage.send(stage.submission("form"))
    assert seen[0].metadata == "12"
    assert seen[0].fields == {
        "summary": "Words", "team": "t1", "people": ["U1"], "days": ["mon"], "empty": None,
    }  # fmt: skip


async def test_one_action_in_several_places(stage: Stage) -> None:
    """Ids in one message must differ; what follows the colon only keeps them apart."""
    seen: list[Request] = []
    stage.router.clicks["claim"] = remembering(seen)
    await stage.send(stage.click("claim:7"))
    assert seen[0].value == "7"


async def test_a_command_is_answered_privately_in_its_ack(stage: Stage) -> None:
    stage.router.commands["/escalate"] = remembering([], Reply(text="Usage"))
    response = await stage.send(stage.command(), form=True)
    assert json.loads(response.body) == {"text": "Usage", "response_type": "ephemeral"}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("Only a lead of {team} can.", team="Billing"), "Only a lead of Billing can."),
        (DatabaseGone("connection refused"), "nothing was saved"),
        (CannotOpen("Nobody gave the key."), "cannot be opened now"),
        (ZeroDivisionError(), "Please quote"),
    ],
)
async def test_a_failure_is_told_in_every_place(stage: Stage, error: Exception, words: str) -> None:
    router = stage.router
    router.commands["/escalate"] = router.clicks["claim"] = router.submissions["form"] = raising(
        error
    )

    command = await stage.send(stage.command(), form=True)
    assert words in json.loads(command.body)["text"]

    assert (await stage.send(stage.click("claim"))).status == 200
    assert words in stage.told[-1]["text"]
    assert stage.told[-1]["response_type"] == "ephemeral"
    assert stage.told[-1]["replace_original"] is False

    form = json.loads((await stage.send(stage.submission("form"))).body)
    assert form["response_action"] == "push"  # the form stays below, with everything typed
    assert words in form["view"]["blocks"][0]["text"]["text"]


async def test_a_message_that_only_one_person_sees_can_become_another(stage: Stage) -> None:
    async def answer(request: Request) -> None:
        await (request.become or request.whisper)("Done")

    stage.router.clicks["give"] = answer
    await stage.send(stage.click("give"))
    assert stage.told[-1]["replace_original"] is False
    click = stage.click("give")
    await stage.send(click | {"container": click["container"] | {"is_ephemeral": True}})
    assert stage.told[-1]["replace_original"] is True
    assert stage.told[-1]["text"] == "Done"


async def test_whose_an_event_is_matters_only_where_it_is_worth_it(stage: Stage) -> None:
    looked: list[tuple[str, Json]] = []
    heard: list[Request] = []

    async def is_tada(workspace_id: str, event: Json) -> bool:
        looked.append((workspace_id, event))
        return bool(event["reaction"] == "tada")

    stage.router.events["reaction_added"] = remembering(heard)
    stage.router.worth["reaction_added"] = is_tada
    for user, emoji in (("U0UNKNOWN", "eyes"), (ALICE.id, "tada")):
        event = {"type": "reaction_added", "user": user, "reaction": emoji}
        assert (await stage.event(event)).status == 200
    assert [one[0] for one in looked] == [WORKSPACE, WORKSPACE]
    assert [one.person for one in heard] == [ALICE]


async def test_wrong_fields_are_named_beside_them(stage: Stage) -> None:
    problems = FormProblems({"summary": Refused("Say in a sentence what is wrong.")})
    stage.router.submissions["form"] = raising(problems)
    response = json.loads((await stage.send(stage.submission("form"))).body)
    assert response == {
        "response_action": "errors",
        "errors": {"summary": "Say in a sentence what is wrong."},
    }


@pytest.mark.parametrize(
    ("below", "where"),
    [(None, "push"), ("V0", "push"), ("V9", "update")],
    ids=["the first", "the second", "the third"],
)
async def test_a_click_in_a_form_is_refused_on_top_of_it_or_in_its_place(
    stage: Stage, below: str | None, where: str
) -> None:
    """Slack allows three on top of each other."""
    stage.router.clicks["claim"] = raising(Refused("Not now."))
    click = stage.click("claim") | {
        "container": {"type": "view", "view_id": "V1"},
        "view": {"type": "modal", "id": "V1", "root_view_id": "V0", "previous_view_id": below},
    }
    del click["response_url"]
    await stage.send(click)
    assert stage.told[-1]["path"] == f"/api/views.{where}"


async def test_a_repeat_is_acknowledged_and_nobody_is_told(stage: Stage) -> None:
    stage.router.clicks["claim"] = raising(AlreadyHeard("k"))
    assert (await stage.send(stage.click("claim"))).status == 200
    assert stage.told == []


async def test_an_event_during_an_outage_is_left_for_slack_to_send_again(stage: Stage) -> None:
    stage.router.events["app_home_opened"] = raising(DatabaseGone("gone"))
    assert (await stage.event({"type": "app_home_opened", "user": ALICE.id})).status == 503


async def test_what_nobody_handles_is_acknowledged(stage: Stage) -> None:
    assert (await stage.event({"type": "channel_rename", "channel": {}})).status == 200
    assert (await stage.send(stage.click("something old"))).status == 200
