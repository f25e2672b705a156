"""What a workspace is made of: people, conversations, groups, files and what is told about them."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["channel", "private", "im", "mpim"]


@dataclass
class Team:
    id: str = "T0LOCAL"
    name: str = "Local workspace"
    domain: str = "local"


@dataclass
class Person:
    id: str
    name: str
    real_name: str
    email: str = ""
    title: str = ""
    display_name: str = ""
    tz: str = "Europe/London"
    locale: str = "en-GB"
    color: str = "4a154b"
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    presence: Literal["active", "away"] = "active"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False
    bot_id: str = ""
    updated: int = 0
    # Notifications paused from then until then, in seconds; and hours of every day, as "22:00-08:00" in `tz`.
    dnd_since: int = 0
    dnd_until: int = 0
    dnd_hours: str = ""


@dataclass
class Channel:
    id: str
    name: str
    kind: ChannelKind = "channel"
    members: list[str] = field(default_factory=list)
    creator: str = ""
    created: int = 0
    topic: str = ""
    purpose: str = ""
    is_archived: bool = False
    # Who wrote the topic and the purpose, and when, in seconds.
    topic_by: str = ""
    topic_at: int = 0
    purpose_by: str = ""
    purpose_at: int = 0
    previous_names: list[str] = field(default_factory=list)
    # False after the app closed a direct conversation, until somebody opens it again.
    is_open: bool = True
    pins: list["Pin"] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A channel read from a file brings its pins as they were written there."""
        self.pins = [Pin(**one) if isinstance(one, dict) else one for one in self.pins]

    @property
    def is_direct(self) -> bool:
        return self.kind in {"im", "mpim"}


@dataclass(frozen=True)
class Pin:
    """A message that somebody pinned: its ts, by whom, and when in seconds."""

    ts: str
    by: str
    at: int


@dataclass
class UserGroup:
    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    description: str = ""
    updated: int = 0
    created: int = 0
    created_by: str = ""
    channels: list[str] = field(default_factory=list)
    # When it was switched off, in seconds; 0 while it is in use.
    disabled: int = 0


@dataclass
class File:
    id: str
    name: str
    mimetype: str
    size: int
    user: str
    created: int
    title: str = ""
    channels: list[str] = field(default_factory=list)
    alt_txt: str = ""
    # To which bot user a form gave it.
    given_to: str = ""


@dataclass(frozen=True)
class ScheduledMessage:
    """`post_at` and `created` are in seconds."""

    id: str
    channel: str
    post_at: int
    created: int
    message: Json


@dataclass(frozen=True)
class Change:
    """Something that a person's screen should show. `audience` None means everybody."""

    kind: str
    audience: frozenset[str] | None
    body: Json
