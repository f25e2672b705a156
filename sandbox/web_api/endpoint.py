"""`/api/{method}`: reading the arguments, checking the token, running the method, answering."""

from dataclasses import dataclass

from aiohttp import web

from sandbox.core import Core
from sandbox.faults import Passage, answered
from sandbox.kinds import Json
from sandbox.web_api import arguments, registry
from sandbox.web_api.arguments import Given
from sandbox.web_api.call import ApiError, Call, Method


@dataclass
class Endpoint:
    core: Core

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        given = await arguments.read(request)
        passage = self._passage(name, given.args)

        async def handle() -> tuple[Json, web.StreamResponse]:
            body = await self._handle(name, given)
            return body, web.json_response(body, headers=self._headers())

        watched = bool(self.core.faults.active)
        return await answered(passage, request, handle, note=passage.note, is_watched=watched)

    def _passage(self, name: str, args: Json) -> Passage:
        method = registry.METHODS.get(name)
        by_token = method is not None and method.by != "none"
        interfere = self.core.faults.interfere
        return Passage(self.core.workspace, interfere, "api", name, args, by_token=by_token)

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
        if app.is_token_revoked and token == app.bot_token:
            raise ApiError("token_revoked")
        expected = app.bot_token if method.by == "bot" else app.app_token
        if token != expected:
            raise ApiError("not_allowed_token_type")

    def _headers(self) -> dict[str, str]:
        return {"x-oauth-scopes": ",".join(sorted(self.core.app.scopes))}
