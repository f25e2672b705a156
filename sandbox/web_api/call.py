"""A Web API call as its method sees it, and the table that the methods are registered in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from sandbox.core import Core
from sandbox.kinds import Channel, Json, Person
from sandbox.workspace import Workspace

TokenKind = Literal["bot", "app", "none"]
T = TypeVar("T")


class ApiError(Exception):
    """An answer of `{"ok": false, "error": …}`, which Slack gives with HTTP status 200."""

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.body: Json = {"ok": False, "error": error} | extra


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
            message = f"[ERROR] missing required field: {name}"
            raise ApiError(error, response_metadata={"messages": [message]})
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.args.get(name)
        return default if value is None else str(value).lower() in {"1", "true", "yes"}

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise ApiError("invalid_arguments") from None

    def listed(self, name: str) -> list[str]:
        value = self.args.get(name) or []
        return [one.strip() for one in value.split(",")] if isinstance(value, str) else list(value)

    def channel(self, channel_id: str = "") -> Channel:
        """The conversation meant, if the bot may know of it."""
        wanted = channel_id or self.need("channel", "channel_not_found")
        found = self.workspace.channels.get(wanted)
        if found is None or not self.workspace.may_see(self.bot, found):
            raise ApiError("channel_not_found")
        return found

    def user(self, name: str = "user") -> Person:
        person = self.workspace.people.get(self.need(name, "user_not_found"))
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


def page(call: Call, things: list[T], default: int = 100) -> tuple[list[T], Json]:
    """One page of a list and the `response_metadata` that leads to the next."""
    limit = max(1, min(call.number("limit", default) or default, 1000))
    cursor = call.text("cursor")
    if cursor and not cursor.startswith("at:"):
        raise ApiError("invalid_cursor")
    start = int(cursor.removeprefix("at:") or 0)
    end = start + limit
    return things[start:end], {"next_cursor": f"at:{end}" if end < len(things) else ""}
