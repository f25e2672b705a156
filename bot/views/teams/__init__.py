"""How set-up looks: the list that `/baton` opens, the form of a team, who is admin, and the words about them."""

from bot.rules.teams import Team
from bot.text import Text, escape


def hello(team: Team) -> str:
    """What Baton says once in a leads' channel, in the team's language."""
    t = Text(team.language, team.zone)
    return t("Baton will post escalations of *{team}* here.", team=escape(team.name))
