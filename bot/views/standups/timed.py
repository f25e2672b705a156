"""What those who lead are told in private when Baton was down at the time of asking."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.standups import StandUp
from bot.rules.teams import Team
from bot.text import Text, escape, mention, when

NAMED_AT_MOST = 20
TIMES_AT_MOST = 5


def missed(
    standup: StandUp, team: Team, times: Sequence[datetime], next_at: datetime | None, t: Text
) -> str:
    """Nobody was asked at these times, because Baton was down."""
    shown = ", ".join(when(one, t) for one in times[-TIMES_AT_MOST:])
    lines = [
        t.n(
            "*{name}* of {team} did not take place: I was not running at that time, so nobody was asked ({times}).",
            "*{name}* of {team} did not take place {count} times: I was not running, so nobody was asked (most recently {times}).",
            len(times),
            name=escape(standup.name),
            team=escape(team.name),
            times=shown,
        )
    ]
    if next_at:
        lines.append(t("The next one is at {time}.", time=when(next_at, t)))
    else:
        lines.append(t("None is planned in the next two weeks."))
    return " ".join(lines)


def not_asked(name: str, team: Team, person_ids: Sequence[str], t: Text) -> str:
    """Some could not be asked in time; the others were."""
    people = ", ".join(mention(one) for one in person_ids[:NAMED_AT_MOST])
    if (more := len(person_ids) - NAMED_AT_MOST) > 0:
        people += " " + t.n("and {count} more", "and {count} more", more)
    return t(
        "I was not running for a while, so I could not ask {people} in time for *{name}* of {team}. "
        "They do not count as missing.",
        people=people,
        name=escape(name),
        team=escape(team.name),
    )
