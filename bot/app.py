"""The only place that joins everything: settings in, a bot out that can be started and stopped."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from logging import getLogger
from pathlib import Path
from typing import Any

import prometheus_client
from slack_bolt.async_app import AsyncApp

from bot import databases, telemetry
from bot.cards import cards
from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.people import system
from bot.rules.delivery import NO_TOKEN, NOT_REACHED, Answer
from bot.services import reports as report_services
from bot.services import upkeep
from bot.services.delivery import DeadLetter
from bot.services.kudos.timing import look_everywhere
from bot.settings import Settings
from handlers import (
    absences,
    bolt,
    coaching,
    covers,
    escalations,
    handovers,
    home,
    kudos,
    metrics,
    people,
    policies,
    reports,
    shifts,
    standups,
    team_clocks,
    teams,
)
from handlers.authorize import Authorize, Workspace
from handlers.clients import Clients, open_clients
from handlers.listening.facts import FactsOverHttp
from handlers.listening.http import HttpServer, Probes, SlackOverHttp
from handlers.listening.in_hand import InHand
from handlers.listening.socket_mode import SocketListener
from handlers.router import Router
from schedules import coaching as coaching_timers
from schedules import covers as cover_timers
from schedules import escalations as escalation_timers
from schedules import facts as fact_timers
from schedules import handovers as handover_timers
from schedules import kudos as kudos_timers
from schedules import metrics as metric_timers
from schedules import standups as standup_timers
from schedules.audit import Auditor
from schedules.delivery import Delivery, Senders, WebApi
from schedules.exports import Exporter
from schedules.harvests import Harvests
from schedules.imports import Importer
from schedules.quiet import QuietTimes
from schedules.rollups import RollUps
from schedules.tick import Tick
from schedules.waiting import wait
from storage.database import Database, Tx
from storage.engines import SERVING, Patience
from storage.migrate import pending

log = getLogger(__name__)

PROBE_SECONDS = 2
CATCH_UP_SECONDS = 60

FEATURES = (
    *(escalations, handovers, home, teams, people, shifts, absences, covers),
    *(team_clocks, policies, reports, standups, coaching, kudos, metrics),
)
FIRE = (
    escalation_timers.FIRE
    | cover_timers.FIRE
    | handover_timers.FIRE
    | standup_timers.FIRE
    | kudos_timers.FIRE
    | coaching_timers.FIRE
    | fact_timers.FIRE
    | metric_timers.FIRE
)

# A loop runs until the event is set, and finishes what it has begun.
Loop = Callable[[asyncio.Event], Awaitable[None]]


@dataclass
class Baton:
    """A bot, ready to be served (bot/serving.py). Handlers can be called through `bolt` without any transport."""

    settings: Settings
    clock: Clock
    db: Database
    clients: Clients
    bolt: AsyncApp
    router: Router
    authorize: Authorize
    http: HttpServer
    socket: SocketListener | None
    in_hand: InHand
    tick: Tick
    delivery: Delivery
    auditor: Auditor
    exporter: Exporter
    importer: Importer
    quiet: QuietTimes
    rollups: RollUps
    harvests: Harvests
    loops: Sequence[Loop] = ()
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """What is served on HOST and PORT: the probes, what programs send, and Slack's requests unless a socket brings them."""
        self.loops = (
            self.delivery.run,
            self.tick.run,
            self.exporter.run,
            self.importer.run,
            self.quiet.run,
            self.rollups.run,
            self.harvests.run,
            _patient(self.auditor),
        )
        self.http.routes += Probes(self.problems, prometheus_client.generate_latest).routes()
        self.http.routes += FactsOverHttp(self.db, self.clock, self.in_hand).routes()
        if self.socket is None:
            self.http.routes += SlackOverHttp(self.bolt, self.in_hand).routes()

    @property
    def is_busy(self) -> bool:
        """A request is in hand, or there is something to do now."""
        loops = (
            *(self.tick, self.delivery, self.exporter, self.importer),
            *(self.quiet, self.rollups, self.harvests),
        )
        return len(self.in_hand) > 0 or any(one.is_busy for one in loops)

    async def problems(self) -> list[str]:
        """Why it is not ready, in words for the operator. Empty when all is well."""
        found = ["stopping"] if self.stopping.is_set() else []
        if self.authorize.workspace is None:
            found.append("Slack has not confirmed the token yet")
        elif self.socket and not self.socket.is_connected:
            found.append("no connection to Slack")
        overdue = self.auditor.last.faults if self.auditor.last else ()
        return [*found, *overdue, *await _database_problems(self.db)]


