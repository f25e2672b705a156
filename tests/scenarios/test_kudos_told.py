"""A month of thanks: the digest on Friday, the wall on the first, a day to celebrate, and what a lead sees in private."""

from datetime import UTC, date, datetime, timedelta

from bot.people import Person
from bot.rules.teams import Team
from sandbox.driver.places import Message
from storage import teams
from tests.cast import WORKSPACE
from tests.scenarios.stage import Stage
from tests.thanks import decide, likes, thank

FRIDAY = datetime(2026, 3, 6, 14, tzinfo=UTC)  # 15:00 in Berlin, a Friday
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
FIRST_OF_APRIL = datetime(2026, 4, 1, 7, tzinfo=UTC)


def person(stage: Stage, name: str) -> Person:
    return Person(WORKSPACE, stage.person(name).id)


def said_at(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)


async def billing(stage: Stage) -> Team:
    async with stage.baton.db.read(WORKSPACE) as tx:
        found = await teams.find_by_name(tx, "Billing")
    assert found
    return found


async def until(stage: Stage, moment: datetime) -> None:
    """A little past that moment, with everything done that falls due on the way."""
    length = moment - stage.clock.now() + timedelta(minutes=1)
    await stage.slack.clock.forward(seconds=length.total_seconds())


def of_channel(stage: Stage, words: str) -> list[Message]:
    return [one for one in stage.channel("billing").messages if words in one.text]


async def test_a_month_of_thanks(stage: Stage) -> None:
    db, team = stage.baton.db, (await billing(stage)).id
    alice, bob, ben, mara = (person(stage, one) for one in ("alice", "bob", "ben", "mara"))
    await thank(
        db, alice, bob, mara, team_id=team, reason="Took the caller from Porto & stayed kind"
    )
    await thank(db, bob, alice, team_id=team, value="Clarity")
    await thank(db, mara, ben, team_id=team, is_public=False, reason="LEAK this is between us two")
    await likes(db, alice, started_on=date(2023, 3, 8), celebrates=True)

    await until(stage, FRIDAY)
    [digest] = of_channel(stage, "Thanks of the week")
    assert said_at(digest) - FRIDAY < timedelta(minutes=1)
    assert f"<@{alice.id}> thanked <@{bob.id}>, <@{mara.id}>: “Took the caller" in digest.text
    await stage.person("alice").click(digest, "See all")
    assert "stayed kind" in stage.person("alice").modal.text

    await until(stage, MONDAY)
    [celebrated] = of_channel(stage, "has been with us for 3 years")
    assert f"<@{alice.id}>" in celebrated.text

    stage.forward(days=20)  # nobody was there to look after anything
    await until(stage, FIRST_OF_APRIL)
    [wall] = of_channel(stage, "Thanks of March 2026")
    assert "data_visualization" in {one["type"] for one in wall.blocks}
    assert "Clarity 1, Teamwork 1" in wall.text
    assert len(of_channel(stage, "Thanks of the week")) == 1
    assert not of_channel(stage, "No public thanks this week")  # it was for a week of long ago
    assert not of_channel(stage, "LEAK")
    await a_lead_looks_closer(stage)


async def a_lead_looks_closer(stage: Stage) -> None:
    """Ben was thanked in private, which counts; for a team that asks after shorter times he is on the list."""
    bob, ben = stage.person("bob"), stage.person("ben")
    await bob.slash("/kudos", "team")
    assert "Everybody has had kudos within the last 6 weeks." in bob.modal.text
    await decide(stage.baton.db, (await billing(stage)).id, quiet_weeks=3)
    await bob.slash("/kudos", "team")
    assert f"<@{ben.id}> · none for 4 weeks" in bob.modal.text
    assert "LEAK" not in bob.modal.text
    await bob.click(bob.modal, "Thank them")
    assert bob.modal.title == "Thank somebody"
    assert bob.modal.value_of("Whom") == [ben.id]
    await stage.person("alice").slash("/kudos", "team")
    assert "Only leads and managers see this." in stage.person("alice").answer
