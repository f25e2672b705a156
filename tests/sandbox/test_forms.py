"""Modals: what opens them, how they stack, what is submitted, and how an app answers."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people_acts.result import NotAllowed
from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, SEED
from tests.sandbox.helpers import HandClock, Json, refused
from tests.sandbox.throwaway_app import form, heard_by, input_block, option, text


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST, clock=clock) as sandbox:
        yield sandbox


def trigger(slack: Sandbox, person: str = "U0ALICE") -> str:
    return slack.core.triggers.issue(person)


async def test_a_trigger_opens_one_view_within_three_seconds(
    slack: Sandbox, client: AsyncWebClient, clock: HandClock
) -> None:
    used, late = trigger(slack), trigger(slack)
    await client.views_open(trigger_id=used, view=form())
    with refused("exchanged_trigger_id"):
        await client.views_open(trigger_id=used, view=form())
    clock.move(seconds=3.1)
    with refused("expired_trigger_id"):
        await client.views_open(trigger_id=late, view=form())
    with refused("invalid_trigger_id"):
        await client.views_open(trigger_id="1.2.3", view=form())


async def test_a_stack_holds_three(slack: Sandbox, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=trigger(slack), view=form("One"))
    for title in ("Two", "Three"):
        await client.views_push(trigger_id=trigger(slack), view=form(title))
    with refused("push_limit_reached"):
        await client.views_push(trigger_id=trigger(slack), view=form("Four"))
    alice = slack.person("alice")
    assert [one.title for one in alice.modals] == ["One", "Two", "Three"]
    assert alice.modal.raw["root_view_id"] == alice.modals[0].id
    assert alice.modal.raw["previous_view_id"] == alice.modals[1].id
    assert not slack.person("bob").modals, "a stack belongs to one person"


async def test_initial_values_are_submitted_and_changed_ones_too(
    slack: Sandbox, app: AsyncApp
) -> None:
    alice = slack.person("alice")
    await alice.slash("/form")
    await alice.fill({"What is wrong?": "Fire"}).submit()
    values = heard_by(app)[-1]["view"]["state"]["values"]
    assert values["what"]["what"] == {"type": "plain_text_input", "value": "Fire"}
    assert values["urgency"]["urgency"]["selected_option"] == option("Low")
    assert values["who"]["who"] == {"type": "users_select", "selected_user": None}
    assert values["mail"]["mail"]["value"] == "a@b.example"
    assert heard_by(app)[-1]["view"]["private_metadata"] == "kept"


async def test_what_is_required_is_asked_for_without_the_app(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    await alice.slash("/form")
    result = await alice.fill({"Mail": "no address"}).submit()
    assert not result.ok
    assert alice.modal.errors == {
        "What is wrong?": "Please complete this required field.",
        "Mail": "Please enter a valid email address.",
    }
    assert heard_by(app)[-1]["command"] == "/form", "the app was not asked"
    await alice.fill({"What is wrong?": "Fire", "Mail": ""}).submit()
    assert not alice.modals


@pytest.mark.parametrize(
    ("element", "given", "complaint"),
    [
        ({"type": "plain_text_input", "min_length": 5}, "abc", "at least 5"),
        ({"type": "plain_text_input", "max_length": 2}, "abc", "at most 2"),
        ({"type": "number_input", "is_decimal_allowed": False}, "x", "a number"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1", "at least 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "3", "at most 2"),
        ({"type": "url_text_input"}, "x", "valid URL"),
    ],
)
async def test_inputs_are_checked(
    slack: Sandbox, client: AsyncWebClient, element: Json, given: str, complaint: str
) -> None:
    view = form(blocks=[input_block("it", "It", element)])
    await client.views_open(trigger_id=trigger(slack), view=view)
    alice = slack.person("alice")
    await alice.fill({"It": given}).submit()
    assert complaint in alice.modal.errors["It"]


async def test_the_app_answers_a_submission(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    await alice.slash("/form")
    await alice.fill({"What is wrong?": "bad", "How urgent?": "High"}).submit()
    assert alice.modal.errors == {"What is wrong?": "Say more."}
    assert alice.modal.value_of("How urgent?") == "High", "what was typed stays"
    await alice.fill({"What is wrong?": "more"}).submit()
    assert [one.title for one in alice.modals] == ["Raise", "Next"]
    await alice.fill({"What is wrong?": "other"}).submit()
    assert [one.title for one in alice.modals] == ["Raise", "Other"]
    await alice.fill({"What is wrong?": "all"}).submit()
    assert not alice.modals


async def test_a_bad_answer_is_seen(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    await alice.slash("/form")
    result = await alice.fill({"What is wrong?": "nowhere"}).submit()
    assert result.error == "invalid_errors_block_id"
    assert alice.modal.value_of("What is wrong?") == "nowhere"


async def test_a_form_that_nobody_answers_stays_open(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    await client.views_open(trigger_id=trigger(slack), view=form())
    alice = slack.person("alice")
    result = await alice.fill({"What is wrong?": "Fire"}).submit()
    assert (result.ok, result.error) == (False, "dispatch_failed")
    assert alice.failures == [result.text]
    assert alice.modal.value_of("What is wrong?") == "Fire"


async def test_closing_is_told_only_when_asked_for(
    slack: Sandbox, client: AsyncWebClient, app: AsyncApp
) -> None:
    alice = slack.person("alice")
    await client.views_open(trigger_id=trigger(slack), view=form())
    await alice.modal.close()
    assert not heard_by(app)
    await client.views_open(trigger_id=trigger(slack), view=form(notify_on_close=True))
    root = alice.modal.id
    await client.views_push(trigger_id=trigger(slack), view=form("Two"))
    await alice.modal.close(clear=True)
    closed = heard_by(app)[-1]
    assert (closed["type"], closed["is_cleared"], closed["view"]["id"]) == (
        "view_closed",
        True,
        root,
    )
    assert not alice.modals


async def test_a_stale_hash_is_a_conflict_and_typed_text_survives_an_update(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    opened = await client.views_open(trigger_id=trigger(slack), view=form(external_id="mine"))
    alice = slack.person("alice")
    await alice.fill({"What is wrong?": "half a sen"})
    view_hash = opened["view"]["hash"]
    await client.views_update(
        external_id="mine", view=form("Newer", external_id="mine"), hash=view_hash
    )
    assert alice.modal.title == "Newer"
    assert alice.modal.value_of("What is wrong?") == "half a sen"
    with refused("hash_conflict"):
        await client.views_update(view_id=opened["view"]["id"], view=form(), hash=view_hash)
    with refused("not_found"):
        await client.views_update(view_id="V0", view=form())
    with refused("duplicate_external_id"):
        await client.views_push(trigger_id=trigger(slack), view=form(external_id="mine"))


async def test_an_invalid_view_is_pointed_at(slack: Sandbox, client: AsyncWebClient) -> None:
    view = form("A title of more than twenty-four")
    del view["submit"]
    with refused("invalid_arguments") as caught:
        await client.views_open(trigger_id=trigger(slack), view=view)
    messages = caught.value.response["response_metadata"]["messages"]
    assert any("/view/title/text" in one for one in messages)
    assert any("submit" in one for one in messages)


async def test_what_was_typed_reaches_the_app_when_something_else_is_clicked(
    slack: Sandbox, client: AsyncWebClient, app: AsyncApp
) -> None:
    pick = {"type": "external_select", "action_id": "pick", "placeholder": text("Pick")}
    view = form()
    view["blocks"].append({"type": "actions", "block_id": "row", "elements": [pick]})
    await client.views_open(trigger_id=trigger(slack), view=view)
    alice = slack.person("alice")
    await alice.fill({"What is wrong?": "typed"})
    await alice.select(alice.modal, "Pick", "Red")
    body = heard_by(app)[-1]
    assert body["actions"][0]["selected_option"] == option("Red")
    assert body["view"]["state"]["values"]["what"]["what"]["value"] == "typed"
    assert body["container"] == {"type": "view", "view_id": alice.modal.id}


async def test_selects_start_with_the_conversation_one_is_in(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    where = {
        "type": "conversations_select",
        "default_to_current_conversation": True,
        "response_url_enabled": True,
    }
    view = form(blocks=[input_block("where", "Where", where)])
    given = slack.core.triggers.issue("U0ALICE", "C0BILLING")
    await client.views_open(trigger_id=given, view=view)
    assert slack.person("alice").modal.value_of("Where") == "C0BILLING"


async def test_a_closed_form_cannot_be_submitted(slack: Sandbox, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=trigger(slack), view=form())
    modal = slack.person("alice").modal
    await modal.close()
    with pytest.raises(NotAllowed):
        await modal.submit()


async def test_what_is_put_into_a_form_the_app_may_read(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    view = form(blocks=[input_block("file", "File", {"type": "file_input"})])
    await client.views_open(trigger_id=trigger(slack), view=view)
    alice = slack.person("alice")
    file_id = await alice.uploads("people.csv", b"a,b\n")
    with refused("file_not_found"):
        await client.files_info(file=file_id)
    await alice.fill({"File": [file_id]}).submit()
    assert (await client.files_info(file=file_id))["file"]["name"] == "people.csv"
