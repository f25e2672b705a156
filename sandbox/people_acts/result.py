"""How an act of a person ended, and what every payload says about who acted and where."""

from dataclasses import dataclass, field

from sandbox.core import Core
from sandbox.delivery import Answer
from sandbox.kinds import Channel, Json


class NotAllowed(Exception):
    """The person cannot do this; the message is the sentence that they are shown."""


@dataclass(frozen=True)
class Result:
    """`text` is what the person saw at once: the answer to a command, or why something failed."""

    ok: bool = True
    error: str = ""
    text: str = ""
    errors: Json = field(default_factory=dict)


def failed(core: Core, me: str, answer: Answer, what: str = "That") -> Result:
    """The app did not take it: the person is shown so, in red."""
    text = f"{what} failed: {core.app.name} gave no answer in time ({answer.error})."
    if answer.error != "operation_timeout":
        text = f"{what} failed: {core.app.name} could not be reached ({answer.error})."
    core.failures.setdefault(me, []).append(text)
    core.workspace.changed("failed", frozenset({me}), text=text)
    return Result(ok=False, error=answer.error, text=text)


def who(core: Core, me: str) -> Json:
    person, team = core.person(me), core.workspace.team
    return {
        "user": {"id": me, "username": person.name, "name": person.name, "team_id": team.id},
        "team": {"id": team.id, "domain": team.domain},
        "api_app_id": core.app.id,
        "token": "sandbox",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def where(channel: Channel) -> Json:
    """What an app is told of the name; that of a direct or private conversation is kept from it."""
    names = {"im": "directmessage", "private": "privategroup"}
    return {"id": channel.id, "name": names.get(channel.kind, channel.name)}


def channel_of(core: Core, me: str, channel_id: str) -> Channel:
    channel = core.workspace.channels.get(channel_id)
    if channel is None or not core.workspace.may_see(me, channel):
        raise NotAllowed("There is no such conversation.")
    return channel