@asynccontextmanager
async def build(
    settings: Settings, clock: Clock, patience: Patience = SERVING
) -> AsyncIterator[Baton]:
    """Join everything; the database is open and of the right schema. Raises CannotStart.

    Nothing listens, and nothing is sent, before bot/serving.py starts it.
    """
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(databases.opened(settings, patience))
        clients = await stack.enter_async_context(
            open_clients(
                settings.slack_api_url,
                settings.slack_bot_token.get_secret_value(),
                may_use_proxy=settings.may_use_proxy,
            )
        )
        yield _join(settings, clock, db, clients)


def _join(settings: Settings, clock: Clock, db: Database, clients: Clients) -> Baton:
    async def learned(workspace: Workspace) -> None:
        await upkeep.remember_workspace(
            db, workspace.id, name=workspace.name, bot_user_id=workspace.bot_user_id
        )
        await look_everywhere(db, system(workspace.id), now=clock.now())
        db.wake("harvests")

    token = settings.slack_bot_token.get_secret_value()
    authorize = Authorize(clients.answering, token, clock, learned)
    secret = settings.slack_signing_secret
    app = bolt.new_app(
        clients.answering,
        authorize,
        secret.get_secret_value() if secret and not settings.over_socket else None,
    )
    router = new_router(db, clock)
    router.attach(app)
    in_hand = InHand()
    socket = None
    if settings.slack_app_token:
        app_token = settings.slack_app_token.get_secret_value()
        socket = SocketListener(app, clients.sending, app_token, in_hand, clients.session)

    def senders(workspace_id: str) -> OwnWorkspace:
        return OwnWorkspace(workspace_id, authorize, WebApi(clients.sending))

    return Baton(
        settings=settings,
        clock=clock,
        db=db,
        clients=clients,
        bolt=app,
        router=router,
        authorize=authorize,
        http=HttpServer(settings.host, settings.port),
        socket=socket,
        in_hand=in_hand,
        tick=Tick(db, clock, FIRE),
        delivery=_delivery(db, clock, senders),
        exporter=Exporter(db, clock, senders),
        importer=Importer(db, clock, senders),
        quiet=QuietTimes(db, clock, senders),
        rollups=RollUps(db, clock),
        harvests=Harvests(db, clock),
        auditor=Auditor(db, clock),
    )


def _delivery(db: Database, clock: Clock, senders: Senders) -> Delivery:
    async def on_dead(tx: Tx, letter: DeadLetter) -> None:
        if await report_services.make_again(tx, letter, now=clock.now()):
            return
        await upkeep.tell_of_dead_letter(tx, letter, now=clock.now())

    return Delivery(db, clock, senders, cards(db, clock), on_dead=on_dead)


def _patient(auditor: Auditor) -> Loop:
    """After a downtime much is overdue, and the other loops are about to do it: look when they had the time."""

    async def run(stop: asyncio.Event) -> None:
        telemetry.AUDIT_GREEN.set(1)
        await wait(stop, CATCH_UP_SECONDS)
        await auditor.run(stop)

    return run


class OwnWorkspace:
    """A Sender that speaks only in the token's own workspace: a file may hold what another one was to be told."""

    def __init__(self, workspace_id: str, authorize: Authorize, web_api: WebApi) -> None:
        self.workspace_id, self.authorize, self.web_api = workspace_id, authorize, web_api

    async def call(self, method: str, payload: Mapping[str, Any], /) -> Answer:
        return self._refusal() or await self.web_api.call(method, payload)

    async def upload(self, url: str, path: Path, /) -> Answer:
        return self._refusal() or await self.web_api.upload(url, path)

    async def download(self, url: str, path: Path, most: int, /) -> Answer:
        return self._refusal() or await self.web_api.download(url, path, most)

    def _refusal(self) -> Answer | None:
        here = self.authorize.workspace
        if here is None:  # Slack has not answered yet
            return Answer(NOT_REACHED)
        return Answer(NO_TOKEN) if here.id != self.workspace_id else None


def new_router(db: Database, clock: Clock) -> Router:
    """Everything that is handled, by kind and id."""
    router = Router(people.People(db, clock), clock)
    for feature in FEATURES:
        feature.register(router, db)
    return router


async def _database_problems(db: Database) -> list[str]:
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            missing = await pending(db)
    except (DatabaseGone, TimeoutError):
        return ["the database does not answer"]
    return ["the database's schema is not up to date"] if missing else []
