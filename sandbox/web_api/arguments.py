"""What a call of the Web API brings: its arguments, in every way Slack takes them, and its token."""

import json
import re
from dataclasses import dataclass

from aiohttp import web

from sandbox.kinds import Json
from sandbox.web_api.call import ApiError

# What Slack takes as JSON inside a form.
ENCODED = {
    "attachments",
    "blocks",
    "files",
    "metadata",
    "profile",
    "source",
    "unfurls",
    "user_auth_blocks",
    "users",
    "view",
}
ARGUMENT_NAME = re.compile(r"\w{1,100}")
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


@dataclass(frozen=True)
class Given:
    """The arguments and the token, or the refusal if they could not be read."""

    args: Json
    token: str = ""
    refusal: ApiError | None = None


async def read(request: web.Request) -> Given:
    try:
        query, body = dict(request.query), await _body(request)
        _check_names(query | body)
    except ApiError as refusal:
        return Given({}, refusal=refusal)
    # A token in an address could be read in every log on the way, so Slack takes none from there.
    query.pop("token", None)
    in_body = str(body.pop("token", None) or "")
    args = {name: _value(name, value) for name, value in (query | body).items()}
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return Given(args, token.strip())
    # Beside JSON it is only taken from the header.
    return Given(args, "" if request.content_type == "application/json" else in_body)


async def _body(request: web.Request) -> Json:
    if request.method == "GET" or not request.can_read_body:
        return {}
    if request.content_type == "application/json":
        return await _from_json(request)
    if request.content_type not in FORMS:
        named = "Content-Type" in request.headers
        raise ApiError("invalid_post_type" if named else "missing_post_type")
    try:
        return dict(await request.post())
    except ValueError as error:
        raise ApiError("invalid_form_data") from error


async def _from_json(request: web.Request) -> Json:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError as error:
        raise ApiError("invalid_json") from error
    if not isinstance(body, dict):
        raise ApiError("json_not_object")
    return body


def _check_names(args: Json) -> None:
    for name in args:
        if name.endswith("]"):
            raise ApiError("invalid_array_arg")
        if not ARGUMENT_NAME.fullmatch(name):
            raise ApiError("invalid_arg_name")


def _value(name: str, value: object) -> object:
    if name not in ENCODED or not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
