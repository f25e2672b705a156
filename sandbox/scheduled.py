"""Messages that the app wrote for later: kept over a restart, and posted by the workspace's clock."""

import dataclasses
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sandbox import events, messages
from sandbox.clock import Waiting
from sandbox.kinds import Json

if TYPE_CHECKING:
    from sandbox.core import Core


@dataclass(frozen=True)
class ScheduledMessage:
    """`post_at` and `created` are in seconds."""

    id: str
    channel: str
    post_at: int
    created: int
    message: Json


@dataclass
class Scheduled:
    """What waits to be posted, by id."""

    waiting: dict[str, ScheduledMessage] = field(default_factory=dict)

    def start(self, core: "Core") -> None:
        """Wait again for what was scheduled before a restart; what fell due meanwhile is posted now."""
        for _, body in core.workspace.store.all("scheduled"):
            self._wait(core, ScheduledMessage(**body))

    def put(self, core: "Core", channel: str, post_at: int, message: Json) -> ScheduledMessage:
        now = core.workspace.seconds()
        fresh = ScheduledMessage(core.workspace.new_id("Q"), channel, post_at, now, message)
        core.workspace.store.put("scheduled", fresh.id, dataclasses.asdict(fresh))
        self._wait(core, fresh)
        return fresh

    def drop(self, core: "Core", scheduled_id: str) -> ScheduledMessage | None:
        """None when it was posted or dropped already."""
        core.workspace.store.drop("scheduled", scheduled_id)
        return self.waiting.pop(scheduled_id, None)

    def _wait(self, core: "Core", scheduled: ScheduledMessage) -> None:
        self.waiting[scheduled.id] = scheduled
        core.tasks.start(self._post_when_due(core, scheduled))

    async def _post_when_due(self, core: "Core", scheduled: ScheduledMessage) -> None:
        due = datetime.fromtimestamp(scheduled.post_at, UTC)
        await Waiting(core.clock).wait(due - core.clock.now())
        if self.drop(core, scheduled.id) is not None:
            _post(core, scheduled)


def _post(core: "Core", scheduled: ScheduledMessage) -> None:
    channel = core.workspace.channels[scheduled.channel]
    # Slack says nothing when it cannot post any more. That metadata keeps a message from being
    # posted at all is a fault of Slack's that its page about chat.scheduleMessage warns of.
    gone = channel.is_archived or core.app.bot_user_id not in channel.members
    if gone or "metadata" in scheduled.message:
        return
    message = messages.add(core.workspace, channel, dict(scheduled.message))
    events.emit_message(core, channel, message)
