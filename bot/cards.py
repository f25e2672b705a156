"""Every card, and which service draws it at the moment when it is sent."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.rules.delivery import Drawn
from bot.services import absences, covers, escalations, handovers, home, reports
from bot.services.delivery import Cards, Draw
from bot.services.kudos import anniversaries, digesting, walls
from bot.services.kudos import drawing as kudos
from bot.services.metrics.alert import alerting
from bot.services.metrics.digest import drawing as metrics
from bot.services.metrics.importing import seen as imports
from bot.services.standups import drawing_asks, sharing, shift_notes, summarising
from bot.views.absences import OFFER
from bot.views.covers.card import COVER
from bot.views.escalations.card import CARD
from bot.views.handovers import ids as handover_ids
from bot.views.home import HOME
from bot.views.kudos import ids as kudos_ids
from bot.views.metrics import ids as metric_ids
from bot.views.reports.told import CARD as EXPORT
from bot.views.standups import ids as standup_ids
from storage.database import Database, Tx


class DrawNow(Protocol):
    """Draws what also depends on when it is looked at."""

    def __call__(
        self, tx: Tx, subject: str, channel: str, /, *, now: datetime
    ) -> Awaitable[Drawn | None]: ...


def cards(db: Database, clock: Clock) -> Cards:
    """By their kind."""

    def by_the_clock(draw: DrawNow) -> Draw:
        async def drawn(tx: Tx, subject: str, channel: str) -> Drawn | None:
            return await draw(tx, subject, channel, now=clock.now())

        return drawn

    async def draw_case(tx: Tx, subject: str, channel: str) -> Drawn | None:
        desks = escalations.desks_of(db)
        return await escalations.draw(tx, subject, channel, desks, now=clock.now())

    return {
        CARD: draw_case,
        HOME: by_the_clock(home.draw),
        OFFER: absences.draw_offer,
        COVER: covers.draw,
        EXPORT: reports.draw,
        metric_ids.IMPORT_CARD: imports.draw,
        handover_ids.CARD: handovers.draw,
        standup_ids.ASK: by_the_clock(drawing_asks.draw),
        standup_ids.SUMMARY: by_the_clock(summarising.draw),
        standup_ids.NOTES: shift_notes.draw,
        standup_ids.MOOD: by_the_clock(sharing.draw_mood),
        kudos_ids.CARD: by_the_clock(kudos.draw),
        kudos_ids.DIGEST: digesting.draw,
        kudos_ids.WALL: walls.draw,
        kudos_ids.ANNIVERSARY: anniversaries.draw,
        metric_ids.DIGEST: by_the_clock(metrics.draw),
        metric_ids.ALERT_CARD: by_the_clock(alerting.draw),
    }
