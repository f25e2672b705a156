"""Over HTTP: numbers that programs send, with a token of their workspace, and the document that says how."""

import asyncio
import re
from dataclasses import dataclass, field
from logging import getLogger

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.people import system
from bot.rules.metrics.program.programs import Program, digest_of
from bot.rules.metrics.program.received import unfit
from bot.services.metrics.program import receiving, tokens
from handlers.listening import problems
from handlers.listening.http import read_body
from handlers.listening.in_hand import InHand, NotTaking
from handlers.listening.limits import Buckets
from handlers.listening.openapi import DOCUMENT, FACTS, OPENAPI
from handlers.listening.problems import answer
from storage.database import Database

log = getLogger(__name__)

LARGEST_BODY = 1_000_000
BODY_SECONDS = 20.0
RETRY_SECONDS = 5
KEY = re.compile(r"[\x21-\x7e]{1,200}")
BEARER = re.compile(r"bearer +([\x21-\x7e]+)", re.IGNORECASE)


class _Refused(Exception):
    """The answer is there already."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


@dataclass(frozen=True, slots=True)
class FactsOverHttp:
    """`POST /api/v1/facts` and its document. Nothing that was sent is ever in a log: no body, no token, no name."""

    db: Database
    clock: Clock
    in_hand: InHand
    buckets: Buckets = field(default_factory=Buckets)
    body_seconds: float = BODY_SECONDS

    def routes(self) -> list[Route]:
        return [
            Route(FACTS, self.receive, methods=["POST"]),
            Route(OPENAPI, self.document, methods=["GET"]),
        ]

    async def document(self, _request: Request) -> Response:
        return JSONResponse(DOCUMENT)

    async def receive(self, request: Request) -> Response:
        try:
            program = await self._let_in(request)
            key = _check_headers(request)
            body = await self._read(request)
            async with self.in_hand.one():
                return await self._take(program, key, body)
        except _Refused as refused:
            return refused.response
        except NotTaking:
            return answer(problems.NOT_NOW, wait=RETRY_SECONDS)
        except DatabaseGone as error:
            log.error("The database cannot be used: %s", error)  # noqa: TRY400
            return answer(problems.NOT_NOW, wait=RETRY_SECONDS)

    async def _let_in(self, request: Request) -> Program:
        """Before anything of the body is read."""
        bearer = BEARER.fullmatch(request.headers.get("authorization", ""))
        program = await tokens.let_in(self.db, bearer[1]) if bearer else None
        if program is None:
            raise _Refused(answer(problems.NO_TOKEN))
        if wait := self.buckets.take(program.id, self.clock.monotonic()):
            raise _Refused(answer(problems.TOO_MANY, wait=wait))
        return program

    async def _read(self, request: Request) -> bytes:
        try:
            async with asyncio.timeout(self.body_seconds):
                body = await read_body(request, LARGEST_BODY)
        except (TimeoutError, ClientDisconnect):
            raise _Refused(answer(problems.SLOW)) from None
        if body is None:
            raise _Refused(answer(problems.LARGE))
        return body

    async def _take(self, program: Program, key: str, body: bytes) -> Response:
        now = self.clock.now()
        try:
            read = await asyncio.to_thread(unfit.read, body, now)  # others are served meanwhile
            posted = receiving.Posted(key, digest_of(body), read)
            operator = system(program.workspace_id)
            receipt = await receiving.receive(self.db, operator, program, posted, now=now)
        except unfit.NoJson:
            return answer(problems.NO_JSON)
        except receiving.TokenGone:
            return answer(problems.NO_TOKEN)
        except receiving.TeamGone:
            return answer(problems.TEAM_GONE)
        except receiving.KeyReused:
            return answer(problems.KEY_REUSED)
        except receiving.NotTaken as refused:
            return answer(problems.UNFIT, refused.unfit)
        headers = {"Idempotency-Replayed": "true"} if receipt.is_again else {}
        return JSONResponse(dict(receipt.answer), headers=headers)


def _check_headers(request: Request) -> str:
    """The idempotency key."""
    kind, _, more = request.headers.get("content-type", "").partition(";")
    charset = more.replace(" ", "").casefold().partition("charset=")[2].strip('"')
    encoding = request.headers.get("content-encoding", "identity").strip().casefold()
    is_json = kind.strip().casefold() == "application/json" and charset in {"", "utf-8"}
    if not is_json or encoding != "identity":
        raise _Refused(answer(problems.NOT_JSON))
    key = request.headers.get("idempotency-key", "").strip()
    if not KEY.fullmatch(key):
        raise _Refused(answer(problems.NO_KEY))
    return key
