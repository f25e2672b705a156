"""The sandbox as a whole: a workspace with one app installed, served on the loopback address only."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import aiohttp
from aiohttp import web

from sandbox import installing, responding, scheduled, uploads
from sandbox.app import install, read_manifest
from sandbox.clock import Clock, SystemClock
from sandbox.core import Core
from sandbox.driver.clock import ClockDriver
from sandbox.driver.people import Actor
from sandbox.driver.places import Room
from sandbox.driver.waiting import Patience
from sandbox.faults import Faults
from sandbox.guard import guard
from sandbox.http_delivery import HttpDelivery
from sandbox.kinds import Json
from sandbox.log import LogEntry
from sandbox.page_api.routes import add_routes
from sandbox.people_acts import profiles
from sandbox.seed import WorkspaceSeed, sow
from sandbox.web_api.endpoint import Endpoint
from sandbox.workspace import Workspace

LOOPBACK = "127.0.0.1"
LARGEST_BODY = 100 * 1024 * 1024
T = TypeVar("T")


class Sandbox:
    """`async with Sandbox(seed, manifest) as slack:` and point the app at `slack.api_url`.

    `manifest` is the path or the content of the app's manifest; without one the app may do all.
    `path` keeps the workspace in a file. `request_url` delivers over signed HTTP instead of Socket
    Mode. `ack_timeout` is in real seconds; `clock` rules all else.
    """

    def __init__(
        self,
        seed: WorkspaceSeed | None = None,
        manifest: Path | Json | None = None,
        *,
        path: Path | None = None,
        clock: Clock | None = None,
        port: int = 0,
        request_url: str | None = None,
        ack_timeout: float = 3.0,
    ) -> None:
        seed = seed or WorkspaceSeed()
        clock = clock or SystemClock()
        self.workspace = Workspace(path, clock, seed.team)
        app = install(self.workspace, read_manifest(manifest), request_url)
        sow(self.workspace, seed, app.bot_user_id)
        self.core = Core(self.workspace, app, clock, ack_timeout)
        self.app = app
        self.patience = Patience(self.workspace, self.core.travel)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    # where things are

    @property
    def url(self) -> str:
        return self.core.base_url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.app.bot_token

    @property
    def app_token(self) -> str:
        return self.app.app_token

    @property
    def signing_secret(self) -> str:
        return self.app.signing_secret

    @property
    def team_id(self) -> str:
        return self.workspace.team.id

    @property
    def faults(self) -> Faults:
        return self.core.faults

    @property
    def clock(self) -> ClockDriver:
        """The hands of a clock that can be moved."""
        if self.core.travel is None:
            raise LookupError("Give the sandbox a MovableClock, and it can travel in time.")
        return ClockDriver(self.core.travel)

    @property
    def log(self) -> list[LogEntry]:
        return list(self.workspace.log)

    # who and what is in it

    def person(self, name: str) -> Actor:
        person = self.workspace.person_named(name)
        if person is None:
            raise LookupError(f"Nobody is called {name}.")
        return Actor(self.core, self.patience, person.id)

    def channel(self, name: str) -> Room:
        channel = self.workspace.channel_named(name)
        if channel is None:
            raise LookupError(f"There is no channel #{name}.")
        return Room(self.core, self.patience, channel.id)

    def calls(self, method: str = "") -> list[Json]:
        """The arguments of the Web API calls so far, of one method or of all."""
        return [one.sent for one in self.log if one.kind == "api" and method in {"", one.name}]

    async def until(
        self, condition: Callable[[], T | Awaitable[T]], within: float = 5.0, saying: str = ""
    ) -> T:
        """Wait until the condition holds and return what it returned; fail after `within` seconds."""
        return await self.patience.until(condition, within, saying)

    async def until_connected(self, within: float = 5.0) -> None:
        await self.patience.until(lambda: self.core.connected, within, "no app has connected")

    def redeliver(self) -> None:
        """Bring again now what the app did not take, instead of after a minute or five."""
        self.core.redelivery.hurry()

    def deliver_to(self, request_url: str | None) -> None:
        """Deliver over signed HTTP to this address from now on; None goes back to Socket Mode."""
        self.app.request_url = request_url
        self.workspace.changed("app", None, connected=self.core.connected)

    async def verify_request_url(self) -> bool:
        """Slack's handshake with the request URL."""
        assert self.core.session is not None
        return await HttpDelivery(self.app, self.core.session).verify_url()

    def arrive(self, name: str, **details: object) -> Actor:
        """Somebody new joins the workspace: `team_join`."""
        return Actor(self.core, self.patience, profiles.arrive(self.core, name, **details).id)

    def change_group(self, handle: str, *names: str) -> None:
        """A user group has these people from now on: `subteam_members_changed`."""
        profiles.change_group(self.core, handle, [self.person(name).id for name in names])

    def uninstall(self) -> None:
        """Remove the app, as an admin would: its tokens die, and it hears so."""
        installing.uninstall(self.core)

    # its life

    async def start(self) -> Self:
        self.core.session = aiohttp.ClientSession()
        self._runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, self._port)
        await site.start()
        self._site = site
        port = self._runner.addresses[0][1]
        self.core.base_url = self.core.response_urls.base_url = f"http://{LOOPBACK}:{port}"
        scheduled.start(self.core)
        self.core.undelivered.resume()
        return self

    async def stop(self) -> None:
        if self._site is not None:
            await self._site.stop()
        self.core.faults.clear()
        await self.core.tasks.stop()
        await self.core.socket_mode.stop()
        for page in list(self.core.pages):
            await page.close()
        if self._runner is not None:
            await self._runner.cleanup()
        if self.core.session is not None:
            await self.core.session.close()
        self.workspace.close()

    async def __aenter__(self) -> Self:
        try:
            return await self.start()
        except OSError:
            await self.stop()
            raise

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def _routes(self) -> web.Application:
        application = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY)
        router, core = application.router, self.core

        async def respond(request: web.Request) -> web.StreamResponse:
            return await responding.respond(core, request)

        async def take(request: web.Request) -> web.Response:
            return await uploads.take(core, request)

        async def give(request: web.Request) -> web.Response:
            return await uploads.give(core, request)

        router.add_route("*", "/api/{method}", Endpoint(core).answer)
        router.add_get("/socket", core.socket_mode.connect)
        router.add_post("/response/{id}", respond)
        router.add_post("/upload/{id}", take)
        router.add_get("/files/{id}/{name}", give)
        add_routes(application, core)
        return application
