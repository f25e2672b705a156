"""A digest from its making to its correction: preview, test, on time in the channel, and marked once late numbers come."""

from datetime import UTC, datetime, timedelta

from bot.rules.teams import Team
from sandbox.driver.places import Message
from storage import teams
from tests.cast import WORKSPACE
from tests.scenarios.escalating import shows, told
from tests.scenarios.stage import Stage
from tests.services.metrics.digests import SUNDAY, rate

MONDAY = SUNDAY + timedelta(days=1)
TUESDAY_AT_EIGHT = datetime(2026, 3, 3, 7, tzinfo=UTC)  # in Berlin
CHOSEN: dict[str, object] = {
    "Name": "Morning <numbers>",
    "Which numbers": ["CSAT", "Contacts"],
    "How often": "Every working day, about the one before",
    "At, by the team's clock": "08:00",
}


async def billing(stage: Stage) -> Team:
    async with stage.baton.db.read(WORKSPACE) as tx:
        found = await teams.find_by_name(tx, "Billing")
    assert found
    return found


async def rated(stage: Stage, good: int, of: int, *, by: str = "Someone") -> None:
    """What a file says of Monday."""
    team = await billing(stage)
    await rate(stage.baton.db, MONDAY, good, of, person=by, team_id=team.id)


async def posted(stage: Stage) -> list[Message]:
    return [one for one in stage.channel("billing").messages if "Morning" in one.text]


async def test_a_digest_from_its_making_to_its_correction(stage: Stage) -> None:
    team = await billing(stage)
    bob = stage.person("bob")
    await rate(stage.baton.db, SUNDAY, 81, 100, person="Someone", team_id=team.id)
    await it_is_made(stage)

    await rated(stage, 811, 1000)
    await until(stage, TUESDAY_AT_EIGHT)
    [digest] = await posted(stage)
    assert "CSAT: 81.1 % of 1,000" in digest.text
    assert digest.text.startswith("Morning &lt;numbers&gt;")

    await rated(stage, 0, 9, by="Somebody late")
    await stage.slack.clock.forward(minutes=5)
    await shows(stage, digest, "Corrected on Mar 3, 2026: CSAT was 81.1 %, is 80.4 %.")
    assert len(await posted(stage)) == 1

    await bob.slash("/metrics", "digests")
    assert "about 2 Mar 2026" in bob.modal.text
    await nobody_else_makes_any(stage)
    await its_channel_is_gone(stage)


async def it_is_made(stage: Stage) -> None:
    """What was typed stays, whatever is wrong with it."""
    bob = stage.person("bob")
    await bob.slash("/metrics", "digests")
    assert "There is none yet." in bob.modal.text
    await bob.click(bob.modal, "New digest")
    assert not (await bob.fill(CHOSEN | {"And besides": ["Each person's numbers"]}).submit()).ok
    assert bob.modal.errors == {
        "Post it to a channel": (
            "The numbers of single people are never posted to a channel. "
            "Choose people who get them privately."
        )
    }
    assert bob.modal.value_of("Name") == "Morning <numbers>"
    await bob.fill({"And besides": []})
    await bob.click(bob.modal, "Preview")
    assert bob.modal.title == "Preview"
    assert "*CSAT:* 81 % of 100" in bob.modal.text
    await bob.modal.close()
    await bob.click(bob.modal, "Send me a test")
    assert "I have sent you a test." in bob.modal.text
    await bob.modal.close()
    test = await told(stage, bob, "A test: only you see it.")
    assert "CSAT: 81 % of 100" in test.text
    assert (await bob.modal.submit()).ok
    assert "Morning &lt;numbers&gt;" in bob.modal.text
    assert "never came yet" in bob.modal.text


async def its_channel_is_gone(stage: Stage) -> None:
    """The list says so, a digest is not moved to such a channel, and what is paused is said to be."""
    bob = stage.person("bob")
    await bob.removes("billing")
    await bob.slash("/metrics", "digests")
    assert "Baton can't post there any more." in bob.modal.text
    await bob.click(bob.modal, "Change")
    room = stage.channel("no-bots")
    assert not (await bob.fill({"Post it to a channel": room.id}).submit()).ok
    assert "/invite @Baton" in bob.modal.errors["Post it to a channel"]
    assert bob.modal.value_of("Post it to a channel") == room.id
    await bob.modal.close()
    await bob.click(bob.modal, "Pause")
    assert "paused" in bob.modal.text


async def nobody_else_makes_any(stage: Stage) -> None:
    for name in ("alice", "olga", "nemo"):
        person = stage.person(name)
        assert "those who lead a team" in (await person.slash("/metrics", "digests")).text
    charlie = stage.person("charlie")
    await charlie.slash("/metrics", "digests")
    assert "Morning" not in charlie.modal.text


async def until(stage: Stage, moment: datetime) -> None:
    """A little past that moment, with everything done that falls due on the way."""
    length = moment - stage.clock.now() + timedelta(minutes=1)
    await stage.slack.clock.forward(seconds=length.total_seconds())
