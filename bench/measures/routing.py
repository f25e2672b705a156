"""What a table costs against as many listeners."""

from collections.abc import Sequence
from time import perf_counter

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bench import signing
from bench.findings import Measure, Section, alternate, compared
from bench.peers import bolt
from bench.peers.job import TOKEN, Job
from bench.signing import SECRET
from bench.world import AGENTS, World
from bot.clock import RealClock
from bot.people import Person
from handlers.bolt import new_app
from handlers.request import Request
from handlers.router import Router

LISTENERS = "listeners"
US = 1_000_000
ABOUT = """\
Inside one process and without a network: a signed command is dispatched to the last of {number} handlers, found in Baton's table by its
only listener for commands, or by Bolt among as many listeners."""


async def measure(world: World) -> Section:
    number = world.size.listeners
    names = [f"/command-{n}" for n in range(number)]
    client = AsyncWebClient(TOKEN, base_url=world.slack.url)
    one = signing.command(names[-1], AGENTS[0])
    measures = {
        "": _dispatched(_with_table(client, names), one, world.size.repeats),
        LISTENERS: _dispatched(_with_listeners(client, names), one, world.size.repeats),
    }
    found = await alternate(world.size.rounds, measures)
    what = f"dispatch to one of {number}"
    line = compared(what, "µs", found[""], f"{number} {LISTENERS}", found[LISTENERS])
    return Section("A table instead of many listeners", ABOUT.format(number=number), [line])


def _with_table(client: AsyncWebClient, names: list[str]) -> AsyncApp:
    async def find_person(workspace_id: str, person_id: str, _client: AsyncWebClient) -> Person:
        return Person(workspace_id, person_id)

    async def nothing(_request: Request) -> None:
        return

    async def authorize(_team_id: str | None) -> AuthorizeResult:
        return await bolt.authorize()

    app = new_app(client, authorize, SECRET)
    router = Router(find_person, RealClock())
    router.commands |= dict.fromkeys(names, nothing)
    router.attach(app)
    return app


def _with_listeners(client: AsyncWebClient, names: list[str]) -> AsyncApp:
    app = bolt.new_app(Job(0, "", "nothing"), client)

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    for name in names:
        app.command(name)(nothing)
    return app


def _dispatched(app: AsyncApp, command: signing.Template, repeats: int) -> Measure:
    async def measure() -> float:
        requests = [_request(command) for _ in range(repeats)]
        begun = perf_counter()
        for one in requests:
            answer = await app.async_dispatch(one)
            assert answer.status == 200
        return (perf_counter() - begun) / repeats * US

    return measure


def _request(command: signing.Template) -> AsyncBoltRequest:
    head, _, body = signing.signed(command.fill()).partition(b"\r\n\r\n")
    lines = (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    headers: dict[str, str | Sequence[str]] = {name.lower(): [value] for name, value in lines}
    return AsyncBoltRequest(body=body.decode(), headers=headers)
