"""The loop that asks Slack, before a stand-up asks people, when they are not to be disturbed. Without an answer they are asked as planned."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from logging import getLogger

from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.people import system
from bot.rules.delivery import Answer, Outcome, classify
from bot.rules.standups.quiet import MOST_AT_ONCE
from bot.services.delivery import Sender
from bot.services.standups import quieting
from bot.services.standups.quieting import Plan
from schedules.waiting import Rest
from storage.database import Database
from storage.standups import Soon

log = getLogger(__name__)

POLL = timedelta(seconds=15)
CALLS = 4
"""In each workspace and round: a minute has four rounds, and Slack takes twenty of these calls in it."""
AFTER_REFUSAL = timedelta(hours=1)
AFTER_SILENCE = timedelta(minutes=1)


class QuietTimes:
    """All workspaces' stand-ups. `senders` gives each workspace its way to Slack."""

    def __init__(self, db: Database, clock: Clock, senders: Callable[[str], Sender]) -> None:
        self._db, self._clock, self._senders = db, clock, senders
        self._rest = Rest()
        self._done: dict[tuple[str, str], datetime] = {}
        self._held: dict[str, datetime] = {}
        self._told: set[str] = set()
        db.on_commit("quiet", self._rest.wake)

    @property
    def is_busy(self) -> bool:
        """Slack is being asked, or could be."""
        return self._rest.is_busy

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, and what was asked is answered."""
        await self._rest.go_round(stop, self.ask, POLL.total_seconds())

    async def next_due(self, *, after: datetime) -> datetime | None:
        """When there may be somebody to ask about."""
        found = [
            max(after + POLL, self._held.get(one.workspace_id, after))
            for one in self._open(await quieting.soon(self._db, now=after))
        ]
        due = await quieting.next_due(self._db, after=after)
        return min([*found, *([due] if due else [])], default=None)

    async def ask(self) -> None:
        """About whoever is asked within ten minutes, in every workspace; as many as may be asked about at once."""
        now = self._clock.now()
        try:
            soon = await quieting.soon(self._db, now=now)
            self._forget(soon)
            for workspace_id, some in groupby(
                sorted(self._open(soon), key=lambda one: one.workspace_id),
                lambda one: one.workspace_id,
            ):
                if self._held.get(workspace_id, now) <= now:
                    await self._ask_in(workspace_id, list(some), now)
        except DatabaseGone as error:
            log.error("Do-not-disturb waits for the database: %s", error)  # noqa: TRY400
        except Exception:
            log.exception("Do-not-disturb could not be asked about; people are asked as planned")

    async def _ask_in(self, workspace_id: str, soon: Sequence[Soon], now: datetime) -> None:
        clock, plans, people = system(workspace_id), list[Plan](), dict[str, None]()
        for one in soon:
            plan = await quieting.plan(self._db, clock, one.standup_id, now=now)
            if plan is not None:
                plans.append(plan)
                people |= dict.fromkeys(plan.people)
            if len(people) > MOST_AT_ONCE * CALLS:
                break  # this one is not asked about to its end: it is looked at again
            self._done[one.workspace_id, one.standup_id] = one.due_at
        wanted = list(people)[: MOST_AT_ONCE * CALLS]
        for begin in range(0, len(wanted), MOST_AT_ONCE):
            some = wanted[begin : begin + MOST_AT_ONCE]
            if not await self._ask_about(workspace_id, plans, some):
                break

    async def _ask_about(
        self, workspace_id: str, plans: Sequence[Plan], people: Sequence[str]
    ) -> bool:
        """Whether Slack goes on answering."""
        clock, slack = system(workspace_id), self._senders(workspace_id)
        claimed = await quieting.claim(self._db, clock, people, now=self._clock.now())
        if not claimed:
            return True
        answer = await slack.call(quieting.ASK, {"users": ",".join(claimed)})
        if not answer.error:
            self._told.discard(workspace_id)
            await quieting.keep(self._db, clock, plans, claimed, answer, now=self._clock.now())
            return True
        self._tell(workspace_id, answer)
        if self._is_refused(workspace_id, answer):
            return False
        await quieting.give_back(self._db, clock, claimed, now=self._clock.now())
        for key in [key for key in self._done if key[0] == workspace_id]:
            del self._done[key]
        return False

    def _is_refused(self, workspace_id: str, answer: Answer) -> bool:
        """Not to be tried again soon; otherwise in a moment."""
        is_refused = classify(answer, quieting.ASK) in {Outcome.DEAD, Outcome.CLOSED}
        pause = AFTER_REFUSAL if is_refused else AFTER_SILENCE
        if answer.retry_after is not None:
            pause = timedelta(seconds=answer.retry_after)
        self._held[workspace_id] = self._clock.now() + pause
        return is_refused

    def _tell(self, workspace_id: str, answer: Answer) -> None:
        """Once, until Slack answers again. That it is asked too often is no news."""
        if answer.retry_after is None and workspace_id not in self._told:
            self._told.add(workspace_id)
            log.warning(
                "Slack does not say who is not to be disturbed (%s): stand-ups ask as planned. "
                "`baton check` tells whether a scope is missing.",
                answer.error,
            )

    def _open(self, soon: Sequence[Soon]) -> list[Soon]:
        """Those that were not dealt with since their time was set."""
        return [
            one for one in soon if self._done.get((one.workspace_id, one.standup_id)) != one.due_at
        ]

    def _forget(self, soon: Sequence[Soon]) -> None:
        """What was dealt with and is over."""
        still = {(one.workspace_id, one.standup_id) for one in soon}
        self._done = {key: due for key, due in self._done.items() if key in still}
