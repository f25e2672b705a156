"""The loop that gets things said: woken by every commit that queued something, and each second by itself."""

import asyncio
import json
from collections.abc import Callable, Mapping
from logging import getLogger
from pathlib import Path
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientTimeout, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.services import delivery
from bot.services.delivery import Answer, Cards, Draw, Drawn, Job, Limits, OnDead, Report, Sender
from schedules import downloads
from schedules.waiting import Rest, wait
from storage.database import Database, Tx

log = getLogger(__name__)

POLL_SECONDS = 1.0
GATHER_SECONDS = 0.1
LANES = 16  # that speak at once, in each workspace
UPLOAD_SECONDS = 60
DRAIN_SECONDS = 12  # longer than a call may last, so that a stop makes no post unclear

Senders = Callable[[str], Sender]


class WebApi:
    """A Sender over the SDK's client, which must not repeat calls by itself: it has to be made with `retry_handlers=[]`."""

    def __init__(self, client: AsyncWebClient) -> None:
        if client.retry_handlers:
            raise ValueError("The SDK's retry handlers post a message twice.")
        self._client = client

    async def call(self, method: str, payload: Mapping[str, Any], /) -> Answer:
        try:
            async with asyncio.timeout(delivery.TIMEOUT.total_seconds()):
                response = await self._client.api_call(method, **_body(method, payload))
        except SlackApiError as error:
            return _refusal(error)
        except (ClientConnectorError, ConnectionTimeoutError):
            return Answer("not_reached")
        except (ClientError, OSError, TimeoutError, AttributeError):
            # AttributeError: the SDK stumbles over plain text, which a proxy may answer in Slack's name.
            return Answer("no_answer")
        return Answer(data=response.data if isinstance(response.data, dict) else {})

    async def upload(self, url: str, path: Path) -> Answer:
        """The bytes of a file, to the address that Slack gave for it."""
        assert self._client.session is not None
        limit = ClientTimeout(total=UPLOAD_SECONDS)
        try:
            # Opening is quick, and aiohttp reads what is in it in a thread.
            with path.open("rb") as body:
                async with self._client.session.post(url, data=body, timeout=limit) as response:
                    return Answer("" if response.status == 200 else f"http_{response.status}")
        except ClientConnectorError:
            return Answer("not_reached")
        except (ClientError, OSError, TimeoutError):
            return Answer("no_answer")

    async def download(self, url: str, path: Path, most: int) -> Answer:
        """The bytes of a file, from the address that Slack gave for it; not more than `most`."""
        return await downloads.download(self._client, url, path, most)


