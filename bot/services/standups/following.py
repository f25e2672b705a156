"""What the clock does about blockers: summaries that show them are drawn anew, and whoever was blocked hears how their case ended."""

from dataclasses import replace
from datetime import datetime

from bot.people import Person, system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.escalations import Escalation, State
from bot.rules.standups import Blocker, BlockerState, Standing
from bot.services.standups import blocking, summarising
from bot.views.standups import blockers as views
from storage import escalations, outbox, standups, teams
from storage.database import Tx
from storage.outbox import Card, Note
from storage.timers import Timer


async def redraw(tx: Tx, timer: Timer, now: datetime) -> None:
    """Somebody's answer has changed what blocks this team."""
    team = await teams.find(tx, timer.subject)
    if team is None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, team, ONLY_THE_CLOCK)
    await outbox.say(tx, *await summarising.newest_cards(tx, team.id), now=now)


async def follow_case(tx: Tx, timer: Timer, now: datetime) -> None:
    """A case that had been a blocker has moved on. One that was merged goes on under another number."""
    case = await escalations.find(tx, int(timer.subject))
    if case is None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, case, ONLY_THE_CLOCK)
    cards: dict[Card, None] = {}
    notes: list[Note] = []
    for standing in await standups.standing_of_case(tx, case.id):
        blocker = await _merged(tx, standing, case)
        found = await summarising.newest_cards(tx, blocker.team_id, blocker.round_id)
        cards |= dict.fromkeys(found)
        if blocker.is_open and case.state is State.RESOLVED and _is_news(blocker, case):
            by = Person(tx.workspace_id, case.closed_by or "")
            words = views.settled
            notes += await blocking.told(tx, blocker, blocker.person_id, words, by, now=now)
    await outbox.say(tx, *cards, *notes, now=now)


async def _merged(tx: Tx, standing: Standing, case: Escalation) -> Blocker:
    blocker = standing.blocker
    if case.state is State.MERGED and case.merged_into:
        blocker = replace(blocker, case_number=case.merged_into)
        await standups.change_blocker(tx, blocker, BlockerState.ESCALATED)
    return blocker


def _is_news(blocker: Blocker, case: Escalation) -> bool:
    """Whoever raised the case, or resolved it, knows."""
    return blocker.person_id not in {case.raised_by, case.closed_by}
