"""The database takes nothing while people answer a stand-up: the form keeps what was typed, and a message is heard later, once."""

import pytest

from tests.conftest import FreshDatabase
from tests.scenarios.escalating import shows, told
from tests.scenarios.outages import troubles
from tests.scenarios.test_standup_answers import FOCUS, asked, asks


async def test_nothing_that_was_typed_is_lost(
    fresh_database: FreshDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    async with troubles.read_only_file(fresh_database) as troubled:
        stage = troubled.stage
        await asks(stage, "alice", "bob")
        alice, message = await asked(stage, "alice")
        bob, bobs = await asked(stage, "bob")
        await alice.click(message, "Answer")
        form = await alice.fill({FOCUS: "Quokkas"})

        await troubled.begin()
        assert (await form.submit()).ok
        assert [one.title for one in alice.modals] == ["Stand-up", "Not done"]
        assert "nothing was saved" in alice.modal.text
        await bob.says(bob.dm_room, "2. Quokkas")
        await stage.slack.until(lambda: "An event is left" in caplog.text)
        assert "Quokkas" not in caplog.text

        await troubled.end()
        await alice.modal.close()
        assert form.value_of(FOCUS) == "Quokkas"
        assert (await form.submit()).ok
        await shows(stage, message, "Quokkas")
        stage.slack.redeliver()
        await shows(stage, bobs, "Quokkas")
        stage.forward(seconds=2)  # Slack takes one message a second
        await told(stage, bob, "Kept for")
        assert len([one for one in bob.dm if "Kept for" in one.text]) == 1
