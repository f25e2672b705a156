"""The end of a shift: whoever still holds open cases is asked in private to hand them over."""

from datetime import datetime, timedelta

from bot.people import system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules import shifts as shift_rules
from bot.rules.shifts import Span
from bot.rules.shifts.duties import BEFORE
from bot.rules.shifts.ends import works
from bot.rules.teams import Workspace
from bot.services.handovers import telling
from bot.services.handovers.offering import held_open
from bot.views.handovers import told
from storage import outbox, shifts, teams
from storage.database import Tx
from storage.outbox import Note
from storage.timers import Timer


async def remind(tx: Tx, timer: Timer, now: datetime) -> None:
    """Say it once for each end, if it still is one. Nothing to somebody who works on, in whichever team.

    After a downtime only the newest end is worth a word, and none to somebody who is back at work.
    """
    check_may(
        system(tx.workspace_id), Permission.CLOCK_RUN, Workspace(tx.workspace_id), ONLY_THE_CLOCK
    )
    person_id, end = timer.subject, datetime.fromisoformat(timer.step)
    spans = await _works(tx, person_id, Span(end - BEFORE, max(end, now) + timedelta(days=1)))
    stops = any(one.end == end for one in spans)
    if not stops or any(one.end > end and one.start <= now for one in spans):
        return
    held, _offered = await held_open(tx, person_id)
    if not held:
        return
    t = await telling.text_of(tx, person_id)
    text, blocks = told.shift_ends(end, len(held), t, is_over=now > end)
    note = Note(f"shift_ends:{person_id}:{timer.step}", person_id, text, blocks)
    await outbox.say(tx, note, now=now)


async def _works(tx: Tx, person_id: str, window: Span) -> list[Span]:
    """When they work in any of their teams."""
    found = [
        shift_rules.duties(await shifts.roster(tx, team, window), window)
        for team in await teams.find_of_person(tx, person_id)
    ]
    return works(found, person_id)
