"""Messages that the app wrote for later: kept over a restart, and posted by the workspace's clock."""

import dataclasses
from datetime import UTC, datetime

from sandbox import events, messages
from sandbox.core import Core
from sandbox.kinds import Json, ScheduledMessage


def start(core: Core) -> None:
    """Wait again for what was scheduled before a restart; what fell due meanwhile is posted now."""
    for _, body in core.workspace.store.all("scheduled"):
        _wait(core, ScheduledMessage(**body))


def put(core: Core, channel: str, post_at: int, message: Json) -> ScheduledMessage:
    now = core.workspace.seconds()
    fresh = ScheduledMessage(core.workspace.new_id("Q"), channel, post_at, now, message)
    core.workspace.store.put("scheduled", fresh.id, dataclasses.asdict(fresh))
    _wait(core, fresh)
    return fresh


def drop(core: Core, scheduled_id: str) -> ScheduledMessage | None:
    """None when it was posted or dropped already."""
    core.workspace.store.drop("scheduled", scheduled_id)
    return core.scheduled.pop(scheduled_id, None)


def _wait(core: Core, scheduled: ScheduledMessage) -> None:
    core.scheduled[scheduled.id] = scheduled
    core.tasks.start(_post_when_due(core, scheduled))


async def _post_when_due(core: Core, scheduled: ScheduledMessage) -> None:
    await core.clock.sleep_until(datetime.fromtimestamp(scheduled.post_at, UTC))
    if drop(core, scheduled.id) is not None:
        _post(core, scheduled)


def _post(core: Core, scheduled: ScheduledMessage) -> None:
    channel = core.workspace.channels[scheduled.channel]
    # Slack says nothing when it cannot post any more. That metadata keeps a message from being
    # posted at all is a fault of Slack's that its page about chat.scheduleMessage warns of.
    gone = channel.is_archived or core.app.bot_user_id not in channel.members
    if gone or "metadata" in scheduled.message:
        return
    message = messages.add(core.workspace, channel, dict(scheduled.message))
    events.emit_message(core, channel, message)
