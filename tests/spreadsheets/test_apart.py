"""Work in a process of its own: what it gives, and what becomes of it when it goes wrong or nobody listens."""

import asyncio
import os
from collections.abc import Callable, Iterable
from contextlib import aclosing
from typing import TypeVarTuple

import pytest

from bot.errors import Refused
from bot.spreadsheets.apart import WorkFailed, read_apart
from bot.spreadsheets.child import Allowance
from tests.spreadsheets import works

Ts = TypeVarTuple("Ts")
LITTLE = Allowance(memory=400_000_000, seconds=1)


async def all_of(
    work: Callable[[*Ts], Iterable[object]], *args: *Ts, limit: Allowance = LITTLE
) -> list[object]:
    return [batch async for batch in read_apart(work, *args, limit=limit)]


async def test_batches_come_as_they_were_made() -> None:
    assert await all_of(works.count, 3_000) == list(works.count(3_000))


async def test_nothing_is_made_ahead_of_who_listens() -> None:
    """The pipe and we hold a little; then it waits, and it ends when we go."""
    async with aclosing(read_apart(works.numbered, 100_000)) as batches:
        made = [await anext(batches) for _ in range(3)]
    process = made[0][0]
    assert made == [(process, 0), (process, 1), (process, 2)]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_it_ends_with_the_task_that_listened() -> None:
    heard = asyncio.Queue[tuple[int, int]]()

    async def listen() -> None:
        async with aclosing(read_apart(works.numbered, 10_000_000)) as batches:
            async for one in batches:
                heard.put_nowait(one)

    task = asyncio.create_task(listen())
    process, _made = await heard.get()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_a_refusal_is_the_same_here() -> None:
    with pytest.raises(Refused) as refused:
        await all_of(works.refuse)
    assert (refused.value.message, refused.value.values) == (works.NO, {"row": 7, "limit": 2})


@pytest.mark.parametrize("work", [works.eat, works.die])
async def test_too_much_memory_is_refused(work: Callable[[], Iterable[object]]) -> None:
    with pytest.raises(Refused, match="too large or too odd"):
        await all_of(work)


async def test_too_much_time_is_refused() -> None:
    with pytest.raises(Refused, match="takes too long"):
        await all_of(works.spin)


async def test_the_file_is_innocent_when_the_machine_stops() -> None:
    with pytest.raises(WorkFailed, match="ended with -15"):
        await all_of(works.be_stopped)


async def test_a_fault_says_where_and_never_what_was_read() -> None:
    with pytest.raises(WorkFailed, match=r"ValueError at .*works\.py:\d+$") as failed:
        await all_of(works.fail)
    assert "Diane" not in str(failed.value)
    assert failed.value.__cause__ is failed.value.__context__ is None


async def test_it_has_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    assert await all_of(works.what_is_here) == [
        ({"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}, "no file may be written")
    ]


async def test_what_is_printed_does_not_get_among_the_batches() -> None:
    assert await all_of(works.talk) == [1]


async def test_two_at_once_do_not_mix() -> None:
    one, other = await asyncio.gather(all_of(works.count, 5_000), all_of(works.count, 7_000))
    assert (len(one), len(other)) == (5, 7)


async def test_work_that_cannot_be_loaded_is_a_fault_of_ours() -> None:
    with pytest.raises(WorkFailed, match="ModuleNotFoundError"):
        await all_of(works.Nowhere())
