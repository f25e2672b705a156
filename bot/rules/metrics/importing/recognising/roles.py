"""What a column can be to a record, and which cells it must hold for that."""

from enum import StrEnum

from bot.rules.metrics.importing.recognising.columns import Kind


class Role(StrEnum):
    """Those in `ONCE` belong to one column of a file."""

    KEY = "key"
    UPDATED = "updated"
    COMPLETE = "complete"
    DAY = "day"
    TIME = "time"
    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    MONTH_DAY = "month_day"
    YEAR_DAY = "year_day"
    QUARTER = "quarter"
    PERSON = "person"
    TEAM = "team"
    CHANNEL = "channel"
    TOPIC = "topic"
    STATUS = "status"
    CONTACTS = "contacts"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    IN_TIME = "in_time"
    SERVICE_LEVEL = "service_level"
    ANSWER_RATE = "answer_rate"
    ABANDON_RATE = "abandon_rate"
    TRANSFERRED = "transferred"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    FIRST_CONTACT = "first_contact"
    WAIT = "wait"
    TALK = "talk"
    HOLD = "hold"
    WRAP = "wrap"
    HANDLED = "handled"
    HANDLE = "handle"
    MEAN_WAIT = "mean_wait"
    MEAN_TALK = "mean_talk"
    MEAN_HOLD = "mean_hold"
    MEAN_WRAP = "mean_wrap"
    MEAN_HANDLE = "mean_handle"
    READY = "ready"
    BUSY = "busy"
    SCHEDULED = "scheduled"
    ADHERENT = "adherent"
    RATINGS = "ratings"
    RATINGS_GOOD = "ratings_good"
    RECOMMENDATIONS = "recommendations"
    PROMOTERS = "promoters"
    PASSIVES = "passives"
    DETRACTORS = "detractors"
    CSAT_SHARE = "csat_share"
    RATING = "rating"
    RECOMMENDATION = "recommendation"
    EFFORT = "effort"
    FIRST_RESPONSE_AT = "first_response_at"
    FIRST_RESPONSE = "first_response"
    NEXT_REPLY = "next_reply"
    RESOLVED_AT = "resolved_at"
    FIRST_RESOLUTION = "first_resolution"
    FULL_RESOLUTION = "full_resolution"
    REOPENS = "reopens"
    TARGET = "target"
    REVIEW = "review"


MEAN_OF = {
    Role.MEAN_WAIT: Role.WAIT,
    Role.MEAN_TALK: Role.TALK,
    Role.MEAN_HOLD: Role.HOLD,
    Role.MEAN_WRAP: Role.WRAP,
    Role.MEAN_HANDLE: Role.HANDLE,
}
"""A mean, and the amount that it is a mean of. Each is multiplied by its count before it is added to anything."""
PART_OF = {
    Role.SERVICE_LEVEL: Role.IN_TIME,
    Role.ANSWER_RATE: Role.ANSWERED,
    Role.ABANDON_RATE: Role.ABANDONED,
    Role.CSAT_SHARE: Role.RATINGS_GOOD,
}
"""A percentage, and the count that it is a percentage of something for."""
SHARES = frozenset(PART_OF)
SHARE_FOR = {part: share for share, part in PART_OF.items()}
NAMES = frozenset({Role.PERSON, Role.TEAM, Role.CHANNEL, Role.TOPIC})
TEXTS = NAMES | {Role.KEY, Role.STATUS}
DATE_PARTS = frozenset(
    {Role.YEAR, Role.MONTH, Role.WEEK, Role.MONTH_DAY, Role.YEAR_DAY, Role.QUARTER}
)
"""Columns of which a day is put together where none holds it whole."""
MOMENTS = frozenset({Role.DAY, Role.FIRST_RESPONSE_AT, Role.RESOLVED_AT})
CALL_LENGTHS = frozenset({Role.WAIT, Role.TALK, Role.HOLD, Role.WRAP, Role.HANDLE, *MEAN_OF})
LENGTHS = CALL_LENGTHS | {
    *(Role.READY, Role.BUSY, Role.SCHEDULED, Role.ADHERENT),
    *(Role.FIRST_RESPONSE, Role.NEXT_REPLY, Role.FIRST_RESOLUTION, Role.FULL_RESOLUTION),
}
RECOMMENDED = (Role.RECOMMENDATIONS, Role.PROMOTERS, Role.PASSIVES, Role.DETRACTORS)
"""How many would recommend, or would not: all who said so, and the three kinds that they are of."""
COUNTS = frozenset(
    {
        *(Role.CONTACTS, Role.ANSWERED, Role.ABANDONED, Role.IN_TIME, Role.TRANSFERRED),
        *(Role.ESCALATED, Role.RESOLVED, Role.FIRST_CONTACT, Role.HANDLED, Role.REOPENS),
        *(Role.RATINGS, Role.RATINGS_GOOD, *RECOMMENDED),
    }
)
"""Numbers, or yes and no for one and zero."""
SCORES = frozenset({Role.RATING, Role.RECOMMENDATION, Role.EFFORT, Role.REVIEW})
REPEATABLE = frozenset({Role.TARGET})
"""A ticket has one target for the first answer and one for the solution; both count."""
ONCE = frozenset(Role) - REPEATABLE

