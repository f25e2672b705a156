"""`/api/{method}`: reading the arguments, checking the token, running the method, answering."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from sandbox.core import Core
from sandbox.faults import Dropped, Replied
from sandbox.kinds import Json, LogEntry
from sandbox.web_api import arguments, registry
from sandbox.web_api.arguments import Given
from sandbox.web_api.call import ApiError, Call, Method


@dataclass
class Endpoint:
    core: Core

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        given = await arguments.read(request)
        args = given.args
        loop = asyncio.get_running_loop()
        at, started = self.core.clock.now().isoformat(), loop.time()
        try:
            await self.core.faults.run(name, "before", args)
            body = await self._handle(name, given)
            await self.core.faults.run(name, "stored", args)
        except Replied as reply:
            body = {"ok": False, "error": f"fault: {reply.status}"}
            response = raw(reply)
        except Dropped:
            self._note(at, name, args, {"ok": False, "error": "fault: dropped"}, started)
            return cut(request)
        else:
            response = web.json_response(body, headers=self._headers())
        self._note(at, name, args, body, started)
        if self.core.faults.rules:
            await response.prepare(request)
            await response.write_eof()
            await self.core.faults.run(name, "answered", args)
        return response

    async def _handle(self, name: str, given: Given) -> Json:
        try:
            if given.refusal is not None:
                raise given.refusal
            method = registry.METHODS.get(name)
            if method is None:
                raise ApiError("unknown_method", req_method=name)
            self._check_token(method, given.token)
            call = Call(self.core, name, given.args)
            call.need_scope(*method.scopes)
            return {"ok": True} | await method.handler(call)
        except ApiError as error:
            return error.body

    def _check_token(self, method: Method, token: str) -> None:
        if method.by == "none":
            return
        app = self.core.app
        if not token:
            raise ApiError("not_authed")
        if token not in {app.bot_token, app.app_token}:
            raise ApiError("invalid_auth")
        if not app.is_installed:
            raise ApiError("account_inactive")
        expected = app.bot_token if method.by == "bot" else app.app_token
        if token != expected:
            raise ApiError("not_allowed_token_type")

    def _headers(self) -> dict[str, str]:
        return {"x-oauth-scopes": ",".join(sorted(self.core.app.scopes))}

    def _note(self, at: str, name: str, args: Json, body: Json, started: float) -> None:
        took = asyncio.get_running_loop().time() - started
        self.core.workspace.note(LogEntry(at, "api", name, args, body, took))


def cut(request: web.Request) -> web.Response:
    """Leave the caller with a broken connection."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def raw(reply: Replied) -> web.Response:
    if isinstance(reply.body, str):
        return web.Response(status=reply.status, headers=reply.headers, text=reply.body)
    return web.json_response(reply.body, status=reply.status, headers=reply.headers)
