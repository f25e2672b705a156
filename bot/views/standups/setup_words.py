"""The words that the set-up of stand-ups uses again and again: when it asks, whom, and what kinds of questions there are."""

from bot.people import Role
from bot.rules.standups import Kind, Moment, NotAnswered, Purpose, Question, Schedule, StandUp
from bot.rules.standups.drafts import CAN_BE_ASKED, Heeds, Side
from bot.text import Text, _, channel_link, escape
from bot.views.escalations.words import minutes
from bot.views.shifts.words import days

MOMENTS = {
    Moment.TEAM: _("At a time by the team's clock"),
    Moment.PERSON: _("At a time by each person's own clock"),
    Moment.SHIFT: _("At the start of each person's shift"),
}
SIDES = {Side.AFTER: _("after the shift begins"), Side.BEFORE: _("before the shift begins")}
ASKED = {Role.AGENT: _("Agents"), Role.LEAD: _("Leads"), Role.MANAGER: _("Managers")}
NOT_ANSWERED = {
    NotAnswered.NAMED: _("By name"),
    NotAnswered.COUNTED: _("Only how many they are"),
    NotAnswered.HIDDEN: _("Not at all"),
}
HEEDS = {
    Heeds.DND: _("Wait until “do not disturb” is over"),
    Heeds.STATUS: _("Leave alone whose Slack status says that they are away"),
}
KINDS = {
    Kind.TEXT: _("Text"),
    Kind.CHOICE: _("One of several answers"),
    Kind.SCALE: _("A number on a scale"),
    Kind.YES_NO: _("Yes or no"),
    Kind.BLOCKER: _("Blockers: what stands in the way, followed until it is solved"),
    Kind.MOOD: _("Mood from 1 to 5, never shown in public"),
}
PURPOSES = {
    Purpose.NONE: _("Nothing special"),
    Purpose.LOOK_BACK: _("How it went: it begins with their focus of last time"),
    Purpose.FOCUS: _("Their focus: next time they are asked how it went"),
    Purpose.NEXT_SHIFT: _("For the next shift: whoever works next is shown it"),
}


def times(schedule: Schedule, t: Text) -> str:
    """`Mon–Fri at 09:05`, and by which clock."""
    on = days(schedule.weekdays, t)
    if schedule.moment is Moment.SHIFT:
        return _by_shift(on, schedule.offset_minutes, t)
    at = t.clock(schedule.at)
    if schedule.moment is Moment.PERSON:
        return t("{days} at {time}, by each person's own clock", days=on, time=at)
    return t("{days} at {time}", days=on, time=at)


def _by_shift(on: str, offset: int, t: Text) -> str:
    if not offset:
        return t("{days} at the start of each shift", days=on)
    length = minutes(abs(offset), t)
    if offset < 0:
        return t("{days}, {length} before each shift begins", days=on, length=length)
    return t("{days}, {length} after each shift begins", days=on, length=length)


def to_answer(schedule: Schedule, t: Text) -> str:
    return t("{length} to answer", length=minutes(schedule.window_minutes, t))


def asked(standup: StandUp, t: Text) -> str:
    """`asks agents, leads`."""
    who = ", ".join(t(ASKED[one]) for one in CAN_BE_ASKED if one in standup.asked)
    return t("Asked: {who}", who=who)


def summary(standup: StandUp, team_channel: str, t: Text) -> str:
    """Where the summary goes, and how it speaks of those who did not answer."""
    channel = standup.channel or team_channel
    where = channel_link(channel) if channel else t("nowhere yet")
    how = t(NOT_ANSWERED[standup.not_answered])
    return t("Summary in {channel} · who did not answer: {how}", channel=where, how=how)


def heeded(standup: StandUp, t: Text) -> str:
    """What it waits for; empty if it waits for nothing."""
    chosen = {Heeds.DND: standup.heeds_dnd, Heeds.STATUS: standup.heeds_status}
    return " · ".join(t(HEEDS[one]) for one in Heeds if chosen[one])


def question(one: Question, t: Text) -> str:
    """What kind it is and what else is to know about it, in one line. Escaped."""
    facts = [t(KINDS[one.kind])]
    if one.is_required:
        facts.append(t("has to be answered"))
    if one.purpose is not Purpose.NONE:
        facts.append(t(PURPOSES[one.purpose]))
    if one.kind is Kind.SCALE:
        facts.append(t("from 1 to {top}", top=one.top))
    if one.options:
        facts.append(" / ".join(escape(each) for each in one.options))
    if one.follow_up:
        words = escape(one.follow_up)
        facts.append(
            t("after a yes: {question}", question=words)
            if one.follow_up_on
            else t("after a no: {question}", question=words)
        )
    return " · ".join(facts)
