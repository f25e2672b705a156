"""What a change of a case means for those that hang on it: the case that waits for it, and those that it asked for.

All of it happens in the transaction of the change itself, so that the cards of two departments never disagree.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.people import Person
from bot.rules import escalations as rules
from bot.rules.escalations import Escalation, Event, State, Step
from bot.services.escalations import telling
from bot.services.escalations.keeping import record
from bot.services.holidays import load_holidays
from bot.views.escalations import told_links as views
from storage import escalations, teams
from storage.database import Tx
from storage.outbox import Card, Note

Say = list[Card | Note]


@dataclass(frozen=True, slots=True)
class Echo:
    """A change that was made, and by whom: others may have to follow."""

    tx: Tx
    person: Person
    before: Escalation
    after: Escalation
    now: datetime

    @property
    def has_ended(self) -> bool:
        return self.before.is_unfinished and not self.after.is_unfinished

    async def record(self, case: Escalation, step: Step) -> Escalation:
        """Another case, which this transaction holds."""
        after = await record(self.tx, case, step)
        assert after is not None
        return after


async def echoes(
    tx: Tx, person: Person, before: Escalation, after: Escalation, *, now: datetime
) -> Say:
    """Change what hangs on the case, and what there is to say of that. Nothing, while it stands where it stood."""
    if _shown(before) == _shown(after):
        return []
    echo = Echo(tx, person, before, after, now)
    above = await _to_parent(echo, after.parent_id) if after.parent_id else []
    return [*above, *await _to_children(echo)]


def _shown(case: Escalation) -> tuple[State, str | None, str]:
    """What the other cards say of it."""
    return case.state, case.owner_id, case.team_id


async def _to_parent(echo: Echo, parent_id: int) -> Say:
    """The case that waits for this one: its card, and once all departments have answered it goes on."""
    parent = await escalations.lock_alone(echo.tx, parent_id)
    assert parent is not None  # a case is never taken away
    if not (echo.has_ended and parent.is_unfinished):
        return [telling.card(parent)]
    team = await teams.get(echo.tx, parent.team_id)
    await load_holidays(team)
    others = await escalations.list_children(echo.tx, parent.id)
    is_last = not any(one.is_unfinished for one in others if one.id != echo.after.id)
    step = rules.answered(parent, echo.person, team, echo.after, is_last=is_last, now=echo.now)
    after = await echo.record(parent, step)
    told = await _told_parent(echo, after, step.event)
    return [
        telling.card(after),
        *told,
        *await echoes(echo.tx, echo.person, parent, after, now=echo.now),
    ]


async def _told_parent(echo: Echo, parent: Escalation, event: Event) -> list[Note]:
    """Its owner learns what was decided and what is next; its reporter and followers, that there is an answer."""
    team = await teams.get(echo.tx, parent.team_id)
    owner = telling.those(parent.owner_id)
    texts = await telling.texts(echo.tx, owner, team)
    others = {parent.raised_by, *parent.followers} - owner - {echo.person.id}
    return [
        *[
            telling.to_person(parent, one, views.answered(parent, echo.after, t))
            for one, t in texts.items()
        ],
        *await telling.news(echo.tx, parent, event, team, others),
    ]


async def _to_children(echo: Echo) -> Say:
    """The cases of other departments that it asked for: who asks, and whether anybody still does."""
    say: Say = []
    for child in await escalations.list_children(echo.tx, echo.after.id, lock=True):
        found, owner = child, echo.after.owner_id
        if not child.is_unfinished:
            say.append(telling.card(child))
            continue
        if owner and owner != child.raised_by:
            step = rules.asked_by(found, echo.person, owner, now=echo.now)
            found = await echo.record(found, step)
        if echo.has_ended:
            step = rules.asker_closed(found, echo.person, echo.after.id, now=echo.now)
            found = await echo.record(found, step)
            say += await _nobody_asks(echo, found)
        say.append(telling.card(found))
    return say


async def _nobody_asks(echo: Echo, child: Escalation) -> Say:
    """A department works on what nobody waits for any more: its owner and its leads hear of it."""
    team = await teams.get(echo.tx, child.team_id)
    asking = await teams.get(echo.tx, echo.after.team_id)
    owner = telling.those(child.owner_id) - {echo.person.id}
    texts = await telling.texts(echo.tx, owner, team)
    line, _blocks = views.asker_closed(child, asking.name, echo.after.id, telling.team_text(team))
    return [
        telling.card(child),
        telling.in_thread(child, line),
        *[
            telling.to_person(child, one, views.asker_closed(child, asking.name, echo.after.id, t))
            for one, t in texts.items()
        ],
    ]
