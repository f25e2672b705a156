"""The clock that can be moved: whoever waits is woken in order and in time, whatever the move."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.clock import AlreadyTravelling, CannotTravel, MovableClock, Travel

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
Fired = list[tuple[datetime, str]]


class Rows:
    """Somebody who keeps what is to be done as rows, as an app does. A thing done may bring another, later."""

    def __init__(self, clock: MovableClock, fired: Fired) -> None:
        self.clock, self.fired = clock, fired
        self.due: list[tuple[datetime, str, int]] = []
        self._work: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        return self._work is not None and not self._work.done()

    async def next_due(self, *, after: datetime) -> datetime | None:
        return min((at for at, *_ in self.due if at > after), default=None)

    def wake(self, now: datetime) -> None:
        if any(at <= now for at, *_ in self.due):
            self._work = asyncio.ensure_future(self._do())

    async def _do(self) -> None:
        while due := sorted(one for one in self.due if one[0] <= self.clock.now()):
            await asyncio.sleep(0)  # as if a database answered
            at, name, again = due[0]
            self.due.remove(due[0])
            self.fired.append((self.clock.now(), name))
            if again:
                self.due.append((at + again * MINUTE, f"{name}'", 0))


async def sleeper(clock: MovableClock, due: datetime, name: str, fired: Fired) -> None:
    await clock.sleep_until(due)
    await asyncio.sleep(0)
    fired.append((clock.now(), name))


async def fire(plan: list[tuple[bool, int, int]], moves: list[datetime]) -> Fired:
    """What fires when, with these moves: each of the plan sleeps on the clock or is a row, with its minute and its sequel."""
    clock, fired = MovableClock(NOON, runs=False), Fired()
    travel, rows = Travel(clock), Rows(clock, fired)
    travel.residents.append(rows)
    tasks = []
    for n, (sleeps, minute, again) in enumerate(plan):
        due = NOON + minute * MINUTE
        if sleeps:
            tasks.append(asyncio.create_task(sleeper(clock, due, str(n), fired)))
        else:
            rows.due.append((due, str(n), again))
    await asyncio.sleep(0)
    for moment in moves:
        await travel.to(moment)
    for task in tasks:
        task.cancel()
    return fired


@settings(max_examples=40)
@given(
    plan=st.lists(st.tuples(st.booleans(), st.integers(1, 90), st.integers(0, 20)), max_size=12),
    stops=st.lists(st.integers(0, 90), max_size=3).map(sorted),
)
def test_any_jump_fires_what_a_walk_by_the_minute_fires_in_its_order_and_at_its_time(
    plan: list[tuple[bool, int, int]], stops: list[int]
) -> None:
    walk = [NOON + n * MINUTE for n in range(1, 91)]
    jumps = [NOON + n * MINUTE for n in (*stops, 90)]
    walked, jumped = asyncio.run(fire(plan, walk)), asyncio.run(fire(plan, jumps))
    # What is due in the same minute on both sides has no order of its own.
    assert sorted(jumped) == sorted(walked)
    assert [at for at, _ in jumped] == sorted(at for at, _ in jumped)


async def test_it_runs_like_the_real_one_and_wakes_without_being_moved() -> None:
    clock = MovableClock(NOON)
    fired: Fired = []
    await sleeper(clock, NOON + timedelta(milliseconds=20), "soon", fired)
    assert NOON + timedelta(milliseconds=20) <= fired[0][0] < NOON + MINUTE


async def test_nobody_looks_at_a_clock_that_rests() -> None:
    """Between two alarms the loop has one timer and no task that runs: a clock at rest costs nothing."""
    looks = 0

    class Counting(MovableClock):
        def now(self) -> datetime:
            nonlocal looks
            looks += 1
            return super().now()

    clock = Counting(NOON)
    waits = [asyncio.create_task(clock.sleep_until(NOON + n * MINUTE)) for n in (1, 2, 3)]
    await asyncio.sleep(0)
    before = looks
    await asyncio.sleep(0.05)
    assert looks == before
    clock.jump(minutes=5)
    await asyncio.gather(*waits)


async def test_a_jump_is_late_for_what_fell_due() -> None:
    """As a machine that slept: `jump` visits nothing on the way."""
    clock, fired = MovableClock(NOON, runs=False), Fired()
    task = asyncio.create_task(sleeper(clock, NOON + MINUTE, "late", fired))
    await asyncio.sleep(0)
    clock.jump(hours=1)
    await task
    assert fired == [(NOON + timedelta(hours=1), "late")]


@pytest.mark.parametrize(
    ("night", "hours"),
    [(datetime(2026, 3, 28, 20), 12), (datetime(2026, 10, 24, 20), 14)],  # noqa: DTZ001
)
async def test_a_night_in_which_the_clocks_change_is_shorter_or_longer(
    night: datetime, hours: int
) -> None:
    athens = ZoneInfo("Europe/Athens")
    evening = night.replace(tzinfo=athens)
    morning = (evening + timedelta(hours=13)).replace(tzinfo=athens)
    clock = MovableClock(evening, runs=False)
    alarms = [evening.astimezone(UTC) + n * 60 * MINUTE for n in range(1, 15)]
    fired: Fired = []
    tasks = [asyncio.create_task(sleeper(clock, at, "", fired)) for at in alarms]
    await asyncio.sleep(0)
    await Travel(clock).to(morning)
    assert [at for at, _ in fired] == alarms[:hours]
    assert clock.now().astimezone(athens).strftime("%H:%M") == "09:00"
    for task in tasks:
        task.cancel()


async def test_what_was_travelled_is_remembered(tmp_path: Path) -> None:
    kept = tmp_path / "clock"
    first = MovableClock(kept_in=kept)
    begun = first.now()
    await Travel(first).to(begun + timedelta(days=2))
    reached = first.now()
    again = MovableClock(kept_in=kept)
    assert reached <= again.now() < reached + MINUTE


async def test_a_crash_while_travelling_goes_on_from_where_it_was(tmp_path: Path) -> None:
    clock = MovableClock(NOON, kept_in=tmp_path / "clock")

    class Crashing(Rows):
        def wake(self, now: datetime) -> None:
            if any(at <= now for at, *_ in self.due):
                raise RuntimeError("the app is gone")

    rows = Crashing(clock, [])
    rows.due = [(NOON + 10 * MINUTE, "never", 0)]
    travel = Travel(clock)
    with travel.resident(rows), pytest.raises(RuntimeError):
        await travel.to(NOON + 60 * MINUTE)
    assert not travel.is_under_way
    again = MovableClock(kept_in=tmp_path / "clock")
    for one in (clock, again):
        assert NOON + 10 * MINUTE <= one.now() < NOON + 11 * MINUTE
    await travel.to(NOON + 20 * MINUTE)


class Busy(Rows):
    """Somebody who never comes to rest."""

    is_busy = True


async def test_two_cannot_have_the_hands_and_a_stop_is_heard_at_once() -> None:
    clock = MovableClock(NOON)
    travel = Travel(clock)
    with travel.resident(Busy(clock, [])):
        first = asyncio.create_task(travel.to(NOON + 60 * MINUTE))
        await asyncio.sleep(0)
        with pytest.raises(AlreadyTravelling, match="on its way to 2026-03-02 13:00 UTC"):
            await travel.to(NOON + 2 * MINUTE)
        await travel.stop()
        await first
    assert clock.now() < NOON + MINUTE
    await travel.stop()


async def test_who_never_rests_does_not_keep_the_clock_for_ever() -> None:
    clock = MovableClock(NOON)
    travel = Travel(clock, patience=0.01)
    with travel.resident(Busy(clock, [])), pytest.raises(CannotTravel, match="busy for too long"):
        await travel.to(NOON + 60 * MINUTE)
    await travel.to(NOON + 60 * MINUTE)


async def test_a_film_can_be_stopped_and_runs_on_from_there() -> None:
    clock = MovableClock(NOON)
    travel = Travel(clock)
    film = asyncio.create_task(travel.play(NOON + 60 * MINUTE, seconds=3600 / 2400))
    fired: Fired = []
    woken = asyncio.create_task(sleeper(clock, NOON + MINUTE, "on the way", fired))
    await woken
    assert travel.rate == pytest.approx(2400)
    assert fired == [(NOON + MINUTE, "on the way")]
    await travel.stop()
    await film
    assert NOON + MINUTE <= clock.now() < NOON + 60 * MINUTE
    assert travel.rate == 1.0


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (NOON - MINUTE, "forward only"),
        (NOON + timedelta(days=500), "too far"),
        (NOON.replace(tzinfo=None), "needs a zone"),
    ],
)
async def test_where_it_cannot_go(moment: datetime, why: str) -> None:
    with pytest.raises(CannotTravel, match=why):
        await Travel(MovableClock(NOON)).to(moment)
