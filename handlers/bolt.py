"""Bolt, set up so that the work comes first and the acknowledgement last."""

import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from logging import getLogger

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

log = getLogger(__name__)


def new_app(
    client: AsyncWebClient,
    authorize: Callable[[str | None], Awaitable[AuthorizeResult | None]],
    signing_secret: str | None,
) -> AsyncApp:
    """An app without handlers. With a signing secret every request over HTTP must carry a valid signature."""
    with _without_slack_variables():
        app = AsyncApp(
            name="baton",
            logger=getLogger("slack_bolt"),
            client=_without_token(client),
            authorize=_named(authorize),  # type: ignore[arg-type] # None is allowed, and means no
            signing_secret=signing_secret or "",
            request_verification_enabled=signing_secret is not None,
            process_before_response=True,
        )
    app.error(_say_where)
    return app


def _named(
    authorize: Callable[[str | None], Awaitable[AuthorizeResult | None]],
) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    """Bolt passes what the function names."""

    async def by_team(team_id: str | None) -> AuthorizeResult | None:
        return await authorize(team_id)

    return by_team


def _without_token(client: AsyncWebClient) -> AsyncWebClient:
    """The token comes from `authorize`, for its own workspace only."""
    return AsyncWebClient(
        base_url=client.base_url,
        session=client.session,
        retry_handlers=[],
        logger=client.logger,
    )


async def _say_where(error: Exception) -> None:
    """An error that no handler caught: Slack sends the event again, and the log says where it was."""
    log.error("A listener failed", exc_info=error)


@contextmanager
def _without_slack_variables() -> Iterator[None]:
    """Bolt reads SLACK_* on its own, and SLACK_CLIENT_ID would turn on OAuth. Only Settings decides here."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)
