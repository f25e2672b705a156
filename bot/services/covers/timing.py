"""The end of a request that nobody takes: when the shift begins, whoever asked and the lead on shift are told."""

from dataclasses import replace
from datetime import datetime

from bot.people import system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules import covers as rules
from bot.rules.covers import Action, State
from bot.services.covers import telling
from bot.services.escalations.telling import leads_on_shift
from bot.views.covers import told
from storage import covers, outbox, shifts, teams
from storage.database import Tx
from storage.timers import Timer

EXPIRE = "cover.expire"


async def expire(tx: Tx, timer: Timer, now: datetime) -> None:
    """Nobody has taken it. If there is nothing to cover any more, nobody needs to hear that."""
    cover = await covers.find(tx, timer.subject)
    if cover is None or cover.state is not State.OPEN or now < cover.closes_at:
        return
    clock = system(tx.workspace_id)
    check_may(clock, Permission.CLOCK_RUN, cover, ONLY_THE_CLOCK)
    state = rules.check(Action.EXPIRE, cover, clock.id, now=now)
    after = replace(cover, state=state)
    if not await covers.change(tx, after, before=cover.state):
        return
    team = await teams.get(tx, cover.team_id)
    await outbox.say(tx, *telling.cards(after), now=now)
    if rules.gone_problem(cover, await shifts.roster(tx, team, cover.span)):
        return
    leads = await leads_on_shift(tx, team, now=now)
    concerned = {
        told.nobody_came: [cover.person_id],
        told.nobody_came_for_leads: [
            one for one in (*leads, cover.asked_by) if one != cover.person_id
        ],
    }
    for words, ids in concerned.items():
        await outbox.say(tx, *await telling.to(tx, team, after, words, clock, ids), now=now)
