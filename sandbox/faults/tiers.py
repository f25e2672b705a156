"""Slack's own limits: how often each method may be called, as data, and a count of who has called it."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.faults.passage import Passage

MINUTE = timedelta(minutes=1)
# For methods that have limits of their own: "hundreds of requests per minute".
SPECIAL = 300
# https://docs.slack.dev/reference/methods/chat.postMessage: one a second and channel; short bursts are let through.
POSTING = "chat.postMessage"
PER_CHANNEL = timedelta(seconds=1)
BURST = 5

# Calls a minute of each method in one workspace: what https://docs.slack.dev/apis/web-api/rate-limits calls tiers 1 to 4,
# each method's as on its own page (https://docs.slack.dev/reference/methods/<method>).
TABLE: dict[int, str] = {
    1: """
    apps.connections.open
    """,
    20: """
    auth.teams.list bookmarks.add bookmarks.edit bookmarks.remove chat.startStream
    chat.stopStream conversations.archive conversations.close conversations.create
    conversations.list conversations.rename conversations.setPurpose conversations.setTopic
    conversations.unarchive dnd.endDnd dnd.endSnooze dnd.setSnooze dnd.teamInfo emoji.list
    files.upload pins.add pins.list pins.remove reactions.list reactions.remove
    reminders.add reminders.complete reminders.delete reminders.info reminders.list
    team.accessLogs team.billableInfo team.integrationLogs usergroups.create
    usergroups.disable usergroups.enable usergroups.list usergroups.update
    usergroups.users.list usergroups.users.update users.conversations users.deletePhoto
    users.discoverableContacts.lookup users.list users.setActive users.setPhoto
    users.setPresence
    """,
    50: """
    assistant.threads.setSuggestedPrompts assistant.threads.setTitle auth.revoke
    bookmarks.list bots.info chat.delete chat.deleteScheduledMessage chat.meMessage
    chat.scheduleMessage chat.scheduledMessages.list chat.unfurl chat.update
    conversations.history conversations.info conversations.invite conversations.join
    conversations.kick conversations.leave conversations.mark conversations.open
    conversations.replies dnd.info files.delete files.list files.revokePublicURL
    files.sharedPublicURL functions.completeError functions.completeSuccess
    oauth.v2.exchange reactions.add reactions.get team.info team.profile.get
    users.getPresence users.identity users.lookupByEmail users.profile.set
    """,
    100: """
    api.test chat.appendStream chat.postEphemeral conversations.members
    files.completeUploadExternal files.getUploadURLExternal files.info oauth.v2.access
    users.info users.profile.get views.open views.publish views.push views.update
    """,
    SPECIAL: """
    assistant.threads.setStatus auth.test blocks.validate chat.getPermalink chat.postMessage
    """,
}

PER_MINUTE = {method: limit for limit, methods in TABLE.items() for method in methods.split()}


@dataclass
class Limiter:
    """Counts the calls of the last minute by method, and what is said in each channel."""

    clock: Clock
    _calls: dict[str, deque[datetime]] = field(default_factory=dict)
    # By channel, when its next message would be on time if it were said one a second.
    _due: dict[str, datetime] = field(default_factory=dict)

    def is_too_many(self, passage: Passage) -> bool:
        """Count the call, unless it is one too many."""
        if passage.name not in PER_MINUTE:
            return False
        if self.seconds_left(passage) > 0:
            return True
        now = self.clock.now()
        self._calls.setdefault(passage.name, deque()).append(now)
        if passage.name == POSTING:
            channel = str(passage.payload.get("channel"))
            self._due[channel] = max(self._due.get(channel, now), now) + PER_CHANNEL
        return False

    def seconds_left(self, passage: Passage) -> int:
        """How long Slack would ask to wait, in whole seconds; 0 if the call may be made."""
        now, free_at = self.clock.now(), [self._minute_ends(passage.name)]
        if passage.name == POSTING:
            due = self._due.get(str(passage.payload.get("channel")))
            free_at.append(due and due - (BURST - 1) * PER_CHANNEL)
        return max(0, *(math.ceil((one - now).total_seconds()) for one in free_at if one), 0)

    def _minute_ends(self, method: str) -> datetime | None:
        """When the oldest of the last minute's calls is forgotten, if they are as many as may be."""
        calls, now = self._calls.get(method, deque()), self.clock.now()
        while calls and calls[0] + MINUTE <= now:
            calls.popleft()
        return calls[0] + MINUTE if len(calls) >= PER_MINUTE[method] else None
