"""What survives: a restart, and a kill at any moment."""

import asyncio
import signal
import sys
from pathlib import Path

from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, SEED
from tests.sandbox.helpers import HandClock


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    async with Sandbox(SEED, MANIFEST, path=path) as slack:
        alice = slack.person("alice")
        parent = await alice.says("billing", "hello")
        await alice.says("billing", "reply", thread=parent)
        await alice.reacts(parent, "eyes")
        await alice.says(alice.dm_room, "to the app")
        file = await alice.uploads("a.txt", b"bytes")
        await alice.says("billing", "file", files=(file,))
        await alice.changes(tz="Asia/Tokyo")
        slack.core.views.publish(alice.id, {"type": "home", "blocks": [{"type": "divider"}]})
        tokens = slack.bot_token, slack.app_token, slack.signing_secret
    async with Sandbox(SEED, MANIFEST, path=path) as slack:
        alice = slack.person("alice")
        assert [one.text for one in slack.channel("billing").messages] == ["hello", "file"]
        first = slack.channel("billing").messages[0]
        assert ([one.text for one in first.thread], first.reactions) == (["reply"], ["eyes"])
        assert [one.text for one in alice.dm] == ["to the app"]
        assert slack.workspace.store.find_bytes(file) == b"bytes"
        assert alice.raw.tz == "Asia/Tokyo"
        assert alice.home.blocks[0]["type"] == "divider"
        assert tokens == (slack.bot_token, slack.app_token, slack.signing_secret)
        assert len(slack.workspace.people) == len(SEED.people) + 1, "the seed was not sown twice"
        later = await alice.says("billing", "later")
        assert later.ts > first.ts


async def test_ts_never_go_back_even_if_the_clock_does(tmp_path: Path) -> None:
    clock = HandClock()
    async with Sandbox(SEED, MANIFEST, path=tmp_path / "w.db", clock=clock) as slack:
        first = await slack.person("alice").says("billing", "now")
    clock.move(hours=-1)
    async with Sandbox(SEED, MANIFEST, path=tmp_path / "w.db", clock=clock) as slack:
        assert (await slack.person("alice").says("billing", "earlier?")).ts > first.ts


KILLED = """
import asyncio, sys
from pathlib import Path
from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, SEED

async def main():
    slack = await Sandbox(SEED, MANIFEST, path=Path(sys.argv[1])).start()
    for number in range(1000000):
        await slack.person("alice").says("billing", str(number))
        print(number, flush=True)
asyncio.run(main())
"""


async def test_a_kill_loses_nothing_that_was_said(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    seen = -1
    while seen < 50:
        seen = int(await process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    rest = (await process.stdout.read()).split()
    await process.wait()
    last = int(rest[-1]) if rest else seen
    async with Sandbox(SEED, MANIFEST, path=path) as slack:
        said = [one.text for one in slack.channel("billing").messages]
    assert said[: last + 1] == [str(number) for number in range(last + 1)]
