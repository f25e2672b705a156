"""What the headers of other people's exports mean: which role each column has, and which program wrote the file."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.metrics.cells.durations import Unit


class Role(StrEnum):
    """What a column is to a record. Those of lengths may say their unit."""

    KEY = "key"
    DAY = "day"
    TIME = "time"
    PERSON = "person"
    TEAM = "team"
    CHANNEL = "channel"
    TOPIC = "topic"
    STATUS = "status"
    CONTACTS = "contacts"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    RESOLVED = "resolved"
    WAIT = "wait"
    TALK = "talk"
    HOLD = "hold"
    WRAP = "wrap"
    HANDLED = "handled"
    HANDLE = "handle"
    MEAN_TALK = "mean_talk"
    MEAN_HOLD = "mean_hold"
    MEAN_WRAP = "mean_wrap"
    MEAN_HANDLE = "mean_handle"
    RATING = "rating"
    RECOMMENDATION = "recommendation"
    EFFORT = "effort"
    FIRST_RESPONSE_AT = "first_response_at"
    FIRST_RESPONSE = "first_response"
    RESOLVED_AT = "resolved_at"
    FIRST_RESOLUTION = "first_resolution"
    FULL_RESOLUTION = "full_resolution"
    REOPENS = "reopens"
    TARGET = "target"
    REVIEW = "review"


class Source(StrEnum):
    """Which program an export is of."""

    ZENDESK = "zendesk"
    FRESHDESK = "freshdesk"
    FRESHSERVICE = "freshservice"
    GENESYS = "genesys"
    RINGCENTRAL = "ringcentral"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`unit` is what a bare number in the column counts, where the header says it."""

    role: Role
    unit: Unit | None = None


# Headers that only one program writes. A file is its export if it has this many of them.
MARKS: Mapping[Source, frozenset[str]] = {
    Source.ZENDESK: frozenset(
        {"summation column", "requester external id", "group stations", "assignee stations", "satisfaction score"}
    ),
    Source.FRESHSERVICE: frozenset(
        {"urgency", "impact", "requester vip", "sub category", "experience score", "association type"}
    ),
    Source.FRESHDESK: frozenset(
        {"every response status", "survey results", "agent interactions", "time tracked", "initial response time"}
    ),
    Source.GENESYS: frozenset({"interval start", "interval end", "interval complete", "media type", "on queue"}),
    Source.RINGCENTRAL: frozenset(
        {"allcalls", "callsbydirection", "callsbyresponse", "callsbyresult", "callssegments", "callsbyqueuesla"}
    ),
}  # fmt: skip
MARKS_NEEDED = 2

# By what is left of a header once case, signs, units and brackets are gone.
WORDS: Mapping[Role, tuple[str, ...]] = {
    Role.KEY: (
        "id", "ticket id", "call id", "case id", "case number", "contact id", "conversation id", "interaction id",
        "unique id", "ticket number", "ticket", "number", "reference", "key",
    ),
    Role.DAY: (
        "date", "day", "created at", "created time", "created", "opened", "opened at", "call date", "start date",
        "interval start", "issue reported at", "reported at", "start time", "timestamp", "date created", "call start",
    ),
    Role.TIME: ("time", "call time", "time of day", "hour"),
    Role.PERSON: (
        "agent name", "agent", "assignee name", "assignee", "user", "users", "rep", "representative", "advisor", "employee",
        "handled by", "owner", "agent id", "operator",
    ),
    Role.TEAM: ("team", "group", "queue", "department", "first queue", "queue name", "skill", "team name"),
    Role.CHANNEL: ("channel", "channel name", "via", "source", "media type", "medium", "type of contact"),
    Role.TOPIC: (
        "topic", "category", "reason", "contact reason", "ticket type", "type", "subject type", "call type", "issue type",
    ),
    Role.STATUS: ("status", "state", "ticket status"),
    Role.CONTACTS: ("contacts", "calls", "volume", "offered", "offer", "calls offered", "allcalls", "all calls", "total calls", "tickets"),
    Role.ANSWERED: ("answered", "answered y n", "calls answered", "answer", "picked up", "was answered", "call answered"),
    Role.ABANDONED: ("abandoned", "abandon", "calls abandoned", "abandons"),
    Role.RESOLVED: ("resolved", "solved", "resolved y n", "issue resolved", "is resolved"),
    Role.WAIT: (
        "speed of answer", "wait", "wait time", "waiting time", "queue time", "time to answer", "answer time", "total wait", "total answer",
    ),
    Role.TALK: ("talk", "talk time", "total talk", "talk duration", "call duration", "duration"),
    Role.HOLD: ("hold", "hold time", "total hold", "on hold time"),
    Role.WRAP: ("acw", "acw time", "wrap up", "wrap up time", "total acw", "after call work", "after contact work", "wrap"),
    Role.HANDLED: ("handled", "handle", "calls handled", "contacts handled"),
    Role.HANDLE: ("handle time", "handling time", "total handle", "connected handling time", "aht"),
    Role.MEAN_TALK: ("avg talk", "average talk", "average talk time", "avg talk time"),
    Role.MEAN_HOLD: ("avg hold", "average hold", "average hold time"),
    Role.MEAN_WRAP: ("avg acw", "average acw", "average wrap up"),
    Role.MEAN_HANDLE: ("avg handle", "average handle", "average handle time", "avg handle time"),
    Role.RATING: (
        "rating", "csat", "csat score", "satisfaction", "satisfaction rating", "satisfaction score", "survey results", "survey result",
        "customer satisfaction", "stars",
    ),
    Role.RECOMMENDATION: ("nps", "nps score", "likelihood to recommend", "recommendation"),
    Role.EFFORT: ("ces", "ces score", "customer effort", "effort", "effort score"),
    Role.FIRST_RESPONSE_AT: ("initial response time", "first response at", "first replied at", "issue responded", "responded at", "first reply at"),
    Role.FIRST_RESPONSE: (
        "first response time", "first reply time", "frt", "time to first response", "time to first reply",
    ),
    Role.RESOLVED_AT: ("resolved time", "solved at", "resolved at", "closed time", "closed at", "resolution date"),
    Role.FIRST_RESOLUTION: ("first resolution time",),
    Role.FULL_RESOLUTION: ("resolution time", "full resolution time", "time to resolution", "time to resolve"),
    Role.REOPENS: ("reopens", "reopened", "reopen count", "times reopened"),
    Role.TARGET: ("resolution status", "sla status", "sla", "within sla", "sla met"),
    Role.REVIEW: ("qa score", "quality score", "iqs", "evaluation score", "review score"),
}  # fmt: skip
ROLE_OF = {word: role for role, words in WORDS.items() for word in words}
UNITS: Mapping[str, Unit] = {
    "ms": Unit.MILLISECONDS, "milliseconds": Unit.MILLISECONDS,
    "s": Unit.SECONDS, "sec": Unit.SECONDS, "secs": Unit.SECONDS, "second": Unit.SECONDS, "seconds": Unit.SECONDS,
    "min": Unit.MINUTES, "mins": Unit.MINUTES, "minute": Unit.MINUTES, "minutes": Unit.MINUTES,
    "h": Unit.HOURS, "hr": Unit.HOURS, "hrs": Unit.HOURS, "hour": Unit.HOURS, "hours": Unit.HOURS,
    "days": Unit.DAYS,
}  # fmt: skip
SAYS_UNIT = re.compile(r"(?:\s+|\s*[\[(]\s*)(?:in )?(" + "|".join(UNITS) + r")\s*[\])]?\s*$")
OTHER_CLOCK = "within business hours"
"""The second of a pair: the first counts around the clock, and is what the shipped definitions mean."""
SUFFIX = re.compile(r"\s*\[(?:list|txt|int|dec|date|flg)\]$")
REPEATED = re.compile(r"_\d+$")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


