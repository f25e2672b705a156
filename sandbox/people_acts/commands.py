"""Slash commands and shortcuts: how a person calls the app."""

from sandbox import events, messages
from sandbox.core import Core
from sandbox.kinds import Channel, Json
from sandbox.people_acts import typing
from sandbox.people_acts.result import NotAllowed, Result, channel_of, failed, where, who
from sandbox.web_api import posting
from sandbox.web_api.call import ApiError

SLACKBOT = "USLACKBOT"


async def slash(
    core: Core, me: str, command: str, text: str, channel_id: str, *, encoded: bool = False
) -> Result:
    """Give a command. `encoded` says that mentions and escapes are in the text already."""
    channel = channel_of(core, me, channel_id)
    declared = core.app.commands.get(command)
    if declared is None:
        raise NotAllowed(f"{command} is not a valid command.")
    escape = bool(declared.get("should_escape"))
    if encoded:
        text = typing.as_typed(core.workspace, text)
    text = typing.in_command(core.workspace, text, should_escape=escape)
    answer = await core.delivery.deliver(
        "slash_commands", _command_payload(core, me, command, text, channel)
    )
    if not answer.ok:
        shown = f'{command} failed with the error "{answer.error}"'
        slackbot = {"user": SLACKBOT, "username": "Slackbot", "text": shown}
        messages.add_ephemeral(core.workspace, channel, me, slackbot)
        return Result(ok=False, error=answer.error, text=shown)
    return _say_answer(core, me, channel, answer.body)


async def shortcut(
    core: Core, me: str, callback_id: str, channel_id: str = "", ts: str = ""
) -> Result:
    declared = core.app.shortcuts.get(callback_id)
    if declared is None:
        raise NotAllowed("There is no such shortcut.")
    if declared["type"] == "message":
        payload = _message_shortcut(core, me, channel_id, ts)
    else:
        payload = {"type": "shortcut", "trigger_id": core.triggers.issue(me)}
    payload |= {"callback_id": callback_id, "action_ts": core.workspace.next_ts()}
    payload |= _caller(core, me, declared["type"])
    answer = await core.delivery.deliver("interactive", payload)
    return Result() if answer.ok else failed(core, me, answer, f"“{declared['name']}”")


def _caller(core: Core, me: str, kind: str) -> Json:
    """Who called: with fewer words than elsewhere, and other ones for each kind of shortcut."""
    caller = who(core, me)
    del caller["api_app_id"], caller["user"]["username" if kind == "message" else "name"]
    return caller


def _command_payload(core: Core, me: str, command: str, text: str, channel: Channel) -> Json:
    place, team = where(channel), core.workspace.team
    return {
        "token": "sandbox",
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": place["id"],
        "channel_name": place["name"],
        "user_id": me,
        "user_name": core.person(me).name,
        "command": command,
        "text": text,
        "api_app_id": core.app.id,
        "is_enterprise_install": "false",
        "response_url": core.response_urls.issue(me, channel.id),
        "trigger_id": core.triggers.issue(me, channel.id),
    }


def _message_shortcut(core: Core, me: str, channel_id: str, ts: str) -> Json:
    channel = channel_of(core, me, channel_id)
    message = messages.find(core.workspace, channel_id, ts)
    if message is None:
        raise NotAllowed("That message is gone.")
    return {
        "type": "message_action",
        "trigger_id": core.triggers.issue(me, channel_id),
        "response_url": core.response_urls.issue(me, channel_id),
        "message_ts": ts,
        "message": message,
        "channel": where(channel),
    }


def _say_answer(core: Core, me: str, channel: Channel, body: Json) -> Result:
    """A command answered with words: whispered, or said to the channel if it asks for that."""
    if not body.get("text") and not body.get("blocks") and not body.get("attachments"):
        return Result()
    try:
        message = posting.authored(core) | posting.content(body)
    except ApiError as error:
        return Result(ok=False, error="invalid_command_response", text=str(error))
    if body.get("response_type") == "in_channel":
        message = messages.add(core.workspace, channel, message)
        events.emit_message(core, channel, message)
    else:
        message = messages.add_ephemeral(core.workspace, channel, me, message)
    return Result(text=message["text"])
