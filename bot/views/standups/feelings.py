"""Mood in words: one's own over the weeks, who may see it, and what leads are told of somebody who shares it."""

from collections.abc import Sequence

from bot.rules.standups.measures import PEOPLE_AT_LEAST, Fall, Week
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.standups import ids

WEEKS_SHOWN = 12
YES, NO = "yes", "no"
"""What the switch carries."""


def own(weeks: Sequence[Week], t: Text, *, shares: bool) -> str:
    """For the person alone."""
    told = [t("*Your mood*, from 1 to 5, by the week that begins on:")]
    if weeks:
        told.append(by_week(weeks, t))
    else:
        told = [t("*Your mood*: you have not said anything about it in the last weeks.")]
    if shares:
        told.append(
            t(
                "You share it: the leads and the manager of your teams see what you said, by your name, and are told when "
                "it falls three rounds in a row. If you stop, they see nothing of it any more, the past neither."
            )
        )
    else:
        told.append(
            t(
                "Only you see it. If you share it, the leads and the manager of your teams see what you said and say, by "
                "your name, and are told when it falls three rounds in a row. You can stop at any time."
            )
        )
    told.append(
        t.n(
            "Without that they only see the mean of a week, and only if at least {count} person answered.",
            "Without that they only see the mean of a week, and only if at least {count} people answered.",
            PEOPLE_AT_LEAST,
        )
    )
    return "\n".join(told)


def by_week(weeks: Sequence[Week], t: Text) -> str:
    """Of one person, in a line."""
    return " · ".join(_week(one, t) for one in weeks[-WEEKS_SHOWN:])


def switch(t: Text, *, shares: bool) -> Block:
    if shares:
        return b.button(t("Stop sharing my mood"), ids.CONSENT, NO)
    return b.button(t("Share my mood with my leads"), ids.CONSENT, YES)


def fall(one: Fall, standup_name: str, t: Text) -> str:
    """For a lead, of somebody who shares it."""
    return t(
        "{who}'s mood went {numbers} in the last rounds of *{name}*. They share this with you: perhaps ask how they are.",
        who=mention(one.person_id),
        numbers=" → ".join(t.number(number) for number in one.numbers),
        name=escape(standup_name),
    )


def not_shared(person_id: str, t: Text) -> str:
    """In place of what a lead was told, once it is not shared any more."""
    return t(
        "What stood here is not shared any more: {who} has stopped sharing their mood.",
        who=mention(person_id),
    )


def team(weeks: Sequence[Week], t: Text) -> str:
    """A team's, week by week, for those who lead it."""
    if not weeks:
        return t("*Mood*: nobody has said anything about it in a week that is over.")
    told = [t("*Mood*, from 1 to 5, by the week that begins on:")]
    told += [_team_week(one, t) for one in weeks[-WEEKS_SHOWN:]]
    return "\n".join(told)


def _week(one: Week, t: Text) -> str:
    return t("{day}: {mean}", day=t.day(one.monday), mean=t.number(round(one.mean or 0, 1)))


def _team_week(one: Week, t: Text) -> str:
    people = t.n("{count} person", "{count} people", one.people)
    day = t.day(one.monday)
    if one.mean is None:
        return t(
            "{day}: not shown, or one could guess who said what ({people})", day=day, people=people
        )
    mean = t.number(round(one.mean, 1))
    return t("{day}: {mean} ({people})", day=day, mean=mean, people=people)


def shared(t: Text, *, shares: bool) -> str:
    """What has just been done."""
    if shares:
        return t("You share your mood with the leads and the manager of your teams now. Thank you.")
    return t("You do not share your mood any more. Your leads see nothing of it, the past neither.")
