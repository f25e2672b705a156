"""Draws the card from the newest state, when it is about to be sent; and finds the cases that one hangs together with."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.delivery import Drawn
from bot.rules.escalations import Escalation, EventKind, Load, State
from bot.services.escalations.desks import Desks
from bot.services.escalations.telling import team_text
from bot.views.escalations import card as views
from bot.views.escalations import links as link_views
from bot.views.escalations.links import Link, Links
from storage import escalations, people, teams
from storage.database import Tx


async def draw(tx: Tx, subject: str, channel: str, desks: Desks, *, now: datetime) -> Drawn | None:
    """The card's text and blocks; nothing for a case that is not there. In a channel that it left, where it went."""
    escalation = await escalations.find(tx, int(subject))
    if escalation is None:
        return None
    if channel != escalation.channel:
        return await _draw_stub(tx, escalation, channel)
    team = await teams.get(tx, escalation.team_id)
    t = team_text(team)
    events = await escalations.timeline(tx, escalation.id, newest=views.LINES_READ)
    loads: Sequence[Load] = ()
    if escalation.state is State.OPEN:
        desk = await desks.get(tx, team.id, now=now)
        loads = await _loads(tx, desk.on or desk.leads)
    text, blocks = views.card(escalation, events, t, loads)
    links = await load_links(tx, escalation)
    return Drawn(*link_views.beside(text, blocks, escalation, links, t))


async def load_links(
    tx: Tx, case: Escalation, reader: Person | None = None, merged: Iterable[int] = ()
) -> Links:
    """The cases that it hangs together with. `merged` are the numbers of those that go on as this one."""
    asker, question = None, ""
    if case.parent_id:
        asker = await escalations.find(tx, case.parent_id)
        first = await escalations.first_line(tx, case.id)
        question = first.why if first else ""
    asked = await escalations.list_children(tx, case.id)
    taken = [await escalations.find(tx, number) for number in merged]
    into = await escalations.find(tx, case.merged_into) if case.merged_into else None
    found = [*asked, *taken, *[one for one in (asker, into) if one]]
    names = {}
    for team_id in {one.team_id for one in found if one}:
        names[team_id] = (await teams.get(tx, team_id)).name

    def link(one: Escalation) -> Link:
        is_open = reader is not None and may(reader, Permission.ESCALATION_SEE, one)
        return Link(one, names[one.team_id], is_open)

    return Links(
        asked=[link(one) for one in asked],
        asker=link(asker) if asker else None,
        question=question,
        merged=[link(one) for one in taken if one],
        goes_on=[link(into)] if into else [],
    )


async def _draw_stub(tx: Tx, escalation: Escalation, channel: str) -> Drawn:
    """In the words of the team that had it."""
    moves = [
        event
        for event in await escalations.timeline(tx, escalation.id)
        if event.kind is EventKind.MOVED and event.changes.get("channel", ("",))[0] == channel
    ]
    team = await teams.get(tx, escalation.team_id)
    left = await teams.find(tx, moves[-1].changes["team_id"][0]) if moves else None
    t = team_text(left or team)
    text, blocks = link_views.stub(escalation, team.name, moves[-1] if moves else None, t)
    return Drawn(text, blocks)


async def _loads(tx: Tx, person_ids: Iterable[str]) -> list[Load]:
    """What each of them holds; nothing of who is not known any more."""
    wanted = list(person_ids)
    owned = await escalations.count_owned(tx, wanted)
    if not owned:  # all hands are free, and their names are not needed
        return []
    known = await people.profiles(tx, wanted)
    return [Load(one, known[one].called, *owned.get(one, ())) for one in wanted if one in known]
