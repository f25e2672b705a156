"""Lines of digests and views: what is read for them, at a stroke, and what is made of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.rules.metrics import comparing
from bot.rules.metrics.cadences import Cadence
from bot.rules.metrics.comparing import Held
from bot.rules.metrics.guards import CATCHES
from bot.rules.metrics.lines import Asked, Line, line
from bot.rules.metrics.registry import Metric
from bot.rules.metrics.scopes import Scope
from bot.rules.metrics.slices import PERSON, WHOLE, Row
from bot.rules.reports.periods import Period
from bot.services.metrics import defining, numbers
from storage.database import Tx
from storage.metrics import names, notes, settings

A_YEAR = timedelta(days=366)
LONG_AGO = date(2000, 1, 1)
"""From here on, what goes on from day to day is added up."""


async def lines_of(
    tx: Tx,
    scope: Scope,
    metrics: Sequence[str],
    period: Period,
    cadence: Cadence,
    *,
    now: datetime,
) -> list[Line]:
    """A line for each metric that there is, in the order given. Who may see them was asked before. Raises StillCounting.

    All days that the comparisons need are read once, however many metrics there are.
    """
    known = await defining.known(tx)
    chosen = [known[key] for key in metrics if key in known]
    asked = Asked(period, cadence, await _minimum_n(tx, scope.team_ids), known)
    held = Held.of(await _read(tx, scope, chosen, asked))
    said = await _noted(tx, scope, now)
    found = [line(one, held, asked, note=said.get(one.key, "")) for one in chosen]
    return await _with_last_days(tx, scope, found, asked)


async def people_lines(
    tx: Tx,
    team_ids: Sequence[str],
    metrics: Sequence[str],
    period: Period,
    cadence: Cadence,
    *,
    now: datetime,
) -> Mapping[str, list[Line]]:
    """The lines of everybody who has any numbers in the period, by the id of their name; read once for all of them.

    What adds up from day to day belongs to teams and is left out. Nobody is in any order.
    """
