"""What a handler is given, and what it may answer."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.people import Person
from bot.text import Text

Json = dict[str, Any]


class Whisper(Protocol):
    """Say something that only this person sees, where they clicked or typed."""

    async def __call__(self, text: str, blocks: list[Json] | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class Request:
    """One verified interaction. `key` is its inbox key: the same for a repeat, different for anything else.

    The router acknowledges after the handler returns, so work comes first and a failure can still be answered.
    """

    body: Json
    person: Person
    key: str
    now: datetime
    client: AsyncWebClient
    whisper: Whisper
    t: Text
    become: Whisper | None = None
    """The same, in place of the message that was clicked in; only if nobody else sees that either."""

    @property
    def value(self) -> str:
        """What the clicked button or chosen option carries."""
        action = self.body["actions"][0]
        chosen = action.get("selected_option") or {"value": action.get("selected_date")}
        return str(chosen.get("value") or action.get("value") or "")

    def about(self, value: str) -> "Request":
        """The same click as if its button carried this."""
        return replace(self, body=self.body | {"actions": [{"value": value}]})

    @property
    def words(self) -> str:
        """What was typed after a command."""
        return str(self.body.get("text") or "").strip()

    @property
    def metadata(self) -> str:
        """What the form carried along (`private_metadata`)."""
        return str(self.body["view"].get("private_metadata") or "")

    @property
    def fields(self) -> dict[str, Any]:
        """What a form holds, by block id: strings, lists of strings, or None when left empty."""
        values = self.body["view"]["state"]["values"]
        return {
            block: field_value(element)
            for block, elements in values.items()
            for element in elements.values()
        }


def has_room_on_top(view: Json) -> bool:
    """Slack stacks three modals at most: on this one there may be another still."""
    return view.get("previous_view_id") in {None, "", view.get("root_view_id")}


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes into the acknowledgement: nothing, a text for a command, or a `response_action` for a form."""

    text: str = ""
    blocks: list[Json] | None = None
    response_action: str = ""
    view: Json | None = None
    errors: dict[str, str] | None = None
    options: list[Json] | None = None


def field_value(element: Json) -> Any:
    """One input's value, whatever kind of input it is."""
    for one in ("selected_option",):
        if element.get(one):
            return element[one]["value"]
    for many in ("selected_options",):
        if many in element:
            return [option["value"] for option in element[many] or []]
    if "files" in element:
        return element["files"]
    for key, value in element.items():
        if key == "value" or key.startswith("selected_"):
            return value
    return None
