"""Programs that send numbers: the token that lets one in, and what an admin decides about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.errors import Refused
from bot.rules.teams import Team
from bot.text import _

NAME_LIMIT = 60
MOST = 50
"""Tokens of a workspace that work at the same time."""
USED_AGAIN = timedelta(minutes=1)
"""How exactly the last use is noted: a program that sends all the time does not change its row all the time."""
OWN_FEED = "Baton"
"""What comes from Baton itself; nobody else sends as it."""

_WRITTEN = re.compile(r"baton_([A-Z0-9]{2,20})_[A-Za-z0-9_-]{43}")

NO_NAME = _("Please say which program it is, in at most {limit} characters.")
NO_FEED = _("Please say where its numbers come from, in at most {limit} characters.")
FEED_IS_OURS = _("“{name}” is for what Baton counts itself. Please choose another name.")
NO_TEAM = _("Please choose the team whose numbers it sends.")
TOO_MANY = _("There are {count} tokens already. Please take back those that nobody needs any more.")


@dataclass(frozen=True, slots=True)
class Program:
    """A token: `name` says for what, `feed` where its numbers come from, `team_id` whose numbers it may bring.

    `by` is the admin who made it. The token itself is kept nowhere.
    """

    workspace_id: str
    id: str
    name: str
    feed_id: str
    feed: str
    team_id: str
    by: str
    made_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def was_used(self, now: datetime) -> bool:
        """Whether its last use is noted exactly enough."""
        return self.used_at is not None and now - self.used_at < USED_AGAIN


@dataclass(frozen=True, slots=True)
class ProgramSeen:
    """One of the list, with what its team is called; empty if the team is gone."""

    program: Program
    team: str


@dataclass(frozen=True, slots=True)
class Made:
    """A new one, with its token, which nobody can be told a second time."""

    program: Program
    team: Team
    token: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a request; `digest` is of its body."""

    digest: str
    answer: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ProgramDraft:
    """As somebody filled it in."""

    name: str = ""
    feed: str = ""
    team_id: str = ""


def problems(draft: ProgramDraft) -> dict[str, Refused]:
    """What has to be put right, by field."""
    found: dict[str, Refused] = {}
    if not 0 < len(draft.name) <= NAME_LIMIT:
        found["name"] = Refused(NO_NAME, limit=NAME_LIMIT)
    if not 0 < len(draft.feed) <= NAME_LIMIT:
        found["feed"] = Refused(NO_FEED, limit=NAME_LIMIT)
    elif draft.feed.casefold() == OWN_FEED.casefold():
        found["feed"] = Refused(FEED_IS_OURS, name=OWN_FEED)
    if not draft.team_id:
        found["team"] = Refused(NO_TEAM)
    return found


def written(workspace_id: str, secret: str) -> str:
    """The token as a program sends it. That it names its workspace lets nobody in: only the whole of it does."""
    return f"baton_{workspace_id}_{secret}"


def workspace_of(token: str) -> str | None:
    """Of which workspace it says to be; None if nobody made such a token."""
    found = _WRITTEN.fullmatch(token)
    return found[1] if found else None


def digest_of(token: str | bytes) -> str:
    """What is kept of a token, or of a body. Looked up as it is, so that nothing tells how much of a guess was right."""
    return sha256(token if isinstance(token, bytes) else token.encode()).hexdigest()
