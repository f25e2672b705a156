"""`/api/{method}`: reading the arguments, checking the token, running the method, answering."""

import asyncio
import json
from dataclasses import dataclass

from aiohttp import web

from sandbox.core import Core
from sandbox.faults import Dropped, Replied
from sandbox.kinds import Json, LogEntry
from sandbox.web_api import registry
from sandbox.web_api.call import ApiError, Call, Method

# What Slack takes as JSON inside a form.
ENCODED = ("blocks", "attachments", "metadata", "view", "files", "users", "unfurls", "profile")


@dataclass
class Endpoint:
    core: Core

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        args = await _arguments(request)
        token = _token(request, args)
        loop = asyncio.get_running_loop()
        at, started = self.core.clock.now().isoformat(), loop.time()
        try:
            await self.core.faults.run(name, "before", args)
            body = await self._handle(name, args, token)
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

    async def _handle(self, name: str, args: Json, token: str) -> Json:
        try:
            method = registry.METHODS.get(name)
            if method is None:
                raise ApiError("unknown_method", req_method=name)
            self._check_token(method, token)
            call = Call(self.core, name, args)
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


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            body = {}
        args |= body if isinstance(body, dict) else {}
    elif request.can_read_body:
        args |= dict(await request.post())
    for name in ENCODED:
        if isinstance(args.get(name), str) and args[name][:1] in {"{", "["}:
            args[name] = _decoded(args[name])
    return args


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _token(request: web.Request, args: Json) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    given = str(args.pop("token", "") or "")
    return token.strip() if scheme.lower() == "bearer" else given
