"""Answering a call over HTTP, unless a fault has it otherwise."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.faults.passage import Dropped, Held, Passage, Replied
from sandbox.kinds import Json

# A caller who hangs up gives no notice, so whoever holds them looks this often (seconds).
LOOK_AGAIN = 0.05
Handling = Callable[[], Awaitable[tuple[Json, web.StreamResponse]]]


async def answered(
    passage: Passage,
    request: web.Request,
    handle: Handling,
    *,
    note: Callable[[Json], None],
    is_watched: bool,
) -> web.StreamResponse:
    """Handle the call, write it down with `note`, and answer.

    `is_watched` says that somebody wants to know when the answer has been sent.
    """
    answer = {"ok": False, "error": "internal_error"}  # unless it comes to another
    holding: Held | None = None
    is_cut = False
    try:
        await passage.at("before")
        answer, response = await handle()
        await passage.at("stored")
    except Replied as reply:
        answer, response = _told(reply), _raw(reply)
    except Dropped:
        answer, response, is_cut = _failed("dropped"), _cut(request), True
    except Held as held:
        answer, response, holding = _failed("no answer"), web.Response(), held
    finally:
        note(answer)
    if holding is not None:
        await _until_given_up(request, holding)
        return _cut(request)
    if is_watched and not is_cut:
        await response.prepare(request)
        await response.write_eof()
        await passage.at("answered")
    return response


def _failed(how: str) -> Json:
    return {"ok": False, "error": f"fault: {how}"}


def _told(reply: Replied) -> Json:
    return reply.body if isinstance(reply.body, dict) else _failed(str(reply.status))


def _raw(reply: Replied) -> web.Response:
    if isinstance(reply.body, str):
        return web.Response(status=reply.status, headers=reply.headers, text=reply.body)
    return web.json_response(reply.body, status=reply.status, headers=reply.headers)


def _cut(request: web.Request) -> web.Response:
    """Leave the caller with a broken connection."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _until_given_up(request: web.Request, held: Held) -> None:
    while not held.released.is_set() and request.transport and not request.transport.is_closing():
        await held.wait(LOOK_AGAIN)
