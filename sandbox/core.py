"""Everything of the sandbox but its HTTP server, joined."""

import secrets
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from sandbox import shapes
from sandbox.app import AppUnderTest
from sandbox.clock import Clock, Waiting
from sandbox.delivery import Delivery, Transport
from sandbox.faults import Faults
from sandbox.http_delivery import HttpDelivery
from sandbox.kinds import Channel, Json, Person, ScheduledMessage
from sandbox.response_urls import ResponseUrls
from sandbox.socket_mode import SocketMode
from sandbox.tasks import Tasks
from sandbox.time_travel import travel_of
from sandbox.triggers import Triggers
from sandbox.undelivered import Undelivered
from sandbox.views import Views
from sandbox.workspace import Workspace


@dataclass
class Core:
    workspace: Workspace
    app: AppUnderTest
    clock: Clock
    ack_timeout: float = 3.0
    base_url: str = ""
    session: aiohttp.ClientSession | None = None
    tasks: Tasks = field(default_factory=Tasks)
    # Options that the app suggested, by where they were shown: a choice is sent back whole.
    suggested: dict[tuple[str, str, str], dict[str, Json]] = field(default_factory=dict)
    # What stands in the inputs of a message, by person: (person, channel/ts) → block → action → state.
    typed: dict[tuple[str, str], Json] = field(default_factory=dict)
    pages: set[web.WebSocketResponse] = field(default_factory=set)
    uploads: dict[str, Json] = field(default_factory=dict)
    # What the app wrote for later, by id.
    scheduled: dict[str, ScheduledMessage] = field(default_factory=dict)
    # What each person's last command was answered with.
    answers: dict[str, str] = field(default_factory=dict)
    # What each person was shown in red.
    failures: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.redelivery = Waiting(self.clock)
        self.triggers = Triggers(self.clock)
        self.response_urls = ResponseUrls(self.clock, self.workspace.store)
        self.views = Views(self.workspace, self.app)
        self.views.load()
        self.socket_mode = SocketMode(self.workspace, self.app, self.tasks)
        self.faults = Faults(self.workspace, self.socket_mode.close_all)
        self.delivery = Delivery(
            self.workspace, self.faults, self.tasks, self.transport, self.ack_timeout
        )
        self.undelivered = Undelivered(
            self.clock, self.workspace.store, self.delivery, self.redelivery, self.tasks
        )
        self.travel = travel_of(self.clock, self.workspace, self.delivery)

    def transport(self) -> Transport:
        if self.app.request_url is None:
            return self.socket_mode
        assert self.session is not None
        return HttpDelivery(self.app, self.session)

    @property
    def connected(self) -> bool:
        return self.app.request_url is not None or bool(self.socket_mode.sockets)

    def person(self, person_id: str) -> Person:
        return self.workspace.people[person_id]

    def app_dm(self, person_id: str) -> Channel:
        return self.workspace.direct(person_id, self.app.bot_user_id)

    def event_id(self) -> str:
        return f"Ev0{secrets.token_hex(8).upper()}"

    def ago(self, seconds: float) -> str:
        return f"{self.clock.now().timestamp() - seconds:.6f}"

    def file_shapes(self) -> dict[str, Json]:
        return {key: shapes.file(self.base_url, one) for key, one in self.workspace.files.items()}
