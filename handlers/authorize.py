"""Which bot answers a request: the one whose token Baton holds, and only in that token's own workspace."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from logging import getLogger
from typing import TypeGuard

from aiohttp import ClientError
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.errors import CannotStart, DatabaseGone
from handlers.clients import code_of

log = getLogger(__name__)

TRUSTED_FOR = timedelta(minutes=10)
LONGEST_WAIT = 30  # seconds between two tries while Slack cannot be reached
# What Slack says about a token that no waiting will mend.
USELESS = {
    "account_inactive",
    "invalid_auth",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}
# AttributeError: the SDK stumbles over an answer in plain text, which a proxy gives in Slack's name.
UNREACHABLE = (ClientError, OSError, TimeoutError, AttributeError)


@dataclass(frozen=True, slots=True)
class Workspace:
    """What `auth.test` says of a token. `scopes` come from the answer's header."""

    id: str
    name: str
    url: str
    bot_user_id: str
    bot_id: str
    enterprise_id: str
    scopes: frozenset[str]


async def test_token(client: AsyncWebClient) -> Workspace:
    """Ask Slack whose token this is. Raises SlackApiError, or one of UNREACHABLE."""
    answer = await client.auth_test()
    granted = next((str(v) for k, v in answer.headers.items() if k.lower() == "x-oauth-scopes"), "")
    return Workspace(
        id=str(answer["team_id"]),
        name=str(answer.get("team") or ""),
        url=str(answer.get("url") or ""),
        bot_user_id=str(answer["user_id"]),
        bot_id=str(answer.get("bot_id") or ""),
        enterprise_id=str(answer.get("enterprise_id") or ""),
        scopes=frozenset(filter(None, (one.strip() for one in granted.split(",")))),
    )


class Authorize:
    """Bolt's `authorize`, from a cache: no request waits for `auth.test`, and an outage of Slack forgets nothing.

    `learned` is called once, with the workspace, before the first request is let in.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        token: str,
        clock: Clock,
        learned: Callable[[Workspace], Awaitable[None]],
    ) -> None:
        self.client, self.token, self.clock, self.learned = client, token, clock, learned
        self.workspace: Workspace | None = None
        self._until: datetime | None = None
        self._refresh: asyncio.Task[None] | None = None

    async def __call__(self, team_id: str | None) -> AuthorizeResult | None:
        """The bot's identity, or None for a workspace that this token does not belong to."""
        if self.workspace is None:
            raise RuntimeError("A request came in before the token was known.")
        if team_id != self.workspace.id:
            log.warning("Refused: a request of a workspace that this token does not belong to")
            return None
        self._keep_fresh()
        return AuthorizeResult(
            enterprise_id=self.workspace.enterprise_id,
            team_id=self.workspace.id,
            bot_user_id=self.workspace.bot_user_id,
            bot_id=self.workspace.bot_id,
            bot_token=self.token,
        )

    async def learn(self) -> Workspace:
        """Wait until Slack has said whose token this is. Raises CannotStart if it says that it is worth nothing."""
        wait = 1.0
        while True:
            try:
                found = await test_token(self.client)
                await self.learned(found)
            except SlackApiError as error:
                check_useful(error)
                log.warning("Slack answers auth.test with %s; trying again", code_of(error))
            except UNREACHABLE as error:
                name = type(error).__name__
                log.warning("Slack cannot be reached (%s); trying again in %.0f s", name, wait)
            except DatabaseGone as error:
                log.error("The database cannot be used: %s", error)  # noqa: TRY400
            else:
                self._remember(found)
                return found
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    def _remember(self, found: Workspace) -> None:
        self.workspace, self._until = found, self.clock.now() + TRUSTED_FOR

    def _keep_fresh(self) -> None:
        fresh = self._until is not None and self.clock.now() < self._until
        if fresh or (self._refresh is not None and not self._refresh.done()):
            return
        self._until = self.clock.now() + TRUSTED_FOR
        self._refresh = asyncio.create_task(self._look_again())

    async def _look_again(self) -> None:
        """Slack's word is only needed to notice a token that was exchanged or revoked; nobody waits for it."""
        try:
            self._remember(await test_token(self.client))
        except SlackApiError as error:
            log.error("Slack refuses the token: %s", code_of(error))  # noqa: TRY400
        except UNREACHABLE as error:
            log.warning("Slack cannot be reached (%s)", type(error).__name__)


def is_refusal(error: BaseException) -> TypeGuard[SlackApiError]:
    """Whether Slack says that the token will never be accepted."""
    return isinstance(error, SlackApiError) and code_of(error) in USELESS


def check_useful(error: SlackApiError) -> None:
    """Raise CannotStart if Slack says that the token will never be accepted."""
    if is_refusal(error):
        raise CannotStart(
            f"Slack refuses SLACK_BOT_TOKEN ({code_of(error)}). Copy the Bot User OAuth Token from OAuth & Permissions "
            "of your app anew, and install the app if it is not installed."
        )
