"""What every step of an import needs: who may, whose numbers, what is kept between steps, and its card."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.errors import Denied, Refused, Stale
from bot.people import SYSTEM_ID, Person, Role
from bot.permissions import Permission, check_may, may
from bot.rules.metrics.importing.files import Decided, Look, Outcome
from bot.rules.metrics.importing.imports import Import, ImportState
from bot.rules.metrics.look.things import TeamNumbers
from bot.rules.teams import Team
from bot.services.metrics.store.keeping import ONLY_LEADS
from bot.text import _
from bot.views.metrics.ids import IMPORT_CARD
from storage import outbox, people, teams
from storage.database import Tx
from storage.metrics import imports
from storage.outbox import Card, Priority

NOBODYS = _(
    "Bringing in numbers is for the leads and managers of a team, and for Baton's admins. Please ask one of them to send me this file."
)
GONE = _("There is no such import any more.")
MOVED_ON = _(
    "This import has gone on meanwhile, so nothing was changed. Its message shows how it stands now."
)
LOOK, DECIDED, OUTCOME = "look", "decided", "outcome"
REFUSAL, BEGAN, AWAY, ALREADY = "refusal", "began", "away", "already"
"""What is kept in `found` and `asked`. The tries up to `began` belong to what is over, and `away` of the others were no fault of ours."""


async def teams_for(tx: Tx, person: Person) -> list[Team]:
    """The teams that this person may import for: those that they lead first. Raises Denied if there is none."""
    found = await teams.list_all(tx)
    chains = await teams.chains_of(tx, [one.id for one in found])
    allowed = [one for one in found if _may_for(person, one, chains[one.id])]
    if not allowed:
        raise Denied(NOBODYS)
    return sorted(allowed, key=lambda one: not person.has_role(one.id, Role.LEAD, Role.MANAGER))


def _may_for(person: Person, team: Team, chain: tuple[str, ...]) -> bool:
    thing = TeamNumbers(person.workspace_id, team.id, chain)
    return may(person, Permission.METRICS_IMPORT, thing)


async def get(tx: Tx, person: Person, import_id: str) -> Import:
    """For who may bring in the numbers of its team. Raises Refused and Denied."""
    found = await imports.find(tx, import_id)
    if found is None:
        raise Refused(GONE)
    found = await with_chain(tx, found)
    check_may(person, Permission.METRICS_IMPORT, found, ONLY_LEADS)
    return found


async def with_chain(tx: Tx, import_: Import) -> Import:
    """With what permissions look at."""
    return replace(import_, chain=await teams.chain_of(tx, import_.team_id))


async def get_in(tx: Tx, person: Person, import_id: str, *states: ImportState) -> Import:
    """The same, if it is in one of these states. Raises Stale otherwise."""
    found = await get(tx, person, import_id)
    if found.state not in states:
        raise Stale(MOVED_ON)
    return found


async def save(tx: Tx, after: Import, before: Import) -> None:
    """Raises Stale if somebody was faster."""
    if not await imports.save(tx, after, before):
        raise Stale(MOVED_ON)


def look_of(import_: Import) -> Look:
    return Look.unpack(import_.found[LOOK])


def decided_of(import_: Import) -> Decided:
    return Decided.unpack(import_.asked[DECIDED])


def outcome_of(import_: Import) -> Outcome | None:
    held = import_.found.get(OUTCOME)
    return Outcome.unpack(held) if held else None


async def same_live(tx: Tx, import_: Import | None, digest: str, sheet: str) -> Import | None:
    """What holds of the same bytes and the same sheet, brought by another import."""
    return next(
        (
            one
            for one in await imports.of_digest(tx, digest)
            if one.state is ImportState.LIVE
            and _sheet(one) == sheet
            and (import_ is None or one.id != import_.id)
        ),
        None,
    )


def _sheet(import_: Import) -> str:
    return str((import_.found.get(LOOK) or {}).get("sheet", ""))


def deciding(import_: Import, decided: Decided) -> Import:
    return replace(import_, asked={**import_.asked, DECIDED: decided.packed()})


def finding(import_: Import, **found: Any) -> Import:
    return replace(import_, found={**import_.found, **found})


def begun_anew(import_: Import) -> Import:
    """It is Baton's turn once more, with as many tries as at first."""
    return finding(import_, **{BEGAN: import_.tries, AWAY: 0})


def bare(import_: Import) -> Import:
    """Without a cell of the file: it is over, or holds, and nobody needs an example any more."""
    look, outcome = import_.found.get(LOOK), import_.found.get(OUTCOME)
    if outcome:
        import_ = finding(import_, **{OUTCOME: {**outcome, "rejects": []}})
    if not look:
        return import_
    columns = [{**one, "examples": [], "cells": []} for one in look["columns"]]
    kept: Mapping[str, Any] = {**look, "rows": [], "columns": columns}
    return finding(import_, **{LOOK: kept})


async def tell(tx: Tx, *some: Import, now: datetime) -> None:
    """Who brought it sees how it stands now. The operator at the machine has no messages."""
    shown = [one for one in some if one.person_id != SYSTEM_ID]
    cards = [Card(IMPORT_CARD, one.id, one.person_id, Priority.FOLLOW_UP) for one in shown]
    await outbox.say(tx, *cards, now=now)


async def reader_of(tx: Tx, import_: Import) -> Person | None:
    """Who brought it, with their rights of now."""
    return await people.find(tx, import_.person_id)
