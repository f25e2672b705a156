"""The only place that joins everything: settings in, a bot out that can be started and stopped."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from logging import getLogger

import prometheus_client
from slack_bolt.async_app import AsyncApp

from bot import databases
from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.services import upkeep
from bot.settings import Settings
from handlers import bolt, escalations, home, people, teams
from handlers.authorize import Authorize, Workspace
from handlers.clients import Clients, open_clients
from handlers.listening.http import HttpServer, Probes, SlackOverHttp
from handlers.listening.in_hand import InHand
from handlers.listening.socket_mode import SocketListener
from handlers.router import Router
from storage.database import Database
from storage.migrate import pending

log = getLogger(__name__)

PROBE_SECONDS = 2

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
    loops: Sequence[Loop] = ()
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def problems(self) -> list[str]:
        """Why it is not ready, in words for the operator. Empty when all is well."""
        found = ["stopping"] if self.stopping.is_set() else []
        if self.authorize.workspace is None:
            found.append("Slack has not confirmed the token yet")
        elif self.socket and not self.socket.is_connected:
            found.append("no connection to Slack")
        return found + await _database_problems(self.db)


@asynccontextmanager
async def build(settings: Settings, clock: Clock) -> AsyncIterator[Baton]:
    """Join everything; the database is open and of the right schema. Raises CannotStart.

    Nothing listens, and nothing is sent, before bot/serving.py starts it.
    """
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(databases.opened(settings))
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
    baton = Baton(
        settings=settings,
        clock=clock,
        db=db,
        clients=clients,
        bolt=app,
        router=router,
        authorize=authorize,
        http=HttpServer([], settings.host, settings.port),
        socket=socket,
        in_hand=in_hand,
    )
    probes = Probes(baton.problems, prometheus_client.generate_latest)
    baton.http.routes += probes.routes()
    if socket is None:
        baton.http.routes += SlackOverHttp(app, in_hand).routes()
    return baton


def new_router(db: Database, clock: Clock) -> Router:
    """Everything that is handled, by kind and id."""
    router = Router(people.People(db, clock), clock)
    for feature in (escalations, home, teams, people):
        feature.register(router, db)
    return router


async def _database_problems(db: Database) -> list[str]:
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            missing = await pending(db)
    except (DatabaseGone, TimeoutError):
        return ["the database does not answer"]
    return ["the database's schema is not up to date"] if missing else []
