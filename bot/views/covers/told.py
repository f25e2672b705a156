"""What everyone concerned is told in private when cover is asked for, taken, cancelled, undone, or left."""

from collections.abc import Callable
from typing import Any

from bot.people import Person
from bot.rules.covers import Cover
from bot.rules.teams import Team
from bot.text import Text, escape, mention
from bot.views.shifts.words import stretch

Words = Callable[[Person, Team, Cover, Text], str]


def asked_for_you(by: Person, team: Team, cover: Cover, t: Text) -> str:
    return t(
        "{by} has asked {team} to cover your shift: {time}. `/baton cover` shows and cancels it.",
        by=mention(by.id),
        **_values(team, cover, t),
    )


def taken(by: Person, team: Team, cover: Cover, t: Text) -> str:
    """For the one who need not work."""
    values = _values(team, cover, t)
    works = mention(cover.taken_by or "")
    if by.id == cover.taken_by:
        return t("{works} works in your place in {team}: {time}", works=works, **values)
    return t(
        "{by} has arranged that {works} works in your place in {team}: {time}",
        by=mention(by.id),
        works=works,
        **values,
    )


def yours(by: Person, team: Team, cover: Cover, t: Text) -> str:
    """For the one who works."""
    values = _values(team, cover, t)
    instead = mention(cover.person_id)
    if by.id == cover.taken_by:
        return t(
            "You work in place of {instead} in {team}: {time}. Thank you!",
            instead=instead,
            **values,
        )
    return t(
        "{by} has arranged that you work in place of {instead} in {team}: {time}",
        by=mention(by.id),
        instead=instead,
        **values,
    )


def taken_for_leads(by: Person, team: Team, cover: Cover, t: Text) -> str:
    values = _values(team, cover, t)
    works, who = mention(cover.taken_by or ""), mention(cover.person_id)
    if by.id == cover.taken_by:
        return t(
            "{works} works in place of {who} in {team}: {time}. `/baton cover` can undo it.",
            works=works, who=who, **values,
        )  # fmt: skip
    return t(
        "{by} has arranged that {works} works in place of {who} in {team}: {time}. "
        "`/baton cover` can undo it.",
        by=mention(by.id), works=works, who=who, **values,
    )  # fmt: skip


def cancelled(by: Person, team: Team, cover: Cover, t: Text) -> str:
    """For the one who needed it, if somebody else thinks otherwise."""
    return t(
        "{by} has cancelled the request to cover your shift in {team}: {time}. You work as planned.",
        by=mention(by.id),
        **_values(team, cover, t),
    )


def undone(by: Person, team: Team, cover: Cover, t: Text) -> str:
    """For the one who works after all."""
    return t(
        "{by} has undone it: {works} does not work in your place in {team}. You work as planned: {time}",
        by=mention(by.id),
        works=mention(cover.taken_by or ""),
        **_values(team, cover, t),
    )


def undone_for_taker(by: Person, team: Team, cover: Cover, t: Text) -> str:
    return t(
        "{by} has undone it: you do not work in place of {instead} in {team}: {time}",
        by=mention(by.id),
        instead=mention(cover.person_id),
        **_values(team, cover, t),
    )


def undone_for_leads(by: Person, team: Team, cover: Cover, t: Text) -> str:
    return t(
        "{by} has undone it: {who} works in {team} as planned, and not {works}: {time}",
        by=mention(by.id),
        who=mention(cover.person_id),
        works=mention(cover.taken_by or ""),
        **_values(team, cover, t),
    )


def nobody_came(_by: Person, team: Team, cover: Cover, t: Text) -> str:
    """For the one who needed it."""
    return t(
        "Nobody has taken your shift in {team}: {time}. Please talk to a lead of the team.",
        **_values(team, cover, t),
    )


def nobody_came_for_leads(_by: Person, team: Team, cover: Cover, t: Text) -> str:
    return t(
        "Nobody has taken the shift of {who} in {team}: {time}. "
        "`/baton cover` lets you name somebody.",
        who=mention(cover.person_id),
        **_values(team, cover, t),
    )


def _values(team: Team, cover: Cover, t: Text) -> dict[str, Any]:
    return {"team": escape(team.name), "time": stretch(cover.span, t)}
