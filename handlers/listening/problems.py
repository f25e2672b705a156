"""Why nothing was taken, as RFC 9457 has it: a program reads the type, a person the detail."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import JSONResponse

from bot.rules.metrics.program.received.shapes import ItemProblem, Problem
from bot.rules.metrics.program.received.unfit import Unfit

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One problem: `name` stays the same in every version."""

    name: str
    status: HTTPStatus
    detail: str


NO_TOKEN = Kind(
    "no-token",
    HTTPStatus.UNAUTHORIZED,
    "Send a token that works: `Authorization: Bearer baton_…`. Baton's admins make one under “Programs” in `/baton`.",
)
TEAM_GONE = Kind(
    "team-gone",
    HTTPStatus.FORBIDDEN,
    "The team that this token is for is there no more. Ask Baton's admins for another token.",
)
NO_KEY = Kind(
    "no-idempotency-key",
    HTTPStatus.BAD_REQUEST,
    "Send an `Idempotency-Key` of 1 to 200 printable ASCII characters, and the same one when you send the same request again.",
)
NO_JSON = Kind("no-json", HTTPStatus.BAD_REQUEST, "The body is no JSON in UTF-8.")
SLOW = Kind(
    "too-slow", HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time. Send it again."
)
LARGE = Kind(
    "too-large",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "A body has at most 1,000,000 bytes. Send the facts in several requests.",
)
NOT_JSON = Kind(
    "not-json",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "Send `Content-Type: application/json`, in UTF-8 and not compressed.",
)
KEY_REUSED = Kind(
    "idempotency-key-reused",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "This `Idempotency-Key` came with another body before. Use a new one for each new request.",
)
UNFIT = Kind(
    "unfit-facts",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "Nothing was taken. Put right what `errors` lists, and send all of them again.",
)
TOO_MANY = Kind(
    "too-many-requests",
    HTTPStatus.TOO_MANY_REQUESTS,
    "This token has asked too often. Wait as long as `Retry-After` says, and send more facts in each request.",
)
NOT_NOW = Kind(
    "not-now",
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Nothing could be saved at this moment. Send the same request again soon.",
)
KINDS = (
    *(NO_TOKEN, TEAM_GONE, NO_KEY, NO_JSON, SLOW, LARGE, NOT_JSON),
    *(KEY_REUSED, UNFIT, TOO_MANY, NOT_NOW),
)


def answer(kind: Kind, unfit: Sequence[Unfit] = (), *, wait: int = 0) -> JSONResponse:
    """The response. `wait` is in how many seconds it is worth trying again."""
    problem = Problem(
        type=f"urn:baton:problem:{kind.name}",
        title=kind.status.phrase,
        status=kind.status,
        detail=kind.detail,
        errors=[ItemProblem(index=one.index, field=one.field, reason=one.reason) for one in unfit],
    )
    body = problem.model_dump(exclude=None if unfit else {"errors"})
    headers = {"Retry-After": str(wait)} if wait else {}
    if kind is NO_TOKEN:
        headers["WWW-Authenticate"] = 'Bearer realm="baton"'
    return JSONResponse(body, kind.status, headers, media_type=MEDIA_TYPE)
