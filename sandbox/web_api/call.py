"""A Web API call as its method sees it, and the table that the methods are registered in."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from sandbox import messages, shapes
from sandbox.core import Core
from sandbox.kinds import Channel, Json, Person
from sandbox.workspace import Workspace

TokenKind = Literal["bot", "app", "none"]
T = TypeVar("T")

TS = re.compile(r"\d{1,10}(\.\d{1,6})?")
LARGEST_PAGE = 1000


class ApiError(Exception):
    """An answer of `{"ok": false, "error": …}`, which Slack gives with HTTP status 200."""

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.body: Json = {"ok": False, "error": error} | extra


def invalid(problem: str, error: str = "invalid_arguments") -> ApiError:
    return ApiError(error, response_metadata={"messages": [f"[ERROR] {problem}"]})


@dataclass
class Call:
    core: Core
    method: str
    args: Json

    @property
    def workspace(self) -> Workspace:
        return self.core.workspace

    @property
    def bot(self) -> str:
        return self.core.app.bot_user_id

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        value = self.text(name)
        if not value:
            raise invalid(f"missing required field: {name}", error)
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.args.get(name)
        return default if value is None else str(value).lower() in {"1", "true", "yes"}

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise invalid(f"failed to match the type: {name} must be an integer") from None

    def listed(self, name: str) -> list[str]:
        value = self.args.get(name) or []
        listed = value.split(",") if isinstance(value, str) else value
        if not isinstance(listed, list):
            raise invalid(f"failed to match the type: {name} must be a list")
        return [str(one).strip() for one in listed]

    def ts(self, name: str, error: str) -> str:
        """A moment as Slack writes it, or "" when none is given. Raises ApiError."""
        value = self.text(name)
        if value and not TS.fullmatch(value):
            raise ApiError(error)
        return value

    def channel(self, channel_id: str = "", *, name: str = "channel") -> Channel:
        """The conversation meant, if the bot may know of it."""
        wanted = channel_id or self.need(name)
        found = self.workspace.channels.get(wanted)
        if found is None or not self.workspace.may_see(self.bot, found):
            raise ApiError("channel_not_found")
        return found

    def joined(self, channel_id: str = "", *, name: str = "channel") -> Channel:
        """The conversation meant, if the bot is in it."""
        channel = self.channel(channel_id, name=name)
        if self.bot not in channel.members:
            raise ApiError("not_in_channel")
        return channel

    def message_in(self, channel: Channel, name: str = "timestamp") -> Json:
        """The message that a pin or a reaction is about."""
        if not self.text(name):
            raise ApiError("no_item_specified")
        message = messages.find(self.workspace, channel.id, self.ts(name, "bad_timestamp"))
        if message is None:
            raise ApiError("message_not_found")
        return message

    def shown(self, message: Json) -> Json:
        """A message as it is read: its metadata is given only to those who ask for it."""
        if "metadata" not in message or self.flag("include_all_metadata"):
            return message
        return {name: value for name, value in message.items() if name != "metadata"}

    def item(self, channel: Channel, message: Json) -> Json:
        """A message as one of the things that are pinned or reacted to."""
        permalink = shapes.permalink(self.core.base_url, channel.id, message)
        shown = self.shown(message) | {"permalink": permalink}
        return {"type": "message", "channel": channel.id, "message": shown}

    def user(self, name: str = "user") -> Person:
        person = self.workspace.people.get(self.need(name))
        if person is None:
            raise ApiError("user_not_found")
        return person

    def need_scope(self, *any_of: str) -> None:
        app = self.core.app
        if not app.has_scope(*any_of):
            provided = ",".join(sorted(app.scopes))
            raise ApiError("missing_scope", needed=any_of[0], provided=provided)


Handler = Callable[[Call], Awaitable[Json]]


@dataclass(frozen=True)
class Method:
    name: str
    handler: Handler
    scopes: tuple[str, ...]
    by: TokenKind


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, by: TokenKind = "bot") -> Callable[[Handler], Handler]:
    """Register the function that answers a method; any one of the scopes is enough."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(name, handler, scopes, by)
        return handler

    return register


def page(
    call: Call, things: list[T], default: int = 100, *, refuses_limits: bool = False
) -> tuple[list[T], Json]:
    """One page of a list and the `response_metadata` that leads to the next.

    Some methods refuse a limit that is too large, the others cut it.
    """
    limit = call.number("limit", default) or default
    if refuses_limits and not 1 <= limit <= LARGEST_PAGE:
        raise ApiError("invalid_limit")
    start = int(cursor(call, "at", r"\d+") or 0)
    end = start + max(1, min(limit, LARGEST_PAGE))
    return things[start:end], {"next_cursor": f"at:{end}" if end < len(things) else ""}


def cursor(call: Call, kind: str, pattern: str) -> str:
    """What stands in the cursor, "" when none was given. Raises ApiError when it is not one of ours."""
    given = call.text("cursor")
    if given and not re.fullmatch(f"{kind}:{pattern}", given):
        raise ApiError("invalid_cursor")
    return given.removeprefix(f"{kind}:")
