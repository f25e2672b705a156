"""From Slack's payloads to handlers: one Bolt listener per kind of payload, and a table for each.

Bolt tries its listeners one after another and rebuilds their arguments each time, so that many listeners are slow; a
table is not. The router loads the person, makes the inbox key, calls the handler, and acknowledges last.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from logging import getLogger
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.clock import Clock
from bot.errors import AlreadyHeard, DatabaseGone, FormProblems
from bot.people import Person
from bot.text import Text
from bot.views import notices
from handlers import errors
from handlers.authorize import UNREACHABLE
from handlers.clients import has_come_twice
from handlers.request import Json, Reply, Request, has_room_on_top

log = getLogger(__name__)

Handler = Callable[[Request], Awaitable[Reply | None]]
Worth = Callable[[str, Json], Awaitable[bool]]
FindPerson = Callable[[str, str, AsyncWebClient], Awaitable[Person]]
EVERYTHING = re.compile("")
WHISPER_SECONDS = 2


@dataclass
class Router:
    """Handlers by kind and id. Each `register()` of a feature fills its own part.

    `worth` are looks at events of which most concern nobody: by workspace and event, whether one is worth to know whose it is.
    """

    find_person: FindPerson
    clock: Clock
    commands: dict[str, Handler] = field(default_factory=dict)
    shortcuts: dict[str, Handler] = field(default_factory=dict)
    clicks: dict[str, Handler] = field(default_factory=dict)
    submissions: dict[str, Handler] = field(default_factory=dict)
    closings: dict[str, Handler] = field(default_factory=dict)
    options: dict[str, Handler] = field(default_factory=dict)
    events: dict[str, Handler] = field(default_factory=dict)
    worth: dict[str, Worth] = field(default_factory=dict)

    def attach(self, app: AsyncApp) -> None:
        """One listener per kind, the hot ones first. Nothing may be registered twice or beside it."""
        app.action(EVERYTHING)(self._on_click)
        app.command(EVERYTHING)(self._on_command)
        app.view_submission(EVERYTHING)(self._on_submission)
        app.shortcut(EVERYTHING)(self._on_shortcut)
        app.event(EVERYTHING)(self._on_event)
        app.options(EVERYTHING)(self._on_options)
        app.view_closed(EVERYTHING)(self._on_closing)

    async def _on_command(self, body: Json, client: AsyncWebClient) -> BoltResponse:
        handler = self.commands.get(body["command"])
        return await self._answer(handler, body, client, f"command:{body['trigger_id']}")

    async def _on_click(self, body: Json, client: AsyncWebClient) -> BoltResponse:
        action = body["actions"][0]
        place = body.get("container", {})
        where = place.get("message_ts") or place.get("view_id") or ""
        key = f"click:{body['user']['id']}:{where}:{action['action_id']}:{action['action_ts']}"
        return await self._answer(self.clicks.get(_base(action["action_id"])), body, client, key)

    async def _on_submission(self, body: Json, client: AsyncWebClient) -> BoltResponse:
        view = body["view"]
        handler = self.submissions.get(view["callback_id"])
        return await self._answer(handler, body, client, f"submit:{view['id']}:{view['hash']}")

    async def _on_closing(self, body: Json, client: AsyncWebClient) -> BoltResponse:
        handler = self.closings.get(body["view"]["callback_id"])
        return await self._answer(handler, body, client, f"close:{body['view']['id']}")

    async def _on_shortcut(self, body: Json, client: AsyncWebClient) -> BoltResponse:
        handler = self.shortcuts.get(body["callback_id"])
        return await self._answer(handler, body, client, f"shortcut:{body['trigger_id']}")

    async def _on_options(self, body: Json, client: AsyncWebClient) -> BoltResponse:
        return await self._answer(self.options.get(_base(body["action_id"])), body, client, "")

    async def _on_event(self, body: Json, client: AsyncWebClient) -> BoltResponse:
        handler = self.events.get(_name(body["event"]))
        if (
            handler is None
        ):  # subscribed to by nobody here; a 404 would make Slack send it thrice more
            return BoltResponse(status=200)
        try:
            look = self.worth.get(_name(body["event"]))
            if look is None or await look(_who(body)[0], body["event"]):
                await handler(await self._request(body, client, f"event:{body['event_id']}"))
        except AlreadyHeard:
            log.info("Heard again, and nothing done: %s", body["event_id"])
        except DatabaseGone as error:
            log.error("An event is left for Slack to send again: %s", error)  # noqa: TRY400
            return BoltResponse(status=503)
        return BoltResponse(status=200)

    async def _answer(
        self, handler: Handler | None, body: Json, client: AsyncWebClient, key: str
    ) -> BoltResponse:
        if handler is None:
            log.warning("Nobody handles %s", key.partition(":")[0])
            return BoltResponse(status=200)
        t = Text()
        try:
            request = await self._request(body, client, key)
            t = request.t
            return _acknowledge(await handler(request), body)
        except AlreadyHeard:
            return BoltResponse(status=200)
        except Exception as error:  # noqa: BLE001 - the translator: nothing may leave a person without an answer
            if has_come_twice(error):
                log.info("Heard again, and its form is open already")
                return BoltResponse(status=200)
            return await _refuse(error, body, client, t)

    async def _request(self, body: Json, client: AsyncWebClient, key: str) -> Request:
        workspace_id, person_id = _who(body)
        person = await self.find_person(workspace_id, person_id, client)
        t = Text(person.locale, person.zone)

        async def whisper(text: str, blocks: list[Json] | None = None) -> None:
            await _whisper(body, client, t, text, blocks, is_done=True)

        async def become(text: str, blocks: list[Json] | None = None) -> None:
            await _whisper(body, client, t, text, blocks, is_done=True, replaces=True)

        is_ephemeral = body.get("container", {}).get("is_ephemeral")
        instead = become if is_ephemeral else None
        return Request(body, person, key, self.clock.now(), client, whisper, t, instead)


def _base(action_id: str) -> str:
    """`claim:3` and `claim:4` are one action in two places; what follows the colon only keeps ids apart."""
    return action_id.partition(":")[0]


def _name(event: Json) -> str:
    """As one subscribes to it: messages are told apart by where they are, such as `message.im`."""
    kind = str(event["type"])
    return f"{kind}.{event.get('channel_type')}" if kind == "message" else kind


def _who(body: Json) -> tuple[str, str]:
    """The workspace and the person of a verified payload, whichever of Slack's shapes it has.

    An event that carries a whole user is news about them (`user_change`), not something that they did.
    """
    acting = body.get("event", {}).get("user")
    user = (
        body.get("user") or (acting if isinstance(acting, str) else "") or body.get("user_id") or ""
    )
    team = body.get("team") or body.get("team_id") or ""
    person_id = user["id"] if isinstance(user, dict) else user
    return (team["id"] if isinstance(team, dict) else team), person_id


def _acknowledge(reply: Reply | None, body: Json) -> BoltResponse:
    if reply is None:
        return BoltResponse(status=200)
    given: dict[str, Any] = {
        name: value
        for name in ("text", "blocks", "response_action", "view", "errors", "options")
        if (value := getattr(reply, name))
    }
    if reply.options == []:  # without a list, Slack says that something went wrong
        given["options"] = []
    if "command" in body:
        given["response_type"] = "ephemeral"
    return BoltResponse(status=200, body=given)


async def _refuse(error: Exception, body: Json, client: AsyncWebClient, t: Text) -> BoltResponse:
    if isinstance(error, FormProblems) and body.get("type") == "view_submission":
        texts = {name: t.of(problem) for name, problem in error.problems.items()}
        return _acknowledge(Reply(response_action="errors", errors=texts), body)
    text = errors.sentence(error, t)
    if body.get("type") == "view_submission":
        return _acknowledge(Reply(response_action="push", view=notices.notice(text, t)), body)
    if "command" in body:
        return _acknowledge(Reply(text=text), body)
    if body.get("type") != "view_closed":
        await _whisper(body, client, t, text, None)
    return BoltResponse(status=200)


async def _whisper(
    body: Json,
    client: AsyncWebClient,
    t: Text,
    text: str,
    blocks: list[Json] | None,
    *,
    is_done: bool = False,
    replaces: bool = False,
) -> None:
    """Tell only this person, where they are: beside the message, or on top of the form, or where nothing more fits on top,
    in its place. Best effort, once.
    """
    try:
        if url := body.get("response_url"):
            hook = AsyncWebhookClient(url, timeout=WHISPER_SECONDS, retry_handlers=[])
            hook.session = client.session
            await hook.send(
                text=text, blocks=blocks, response_type="ephemeral", replace_original=replaces
            )
        elif trigger := body.get("trigger_id"):
            view, notice = body.get("view", {}), notices.notice(text, t, is_done=is_done)
            if view.get("type") != "modal":
                await client.views_open(trigger_id=trigger, view=notice)
            elif has_room_on_top(view):
                await client.views_push(trigger_id=trigger, view=notice)
            else:
                await client.views_update(view_id=view["id"], view=notice)
    except (SlackApiError, *UNREACHABLE) as error:
        log.warning("Could not whisper: %s", type(error).__name__)
