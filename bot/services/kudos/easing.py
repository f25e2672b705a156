"""“Who made this easier?”: one private word to whoever could thank somebody, at most one a day, and never urgent."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.people import Person, system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.kudos import KudosDraft, Via
from bot.rules.kudos import easing as rules
from bot.rules.kudos.easing import Eased
from bot.rules.teams import Workspace
from bot.rules.wall_clock import day_of
from bot.text import Text, _
from bot.views.kudos import told
from storage import covers, escalations, handovers, members, outbox, people, timers
from storage import kudos as stored
from storage.database import Database, Tx
from storage.outbox import Note, Priority
from storage.outbox.keeping import is_said
from storage.timers import Timer

EASE = "kudos.ease"
"""Its subject is who could thank somebody, its step what for."""

NOBODY_LEFT = _("There is nobody left to thank here: you have done that, or it has changed since.")


async def ask_later(tx: Tx, giver_id: str, source: str, at: datetime) -> None:
    """Somebody made something easier: ask whom it helped, not before `at`."""
    await timers.put(tx, Timer(EASE, giver_id, at, source))


async def ask(tx: Tx, timer: Timer, now: datetime) -> None:
    """One word a day: whatever else there is comes the next morning, and is forgotten after a week."""
    check_may(
        system(tx.workspace_id), Permission.CLOCK_RUN, Workspace(tx.workspace_id), ONLY_THE_CLOCK
    )
    giver = (await people.profiles(tx, [timer.subject])).get(timer.subject)
    if giver is None or not giver.can_have_roles:
        return
    eased = await _still_to_thank(tx, giver.id, timer.step)
    if eased is None or now - eased.at > rules.FORGOTTEN_AFTER:
        return
    await people.lock(tx, giver.id)
    zone = giver.zone or "UTC"
    key = f"kudos:ease:{giver.id}:{day_of(now, zone)}"
    if await is_said(tx, key):
        await timers.put(tx, replace(timer, due_at=rules.tomorrow(now, zone), attempts=0))
        return
    text, blocks = told.eased(eased, timer.step, Text(giver.locale or "en-US", zone))
    await outbox.say(tx, Note(key, giver.id, text, blocks, priority=Priority.RECOGNITION), now=now)


async def to_thank(db: Database, person: Person, source: str) -> KudosDraft:
    """The form's beginning: whom, and for what. Raises Refused if there is nobody left, or it is not theirs to say."""
    async with db.read(person.workspace_id) as tx:
        eased = await _still_to_thank(tx, person.id, source)
        if eased is None:
            raise Refused(NOBODY_LEFT)
        return KudosDraft(eased.helpers, via=eased.via, source=source)


async def _still_to_thank(tx: Tx, giver_id: str, source: str) -> Eased | None:
    """Whoever is still here, in a team, and not thanked for this yet by the one whom it helped."""
    eased = await _eased(tx, source)
    if eased is None or eased.giver_id != giver_id:
        return None
    thanked = await stored.about(tx, giver_id, source, since=eased.at)
    left = rules.without(eased, [one for kudos in thanked for one in kudos.receivers])
    known = await people.profiles(tx, left)
    left = tuple(one for one in left if one in known and known[one].can_have_roles)
    if not left or not await members.teams_of(tx, left):
        return None
    return replace(eased, helpers=left)


async def _eased(tx: Tx, source: str) -> Eased | None:
    kind, thing = rules.parts(source)
    if kind == Via.ESCALATION and thing.isdigit():
        case = await escalations.find(tx, int(thing))
        return rules.by_case(case) if case else None
    if kind == Via.COVER:
        cover = await covers.find(tx, thing)
        return rules.by_cover(cover) if cover else None
    if kind == Via.HANDOVER:
        handover = await handovers.find(tx, thing)
        return rules.by_handover(handover) if handover else None
    return None