def normal(header: str) -> str:
    """A header as it is compared: one case, letters and digits, single spaces. `AvgTalkDuration` is `avg talk duration`."""
    plain = unicodedata.normalize("NFKC", header)
    plain = CAMEL.sub(" ", plain).casefold()
    plain = SUFFIX.sub("", plain.strip())
    return " ".join(re.sub(r"[^\w%]+|_", " ", plain).split())


def signature(headers: Sequence[str]) -> str:
    """What a mapping is remembered by: the headers in their order, however they are spaced and cased."""
    return "\n".join(normal(one) for one in headers)


def source_of(headers: Sequence[str]) -> Source:
    """Which program wrote it, by headers that only that one has."""
    held = {normal(one) for one in headers} | {one.strip().casefold() for one in headers}
    marked = {source: len(marks & held) for source, marks in MARKS.items()}
    best = max(marked, key=lambda source: marked[source])
    return best if marked[best] >= MARKS_NEEDED else Source.FREE


def meaning_of(header: str) -> Meaning | None:
    """What one header says by itself; None if it says nothing that is counted."""
    lowered = unicodedata.normalize("NFKC", header).casefold().strip()
    if lowered.endswith(OTHER_CLOCK):
        return None
    unit = SAYS_UNIT.search(lowered)
    for text in (lowered[: unit.start()] if unit else None, header):
        role = ROLE_OF.get(_known(text)) if text else None
        if role:
            return Meaning(role, UNITS[unit[1]] if unit and text != header else None)
    return None


def meanings(headers: Sequence[str]) -> list[Meaning | None]:
    """What each header means. Of several for one role the one that says it best has it, and of those the first."""
    found = [meaning_of(one) for one in headers]
    best: dict[Role, int] = {}
    for place, meaning in enumerate(found):
        if meaning is None:
            continue
        before = best.get(meaning.role)
        if before is None or _rank(headers[place], meaning.role) < _rank(
            headers[before], meaning.role
        ):
            best[meaning.role] = place
    return [one if one and best[one.role] == place else None for place, one in enumerate(found)]


def _rank(header: str, role: Role) -> int:
    """How far down the list of its role's words a header stands."""
    words = WORDS[role]
    return next((place for place, word in enumerate(words) if word == normal(header)), len(words))


def _known(text: str) -> str:
    words = normal(REPEATED.sub("", text))
    if words in ROLE_OF:
        return words
    for start in ("avg ", "average ", "mean "):
        bare = words.removeprefix(start).replace("duration", "time")
        if words != bare and f"avg {bare}" in ROLE_OF:
            return f"avg {bare}"
    return words
