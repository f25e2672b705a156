"""A digest from its making to its correction: preview, test, on time in the channel, and marked once late numbers come."""

from datetime import UTC, datetime, time, timedelta

from bot.people import Person, Role
from bot.rules.metrics.digest.digests import DigestDraft
from bot.rules.teams import Team
from bot.services.metrics.digest import building
from bot.services.metrics.digest.building import Seen
from sandbox.driver.places import Message
from storage import teams
from tests.cast import WORKSPACE
from tests.scenarios.escalating import shows, told
from tests.scenarios.stage import Stage
from tests.scenarios.test_standup_leading import answers, stand_up
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


async def imports(stage: Stage, name: str, good: int) -> None:
    """Bob drops a file with twelve calls of Monday, so many of them rated well."""
    lines = ["Call Id;Agent;Date;Time;Satisfaction rating"]
    for number in range(12):
        rating = 5 if number < good else 2
        lines.append(f"ID{number:04};Diane;{MONDAY};09:{number + 10};{rating}")
    bob = stage.person("bob")
    file_id = await bob.uploads(name, "\n".join(lines).encode())
    await bob.says(bob.dm_room, "", files=(file_id,))
    card = await told(stage, bob, name)
    await shows(stage, card, "Import")
    await bob.click(card, "Import")
    await shows(stage, card, "is in the numbers")


async def posted(stage: Stage) -> list[Message]:
    return [one for one in stage.channel("billing").messages if "Morning" in one.text]


async def test_a_digest_from_its_making_to_its_correction(stage: Stage) -> None:
    team = await billing(stage)
    bob = stage.person("bob")
    await rate(stage.baton.db, SUNDAY, 81, 100, person="Someone", team_id=team.id)
    await it_is_made(stage)

    await imports(stage, "calls.csv", good=9)
    await until(stage, TUESDAY_AT_EIGHT)
    [digest] = await posted(stage)
    assert "CSAT: 75 % of 12" in digest.text
    assert digest.text.startswith("Morning &lt;numbers&gt;")

    await imports(stage, "calls-corrected.csv", good=6)
    await stage.slack.clock.forward(minutes=5)
    await shows(stage, digest, "Corrected on Mar 3, 2026: CSAT was 75 %, is 50 %.")
    assert len(await posted(stage)) == 1

    await bob.slash("/metrics", "digests")
    assert "about 2 Mar 2026" in bob.modal.text
    await nobody_else_makes_any(stage)
    await its_channel_is_gone(stage)
    await a_reader_stops_theirs(stage, team)


async def a_reader_stops_theirs(stage: Stage, team: Team) -> None:
    """In the message, and has it again in the list, which is all of `/metrics digests` for who makes none."""
    alice, bob = stage.person("alice"), stage.person("bob")
    lead = Person(WORKSPACE, bob.id, roles={team.id: frozenset({Role.LEAD})})
    draft = DigestDraft("For you", metrics=("csat",), at=time(9), readers=(alice.id,))
    now = stage.clock.now()
    await building.save(stage.baton.db, lead, Seen(team.id), draft, key="theirs", now=now)
    await rate(stage.baton.db, MONDAY, 81, 100, person="Someone", team_id=team.id)
    await until(stage, TUESDAY_AT_EIGHT + timedelta(hours=1))
    mine = await told(stage, alice, "For you")
    await alice.click(mine, "Stop sending me this")
    await shows(stage, mine, "You have stopped this digest for yourself.")
    await alice.slash("/metrics", "digests")
    assert "stopped by you" in alice.modal.text
    await alice.click(alice.modal, "Send it to me again")
    assert "comes next" in alice.modal.text
    assert "Stop sending me this" in str(alice.modal.raw)
    await bob.modal.close()


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
    await bob.click(bob.modal, "Preview")
    assert "The numbers of single people are never posted to a channel." in bob.modal.text
    await bob.modal.close()
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
    assert "has not come yet" in bob.modal.text


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


async def test_before_the_stand_ups_summary_come_the_numbers_and_in_it_they_stand(
    stage: Stage,
) -> None:
    """The stand-up closes at half past three, the digest would come at four: it comes first, and once."""
    db, team = stage.baton.db, await billing(stage)
    await rate(db, SUNDAY, 81, 100, person="Someone", team_id=team.id)
    await stand_up(stage)
    draft = DigestDraft("Morning", metrics=("csat",), at=time(16), channel=team.team_channel)
    lead = Person(WORKSPACE, stage.person("bob").id, roles={team.id: frozenset({Role.LEAD})})
    now = stage.clock.now()
    await building.save(db, lead, Seen(team.id), draft, key="make", now=now)
    await stage.slack.clock.forward(minutes=31)
    await answers(stage, stage.person("bob"))
    await stage.slack.clock.forward(hours=5)
    told_of = [one.text for one in stage.channel("billing").messages]
    [digest] = [place for place, text in enumerate(told_of) if text.startswith("Morning")]
    [summary] = [place for place, text in enumerate(told_of) if "Numbers of Mar 1, 2026" in text]
    assert digest < summary
    assert "CSAT 81 %" in told_of[summary]
