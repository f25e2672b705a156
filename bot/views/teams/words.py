"""The words that set-up uses again and again: roles, days, people in a row, and Baton's hello."""

from collections.abc import Sequence

from bot.people import Role
from bot.rules.teams import Team
from bot.text import Text, _, escape, mention

ROLES = {
    Role.AGENT: _("agent"),
    Role.LEAD: _("lead"),
    Role.MANAGER: _("manager"),
    Role.OBSERVER: _("observer"),
}
DAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
NAMED = 10


def role_name(role: Role, t: Text) -> str:
    return t(ROLES[role])


def mentions(person_ids: Sequence[str], t: Text) -> str:
    """`@ada, @bob and 3 more`. Empty for nobody."""
    shown = ", ".join(mention(one) for one in person_ids[:NAMED])
    more = len(person_ids) - NAMED
    return (
        shown
        if more <= 0
        else t.n("{shown} and {count} more", "{shown} and {count} more", more, shown=shown)
    )


def hello(team: Team) -> str:
    """What Baton says once in a leads' channel, in the team's language."""
    t = Text(team.language, team.zone)
    return t("Baton will post escalations of *{team}* here.", team=escape(team.name))
