"""Methods about views: triggers that live for three seconds, stacks of three, hashes and external ids."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import HandClock, Json, refused
from tests.sandbox.throwaway_app import form

HOME: Json = {"type": "home", "blocks": [{"type": "divider"}]}


@pytest.fixture
def trigger(slack: Sandbox) -> Callable[[], str]:
    """A trigger as alice's next act would bring one."""
    return lambda: slack.core.triggers.issue("U0ALICE")


async def test_a_trigger_opens_one_view_within_three_seconds(
    slack: Sandbox, client: AsyncWebClient, clock: HandClock, trigger: Callable[[], str]
) -> None:
    first, late = trigger(), trigger()
    view = (await client.views_open(trigger_id=first, view=form()))["view"]
    assert (view["root_view_id"], view["app_id"]) == (view["id"], slack.app.id)
    assert slack.person("alice").modal.title == "Raise"
    with refused("exchanged_trigger_id"):
        await client.views_open(trigger_id=first, view=form())
    clock.move(seconds=3.1)
    with refused("expired_trigger_id"):
        await client.views_open(trigger_id=late, view=form())
    with refused("invalid_trigger_id"):
        await client.views_open(trigger_id="1.2.3", view=form())


async def test_a_stack_is_three_views_high(
    client: AsyncWebClient, trigger: Callable[[], str]
) -> None:
    with refused("not_found"):
        await client.views_push(trigger_id=trigger(), view=form())
    root = (await client.views_open(trigger_id=trigger(), view=form()))["view"]
    second = (await client.views_push(trigger_id=trigger(), view=form()))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (root["id"], root["id"])
    await client.views_push(trigger_id=trigger(), view=form())
    with refused("push_limit_reached"):
        await client.views_push(trigger_id=trigger(), view=form())


async def test_a_view_is_updated_by_id_or_external_id_unless_it_changed_meanwhile(
    client: AsyncWebClient, trigger: Callable[[], str]
) -> None:
    named = form(external_id="case-7")
    view = (await client.views_open(trigger_id=trigger(), view=named))["view"]
    with refused("duplicate_external_id"):
        await client.views_push(trigger_id=trigger(), view=named)
    fresh = form("Again", external_id="case-7")
    await client.views_update(external_id="case-7", view=fresh, hash=view["hash"])
    with refused("hash_conflict"):
        await client.views_update(view_id=view["id"], view=fresh, hash=view["hash"])
    with refused("not_found"):
        await client.views_update(external_id="case-8", view=fresh)


async def test_home_is_published_and_updated_as_a_home(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    view = (await client.views_publish(user_id="U0ALICE", view=HOME))["view"]
    await client.views_update(view_id=view["id"], view=HOME)
    with refused("invalid_arguments"):
        await client.views_update(view_id=view["id"], view=form())
    with refused("hash_conflict"):
        await client.views_publish(user_id="U0ALICE", view=HOME, hash=view["hash"])
    slack.app.has_home_tab = False
    with refused("not_enabled"):
        await client.views_publish(user_id="U0ALICE", view=HOME)


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("views.open", {"view": form()}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1.2.3"}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1.2.3", "view": HOME}, "invalid_arguments"),
        ("views.update", {"view": form()}, "invalid_arguments"),
        ("views.publish", {"view": HOME}, "invalid_arguments"),
        ("views.publish", {"view": HOME, "user_id": "U0NOBODY"}, "user_not_found"),
        ("views.publish", {"view": form(), "user_id": "U0ALICE"}, "invalid_arguments"),
    ],
)
async def test_refusals(client: AsyncWebClient, method: str, args: Any, error: str) -> None:
    with refused(error):
        await client.api_call(method, json=args)
