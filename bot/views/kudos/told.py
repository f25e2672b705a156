"""Short answers about kudos, to who did something."""

from bot.rules.kudos import Kudos
from bot.text import Text
from bot.views import blocks as b
from bot.views.kudos.posted import Message, undoer
from bot.views.teams.words import mentions


def given(kudos: Kudos, t: Text) -> Message:
    """Beside the offer of a command, once it is taken."""
    told = t(
        "Done: {who} will read it. You can take it back for ten minutes.",
        who=mentions(kudos.receivers, t),
    )
    return told, [b.section(told), b.actions(undoer(kudos, t))]


def taken_back(t: Text) -> str:
    return t("These thanks are taken back, as if they had not been given.")
