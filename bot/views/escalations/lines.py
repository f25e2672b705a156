"""The lines of a timeline in words: what happened, to whom, why, and what was replaced."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.rules.escalations import (
    Decision,
    Event,
    EventKind,
    Origin,
    Rating,
    ReturnReason,
    Update,
    WaitingOn,
    is_link,
    origin_of,
    source_of,
)
from bot.rules.severities import Severity
from bot.text import Text, _, escape, link, mention, when
from bot.views.escalations.words import (
    DECISIONS,
    FIELDS,
    NO_NAMES,
    RATINGS,
    REASONS,
    WAITING_FOR,
    Names,
    severity_name,
    short,
    value,
)


def line(event: Event, t: Text, names: Names = NO_NAMES, *, limit: int = 150) -> str:
    """One line of a timeline: when, what, who, why. A long reason is cut at `limit`; `names` are the team's severities."""
    told = t("{when} · {what}", when=when(event.at, t), what=what(event, t, names))
    return f"{told}: {short(event.why, limit)}" if event.why else told


def what(event: Event, t: Text, names: Names = NO_NAMES) -> str:
    """What happened, in one sentence without its full stop."""
    if event.kind is EventKind.NOTED and source_of(event)[0]:
        return _kept(event, t)
    if event.kind is EventKind.RAISED and (origin := origin_of(event)):
        return _from_elsewhere(event, origin, t)
    told = TOLD.get(event.kind)
    values = told(event, t) if told else {}
    if event.kind is EventKind.SEVERITY_CHANGED:
        old, new = (severity_name(Severity(one), names, t) for one in event.changes["severity"])
        values = {"old": old, "new": new}
    return t(WHAT[event.kind], who=mention(event.by), **values)


def details(event: Event, t: Text, names: Names = NO_NAMES) -> Iterator[str]:
    """What was replaced, as far as people fill it in themselves."""
    for name, (old, new) in event.changes.items():
        if name == "update":
            yield from update(Update(**new), t)
        elif name in FIELDS and name not in SAID_ALREADY.get(event.kind, ()):
            yield t(
                "{field}: {old} → {new}",
                field=t(FIELDS[name]),
                old=value(name, old, t, names),
                new=value(name, new, t, names),
            )
    if event.kind is EventKind.NOTED and is_link(source_of(event)[1]):
        yield link(source_of(event)[1], t("the message"))


def update(said: Update, t: Text, *, limit: int = 500) -> Iterator[str]:
    """The owner's word, each part after its label and cut at `limit`."""
    parts = (
        (t("How it stands"), said.conditions),
        (t("What is being done"), said.actions),
        (t("What is needed"), said.needs),
    )
    for label, words in parts:
        if words:
            yield t("*{label}:* {words}", label=label, words=short(words, limit))


def _kept(event: Event, t: Text) -> str:
    author, _link = source_of(event)
    if author == event.by:
        return t("{who} kept what they said", who=mention(event.by))
    return t("{who} kept what {author} said", who=mention(event.by), author=mention(author))


def _from_elsewhere(event: Event, origin: Origin, t: Text) -> str:
    """From a stand-up; or from an alert, which blocks nobody."""
    who, called = mention(event.by), escape(origin.standup)
    if not origin.person_id:
        return t("{who} raised it from the alert “{name}”", who=who, name=called)
    return t(
        "{who} raised it from the stand-up “{name}”, since it blocks {blocked}",
        who=who,
        name=called,
        blocked=mention(origin.person_id),
    )


def _new(event: Event, name: str) -> Any:
    return event.changes.get(name, (None, None))[1]


def _moment(given: object, t: Text) -> str:
    return when(datetime.fromisoformat(str(given)), t) if given else ""


def _level(event: Event, _t: Text) -> dict[str, str]:
    """`reason` is the level, and after a colon those who were told."""
    level, _colon, people = event.reason.partition(":")
    return {"level": level, "people": ", ".join(mention(one) for one in people.split(",") if one)}


def _followers(event: Event, _t: Text) -> dict[str, str]:
    old, new = event.changes.get("followers", ((), ()))
    changed = sorted(set(old) ^ set(new))
    return {"people": ", ".join(mention(one) for one in changed)}


SAID_ALREADY: Mapping[EventKind, tuple[str, ...]] = {EventKind.SEVERITY_CHANGED: ("severity",)}
"""What the line itself says to have changed."""

