"""Over Socket Mode: connections that change, break and are refused, and how much is done at once."""

import asyncio
import json

from handlers.request import Request
from sandbox.server import Sandbox
from tests.handlers.listening.ways import Slow, hello, listening, until_reasons


async def test_it_is_not_ready_without_a_connection(slack: Sandbox, sqlite_url: str) -> None:
    async with listening(slack, sqlite_url, "socket") as bot:
        slack.faults.reply("apps.connections.open", 503, times=1)
        await slack.core.socket_mode.stop()

        await until_reasons(bot, ["no connection to Slack"])
        await until_reasons(bot, [])


async def test_the_answer_goes_the_way_its_question_came_when_slack_changes_the_connection(
    slack: Sandbox, sqlite_url: str
) -> None:
    slow = Slow()
    async with listening(slack, sqlite_url, "socket") as bot:
        bot.router.commands["/escalate"] = slow
        bot.router.commands["/baton"] = hello
        asked = asyncio.create_task(slack.person("alice").slash("/escalate", channel="general"))
        await slow.begun.wait()
        [old] = slack.core.socket_mode.sockets
        await old.socket.send_str(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
        await slack.until(lambda: len(slack.core.socket_mode.sockets) == 2)

        assert (
            await slack.person("bob").slash("/baton", "bob", channel="general")
        ).text == "hello bob"
        slow.may_end.set()
        assert (await asked).text == "done"
        await slack.until(lambda: old not in slack.core.socket_mode.sockets)
        assert len(slack.core.socket_mode.sockets) == 1


async def test_no_more_than_sixty_four_at_once(slack: Sandbox, sqlite_url: str) -> None:
    at_once, most, release = 0, 0, asyncio.Event()

    async def count(_request: Request) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await release.wait()
        at_once -= 1

    async with listening(slack, sqlite_url, "socket") as bot:
        bot.router.commands |= {"/baton": hello, "/escalate": count}
        alice = slack.person("alice")
        await alice.slash("/baton", channel="general")  # from here on she is known
        asked = [
            asyncio.create_task(alice.slash("/escalate", channel="general")) for _ in range(80)
        ]
        await slack.until(lambda: len(bot.in_hand) == 80)
        release.set()
        results = await asyncio.gather(*asked)

    assert most == 64
    assert all(one.ok for one in results)