TWINS = {
    (Role.FIRST_RESPONSE, Kind.MOMENT): Role.FIRST_RESPONSE_AT,
    (Role.FULL_RESOLUTION, Kind.MOMENT): Role.RESOLVED_AT,
    (Role.RESOLVED, Kind.MOMENT): Role.RESOLVED_AT,
    (Role.TIME, Kind.MOMENT): Role.DAY,
    (Role.FIRST_RESPONSE_AT, Kind.DURATION): Role.FIRST_RESPONSE,
    (Role.FIRST_RESPONSE_AT, Kind.NUMBER): Role.FIRST_RESPONSE,
    (Role.RESOLVED_AT, Kind.DURATION): Role.FULL_RESOLUTION,
    (Role.RESOLVED_AT, Kind.NUMBER): Role.FULL_RESOLUTION,
    (Role.RESOLVED_AT, Kind.YES_NO): Role.RESOLVED,
    (Role.DAY, Kind.DURATION): Role.TIME,
    (Role.MONTH, Kind.MOMENT): Role.DAY,
    (Role.WEEK, Kind.MOMENT): Role.DAY,
    (Role.QUARTER, Kind.MOMENT): Role.DAY,
    (Role.SERVICE_LEVEL, Kind.YES_NO): Role.IN_TIME,
}
"""One header, two meanings: “Resolved” over yes and no, or over moments. What is in the cells decides."""


def kinds_of(role: Role) -> frozenset[Kind]:
    """As any of which a column must read to have this role; TEXT reads as everything."""
    if role in MOMENTS:
        return frozenset({Kind.MOMENT})
    if role in LENGTHS:
        return frozenset({Kind.DURATION})
    if role in COUNTS:
        return frozenset({Kind.NUMBER, Kind.YES_NO})
    return KINDS.get(role, frozenset({Kind.TEXT}))


KINDS = {
    Role.UPDATED: frozenset({Kind.MOMENT, Kind.NUMBER}),
    Role.TIME: frozenset({Kind.DURATION}),
    Role.COMPLETE: frozenset({Kind.YES_NO}),
    **dict.fromkeys(SHARES, frozenset({Kind.NUMBER})),
    Role.RATING: frozenset({Kind.NUMBER, Kind.VERDICT}),
    Role.RECOMMENDATION: frozenset({Kind.NUMBER}),
    Role.EFFORT: frozenset({Kind.NUMBER}),
    Role.REVIEW: frozenset({Kind.NUMBER}),
    Role.TARGET: frozenset({Kind.OUTCOME, Kind.YES_NO}),
}