class Delivery:
    """All workspaces' outboxes. `senders` gives each workspace its way to Slack, `cards` says how cards are drawn."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        senders: Senders,
        cards: Cards,
        *,
        limits: Limits | None = None,
        on_dead: OnDead | None = None,
    ) -> None:
        self._db, self._clock, self._senders = db, clock, senders
        self._cards = {kind: _guarded(draw) for kind, draw in cards.items()}
        self._limits = limits or Limits()
        self._on_dead = on_dead
        self._rest = Rest()
        self._outboxes: dict[str, tuple[_Outbox, asyncio.Task[None]]] = {}
        db.on_commit("delivery", self._rest.wake)

    @property
    def is_busy(self) -> bool:
        """Something is on its way, or could be sent now."""
        return self._rest.is_busy or any(one.is_busy for one, _ in self._outboxes.values())

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set and what is on its way has arrived."""
        stopping = asyncio.create_task(self._rest.wake_when(stop))
        try:
            while not stop.is_set():
                self._rest.begin()
                await self._look()
                # The first commit is served at once; those that follow closely share one look.
                await wait(stop, GATHER_SECONDS)
                await self._rest.rest(POLL_SECONDS)
        finally:
            self._rest.end()
            stopping.cancel()
            await self._drain()

    async def _look(self) -> None:
        """Wake the outbox of each workspace that has something to send."""
        try:
            found = await delivery.workspaces_waiting(self._db, now=self._clock.now())
        except DatabaseGone as error:
            log.error("Delivery waits for the database: %s", error)  # noqa: TRY400
            return
        except Exception:
            log.exception("Delivery could not look for work")
            return
        for workspace_id in found:
            if workspace_id not in self._outboxes:
                outbox = _Outbox(self, workspace_id)
                self._outboxes[workspace_id] = (outbox, asyncio.create_task(outbox.run()))
            self._outboxes[workspace_id][0].wake()

    async def _drain(self) -> None:
        running = [task for _, task in self._outboxes.values()]
        for outbox, _ in self._outboxes.values():
            outbox.stop()
        if running:
            _, late = await asyncio.wait(running, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._outboxes.clear()


class _Outbox:
    """One workspace: a turn whenever there is something to record or to take, and a task per lane on the network."""

    def __init__(self, parent: Delivery, workspace_id: str) -> None:
        self._db, self._clock = parent._db, parent._clock  # noqa: SLF001 - two halves of one loop
        self._cards, self._limits = parent._cards, parent._limits  # noqa: SLF001
        self._on_dead = parent._on_dead  # noqa: SLF001
        self._sender = parent._senders(workspace_id)  # noqa: SLF001
        self._workspace_id = workspace_id
        self._reports: list[Report] = []
        self._flying: dict[asyncio.Task[None], Job] = {}
        self._calls = asyncio.Semaphore(LANES)
        self._rest = Rest()
        self._stopping = False
        self._untold = True

    @property
    def is_busy(self) -> bool:
        return bool(self._flying or self._reports) or self._rest.is_busy

    def wake(self) -> None:
        self._rest.wake()

    def stop(self) -> None:
        self._stopping = True
        self._rest.wake()

    async def run(self) -> None:
        pause: float | None = None
        while not (self._stopping and not self._flying and not self._reports):
            await self._rest.rest(pause)
            self._rest.begin()
            try:
                pause = await self._turn()
            except DatabaseGone as error:
                log.error("Delivery waits for the database: %s", error)  # noqa: TRY400
                pause = POLL_SECONDS
            except Exception:
                log.exception("A turn of delivery failed; it is tried again")
                pause = POLL_SECONDS
        self._rest.end()
        for task in self._flying:
            task.cancel()

    async def _turn(self) -> float | None:
        """How many seconds to wait at most before the next one; None: until woken."""
        reports, now = list(self._reports), self._clock.now()
        done = await delivery.turn(
            self._db,
            self._workspace_id,
            self._cards,
            self._limits,
            reports,
            lanes=0 if self._stopping else self._limits.lanes - len(self._flying),
            now=now,
        )
        self._reports = done.kept + self._reports[len(reports) :]
        for job in done.jobs:
            task = asyncio.create_task(self._fly(job))
            self._flying[task] = job
            task.add_done_callback(self._landed)
        self._untold = self._untold or done.died
        if self._on_dead and self._untold:
            await delivery.tell_of_dead(self._db, self._workspace_id, self._on_dead)
            self._untold = False
        if done.kept:
            return 0.005
        return max((done.wake_at - now).total_seconds(), 0.0) if done.wake_at else None

    async def _fly(self, job: Job) -> None:
        try:
            async with self._calls:
                report = await delivery.perform(job, self._sender, self._clock.now)
        except Exception:
            log.exception("A job of delivery failed; its messages are looked for")
            report = delivery.lost(job)
        self._reports.append(report)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.pop(task, None)
        self._rest.wake()


def _body(method: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """JSON, but for methods about files, of which Slack takes some only as forms."""
    if not method.startswith("files."):
        return {"json": dict(payload)}
    texts = (str, int)
    return {
        "data": {
            name: value if isinstance(value, texts) else json.dumps(value)
            for name, value in payload.items()
        }
    }


def _guarded(draw: Draw) -> Draw:
    """Whatever a card's function raises is that card's failure and nobody else's."""

    async def draw_or_fail(tx: Tx, subject: str, channel: str) -> Drawn | None:
        try:
            return await draw(tx, subject, channel)
        except Exception as error:
            log.exception("A card could not be drawn")
            raise delivery.DrawingFailed(error) from error

    return draw_or_fail


def _refusal(error: SlackApiError) -> Answer:
    """Slack's own word, or `http_…` where the answer is not Slack's."""
    response: Any = error.response
    data = getattr(response, "data", response)
    headers = getattr(response, "headers", None) or {}
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    wait = next((v for k, v in headers.items() if k.lower() == "retry-after"), None)
    # With a status of 5xx nothing that the body says is certain.
    word = data.get("error") if isinstance(data, dict) and status < 500 else None
    seconds = float(wait) if wait and str(wait).replace(".", "", 1).isdigit() else None
    return Answer(
        str(word or f"http_{status}"),
        retry_after=(1.0 if seconds is None else seconds) if status == 429 else None,
    )
