"""What people are told in private when somebody changes their shifts."""

from bot.people import Person
from bot.rules.shifts import Change, Override
from bot.rules.teams import Team
from bot.text import Text, escape, mention
from bot.views.shifts.words import stretch


def override_made(by: Person, team: Team, override: Override, reader: str, t: Text) -> str:
    """For the one who works, and for the one who does not."""
    who, time = mention(by.id), stretch(override.span, t)
    called = escape(team.name)
    if override.change is Change.REPLACE and reader == override.instead_of:
        works = mention(override.person_id)
        return t(
            "{who} has noted that {works} works in your place in {team}: {time}",
            who=who, works=works, team=called, time=time,
        )  # fmt: skip
    if override.change is Change.REPLACE:
        instead = mention(override.instead_of or "")
        return t(
            "{who} has put you on shift in {team} in place of {instead}: {time}",
            who=who, instead=instead, team=called, time=time,
        )  # fmt: skip
    if override.change is Change.REMOVE:
        return t(
            "{who} has taken you off your shift in {team}: {time}", who=who, team=called, time=time
        )
    return t("{who} has put you on shift in {team}: {time}", who=who, team=called, time=time)
