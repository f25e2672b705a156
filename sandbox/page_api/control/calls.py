"""The calls that steer the sandbox itself rather than act as a person: each module here registers its own."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.core import Core
from sandbox.kinds import Json

Handler = Callable[[Core, web.Request], Awaitable[Json]]
CALLS: dict[tuple[str, str], Handler] = {}


class BadRequest(Exception):
    """What was asked for cannot be done; the message is the sentence that is answered."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


def call(verb: str, path: str) -> Callable[[Handler], Handler]:
    """Answer `/sandbox{path}` with the JSON that the function returns."""

    def register(handler: Handler) -> Handler:
        CALLS[verb, path] = handler
        return handler

    return register


async def body_of(request: web.Request) -> Json:
    """The request's JSON object. Raises BadRequest."""
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise BadRequest("The body must be a JSON object.")
    return body
