"""Whatever an app sends, a method answers with an error of Slack's and never breaks."""

import random

import aiohttp
import pytest

from sandbox.server import Sandbox
from sandbox.web_api.registry import METHODS
from tests.sandbox.helpers import Json

CALLS = 12
ARGUMENTS = """
attachments blocks bookmark_id bot channel channel_id channels count cursor email emoji file filename files handle
hash include_count is_private latest length limit link markdown_text message_ts metadata name oldest page post_at
presence scheduled_message_id source text thread_ts timestamp title topic trigger_id ts type types unfurl_id unfurls
user user_id usergroup users view view_id visibility
"""
NAMES = ARGUMENTS.split()
VALUES: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    10**20,
    1.5,
    "",
    "x",
    "C0BILLING",
    "U0ALICE",
    "S0BILLINGTEAM",
    "1772452800.000001",
    "at:9",
    "link",
    "https://example.com",
    [],
    {},
    [None],
    [{}],
    [[1]],
    ["C0BILLING"],
    [{"type": "section"}],
    [{"id": 7}],
    {"type": "modal"},
    {"type": "home", "blocks": None},
    {"event_type": "x", "event_payload": {}},
    {"https://example.com": None},
)


def _garbage(chance: random.Random, channel: str) -> Json:
    args = {name: chance.choice(VALUES) for name in chance.sample(NAMES, 12)}
    # Half of the calls get past the first question, which conversation is meant.
    sensible: Json = {"channel": channel, "channel_id": channel, "text": "x"}
    return args | sensible if chance.random() < 0.5 else args


@pytest.mark.parametrize("method", sorted(METHODS.keys() - {"auth.revoke"}))
async def test_garbage_is_refused_in_words(slack: Sandbox, method: str) -> None:
    chance = random.Random(method)  # noqa: S311 - the same garbage each time
    made = slack.workspace.add_channel("made", members=[slack.app.bot_user_id])
    token = slack.app_token if METHODS[method].by == "app" else slack.bot_token
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(slack.api_url, headers=headers) as session:
        for _ in range(CALLS):
            args = _garbage(chance, made.id)
            async with session.post(method, json=args) as response:
                assert response.status == 200, args
                answer = await response.json()
            assert answer["ok"] or answer["error"], args
