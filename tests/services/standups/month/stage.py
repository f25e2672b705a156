"""A month lived by Baton itself, on a real database, from timer to timer and from act to act; what it says is written down."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update

from bot.app import FIRE
from bot.rules.standups import Round
from bot.services import ticking
from bot.views.standups import ids
from storage import standups
from storage.database import Database, Tx
from storage.outbox import OutboxRow, State
from storage.timers import TimerRow
from tests.cast import WORKSPACE
from tests.services.standups.month.acts import Act
from tests.services.standups.month.doing import Doing
from tests.services.standups.month.rounds import Said
from tests.services.standups.month.rows import channel_of, name_of

MOST_TURNS = 30
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
KINDS = {"remind": "reminds", "late": "adds", "missed": "missed", "not_asked": "missed some"}
"""What the third part of a note's key says it is; the second is the round, or the stand-up for what was missed."""


class Stage:
    """`said` is what Baton said, `messages` which stand-ups each message asks."""

    def __init__(self, db: Database, down: tuple[datetime, datetime]) -> None:
        self.db, self.down = db, down
        self.doing = Doing(db)
        self.said: list[Said] = []
        self.messages: defaultdict[tuple[str, str], set[tuple[str, datetime]]] = defaultdict(set)
        self._asked: set[tuple[str, str, datetime]] = set()
        self._summed_up: set[str] = set()
        self._ticks: Counter[datetime] = Counter()

    async def run(
        self, acts: Sequence[tuple[datetime, Act]], start: datetime, end: datetime
    ) -> None:
        """What is due comes before what people do in the same minute."""
        now, left = start, list(acts)
        while now < end:
            due = await ticking.next_due(self.db, after=BEGINNING)
            if due and due <= now:
                await self._tick(now)
            elif left and left[0][0] <= now:
                await self.doing.do(left.pop(0)[1], now)
            else:
                now = min([one for one in (due, left[0][0] if left else None) if one], default=end)
                if self.down[0] <= now < self.down[1]:
                    now = self.down[1]
        await self._listen()
        async with self.db.read(WORKSPACE) as tx:
            failed = await tx.scalars(select(TimerRow).where(TimerRow.attempts > 0))
            assert not [f"{one.kind} {one.last_error}" for one in failed]

    async def _tick(self, now: datetime) -> None:
        self._ticks[now] += 1
        assert self._ticks[now] < MOST_TURNS, "The tick does not come to rest."
        fired = await ticking.fire_due(self.db, WORKSPACE, FIRE, now)
        assert 0 < fired < ticking.MOST_AT_ONCE, "The tick does not come to rest."
        await self._listen()

    async def _listen(self) -> None:
        """What waits in the outbox is said when it was queued."""
        waiting = OutboxRow.state == State.PENDING.value
        async with self.db.write(WORKSPACE) as tx:
            order = (OutboxRow.lane, OutboxRow.seq)
            rows = list(await tx.scalars(select(OutboxRow).where(waiting).order_by(*order)))
            for row in rows:
                await self._hear(tx, row, row.queued_at)
            if rows:
                await tx.execute(update(OutboxRow).where(waiting).values(state=State.SENT.value))

    async def _hear(self, tx: Tx, row: OutboxRow, now: datetime) -> None:
        if row.is_card and row.card_kind == ids.ASK:
            await self._hear_asking(tx, row, now)
        elif row.is_card and row.card_kind == ids.SUMMARY:
            await self._hear_summary(tx, row, now)
        elif not row.is_card and row.key.startswith("standup:"):
            await self._hear_note(tx, row, now)

    async def _hear_note(self, tx: Tx, row: OutboxRow, now: datetime) -> None:
        _standup, about, kind, *rest = row.key.split(":")
        if kind == "missed":
            [*key, _who] = rest
            rounds = await standups.list_rounds(tx, standup_ids=[about])
            found = next(one for one in rounds if one.key == ":".join(key))
        else:
            known = await standups.find_round(tx, about)
            assert known
            found = known
        self._say(now, KINDS[kind], found, name_of(rest[-1]))

    async def _hear_asking(self, tx: Tx, row: OutboxRow, now: datetime) -> None:
        """A message of somebody's own conversation, newly sent or drawn anew: whom does it ask what for the first time?"""
        person_id, _colon, message = (row.card_subject or "").partition(":")
        assert row.channel == person_id
        for one, seat in await standups.seats_of_message(tx, message):
            if seat.person_id != person_id or seat.asked_at is None:
                continue
            self.messages[name_of(person_id), message].add((one.standup_id, one.opens_at))
            self.doing.rounds[one.standup_id, one.opens_at] = one.id
            key = one.id, person_id, seat.asked_at
            if key not in self._asked:
                assert seat.asked_at == now, "Somebody was asked, and nothing was said."
                self._asked.add(key)
                self._say(now, "asks", one, name_of(person_id))

    async def _hear_summary(self, tx: Tx, row: OutboxRow, now: datetime) -> None:
        found = await standups.find_round(tx, row.card_subject or "")
        assert found
        assert row.channel == channel_of(found.team_id)
        if found.id not in self._summed_up:
            self._summed_up.add(found.id)
            seats = (await standups.seats_of_round(tx, found.id))[found.id]
            became = ((name_of(one.person_id), one.state) for one in seats)
            self._say(
                now, "sums up", found, ", ".join(f"{who} {state}" for who, state in sorted(became))
            )

    def _say(self, now: datetime, kind: str, one: Round, who: str) -> None:
        self.said.append(Said(now, kind, one.standup_id, one.opens_at, who))
