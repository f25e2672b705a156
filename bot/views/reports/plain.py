"""What reads well in Slack, as the plain words of a sheet: people by name, links by their words, times by the wall's clock."""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.people import SYSTEM_ID

MARKUP = re.compile(r"<(@|!date\^[^|>]*|[a-z]+:[^|>]*|)([^|>]*)(?:\|([^>]*))?>")
LETTERS = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
BATON = "Baton"

Names = Mapping[str, str]
"""Who is called how, by id."""


def name_of(person_id: str | None, names: Names) -> str:
    """Of somebody unknown the id, so that they can be found."""
    if not person_id:
        return ""
    return BATON if person_id == SYSTEM_ID else names.get(person_id, person_id)


def plain(mrkdwn: str, names: Names) -> str:
    """The words that a reader in Slack would see."""

    def words(found: "re.Match[str]") -> str:
        if found[1] == "@":
            return name_of(found[2], names)
        return found[3] or found[1] + found[2]

    bare = MARKUP.sub(words, mrkdwn).replace("*", "")
    for written, letter in LETTERS:
        bare = bare.replace(written, letter)
    return bare


def on_the_wall(moment: datetime | None, zone: str) -> datetime | None:
    """A time as the clock on a team's wall shows it, to the second."""
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