TOLD: Mapping[EventKind, Callable[[Event, Text], dict[str, str]]] = {
    EventKind.RETURNED: lambda event, t: {"reason": t(REASONS[ReturnReason(event.reason)])},
    EventKind.RESOLVED: lambda event, t: {"decision": t(DECISIONS[Decision(event.reason)])},
    EventKind.WAITED: lambda event, t: {
        "whom": t(WAITING_FOR[WaitingOn(event.reason)]),
        "when": _moment(_new(event, "waiting_until"), t),
    },
    EventKind.ASSIGNED: lambda event, _t: {"owner": mention(str(_new(event, "owner_id") or ""))},
    EventKind.MERGED: lambda event, _t: {"number": event.reason},
    EventKind.TOOK_IN: lambda event, _t: {"number": event.reason},
    EventKind.DEPARTMENT_ASKED: lambda event, _t: {"number": event.reason},
    EventKind.DEPARTMENT_ANSWERED: lambda event, _t: {"number": event.reason},
    EventKind.MOVED: lambda event, _t: {"team": escape(event.reason)},
    EventKind.LET_GO: lambda event, _t: {"number": event.reason},
    EventKind.HUNG_ON: lambda event, _t: {"number": event.reason},
    EventKind.ASKED_BY: lambda event, _t: {"owner": mention(event.reason)},
    EventKind.ASKER_CLOSED: lambda event, _t: {"number": event.reason},
    EventKind.FOLLOWED: _followers,
    EventKind.RATED: lambda event, t: {"rating": t(RATINGS[Rating(event.reason)])},
    EventKind.LEVEL_TOLD: _level,
    EventKind.LEVEL_SKIPPED: _level,
    EventKind.FELL: lambda event, _t: {"owner": mention(event.reason)},
}

WHAT: Mapping[EventKind, str] = {
    EventKind.RAISED: _("{who} raised it"),
    EventKind.CLAIMED: _("{who} claimed it"),
    EventKind.RETURNED: _("{who} returned it ({reason})"),
    EventKind.RESOLVED: _("{who} resolved it ({decision})"),
    EventKind.REOPENED: _("{who} reopened it"),
    EventKind.RESUBMITTED: _("{who} added what was missing"),
    EventKind.WITHDRAWN: _("{who} withdrew it"),
    EventKind.WAITED: _("{who} lets it wait for {whom} until {when}"),
    EventKind.RESUMED: _("{who} goes on with it"),
    EventKind.UPDATED: _("{who} says how it stands"),
    EventKind.KEPT: _("{who} is still on it"),
    EventKind.RELEASED: _("{who} can't go on with it"),
    EventKind.ASSIGNED: _("{who} made {owner} its owner"),
    EventKind.DEPARTMENT_ASKED: _("{who} asked another department: #{number}"),
    EventKind.DEPARTMENT_ANSWERED: _("The other department is done with #{number}"),
    EventKind.SEVERITY_CHANGED: _("{who} changed how urgent it is: {old} → {new}"),
    EventKind.MOVED: _("{who} moved it to {team}"),
    EventKind.MERGED: _("{who} merged it: it goes on as #{number}"),
    EventKind.TOOK_IN: _("{who} merged #{number} into it"),
    EventKind.LET_GO: _("{who} took #{number} out of it again"),
    EventKind.HUNG_ON: _("It is asked for by #{number} now"),
    EventKind.ASKED_BY: _("{owner} is the one who asks now"),
    EventKind.ASKER_CLOSED: _("#{number}, for which it was raised, was closed"),
    EventKind.ESCALATED: _("{who} escalated it further"),
    EventKind.DEESCALATED: _("{who} took it one level down"),
    EventKind.FOLLOWED: _("{who} changed who follows it: {people}"),
    EventKind.NOTED: _("{who} noted"),
    EventKind.RATED: _("{who} said of the help: {rating}"),
    EventKind.CLOCK_STARTED: _("The team opened, so the time to find an owner began"),
    EventKind.CLAIM_WARNED: _("Three quarters of the time to find an owner were over"),
    EventKind.CLAIM_LATE: _("The time to find an owner was over"),
    EventKind.LEVEL_TOLD: _("Level {level} was told: {people}"),
    EventKind.LEVEL_SKIPPED: _("Level {level} was skipped: nobody of it could be reached"),
    EventKind.LEVEL_PUT_OFF: _("The team had closed, so the next level is told when it opens"),
    EventKind.UPDATE_WARNED: _("The owner was reminded that a word is due"),
    EventKind.UPDATE_LATE: _("No word came in time, so the owner was asked"),
    EventKind.FELL: _("{owner} did not answer, so it needs an owner again"),
    EventKind.WOKE: _("The time to wait was over"),
    EventKind.REMINDED: _("The owner was reminded, as they wished"),
    EventKind.PROMISE_WARNED: _("The time promised to the customer was coming near"),
    EventKind.PROMISE_LATE: _("The time promised to the customer was over"),
    EventKind.REPORTER_REMINDED: _("The reporter was reminded that it is with them"),
}
