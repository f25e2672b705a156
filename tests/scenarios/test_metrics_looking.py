"""Stories of numbers in Slack: what a team and each person in it see, whose a name is, and a metric of one's own."""

from datetime import timedelta

from bot.people import system
from bot.rules.metrics.importing.imports import Import, ImportKind, ImportState
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.metrics.store.facts import Fact
from bot.services.metrics.store import keeping, rolling
from storage.metrics import imports
from tests import cast
from tests.scenarios.stage import Stage, choose_for
from tests.services.floor import team_named
from tests.services.metrics.store import fact


async def bring(stage: Stage, facts: list[Fact], team_name: str = "Billing") -> None:
    """Into a team's numbers, as a program does it."""
    db, clock = stage.baton.db, system(cast.WORKSPACE)
    now = stage.clock.now()
    team = await team_named(db, team_name)
    async with db.write(cast.WORKSPACE) as tx:
        feed_id = await imports.feed(tx, "Calls", "free")
        program = ImportKind.HTTP
        live = Import(
            cast.WORKSPACE, "", 0, program, feed_id, team.id, clock.id, now, state=ImportState.LIVE
        )
        held = await imports.add(tx, live)
    async with db.write(cast.WORKSPACE) as tx:
        await keeping.put(tx, held, facts, Belonging(team.id), zone="Europe/Berlin")
    while await rolling.roll_next(db, clock, now=now):
        pass


async def last_week(stage: Stage) -> None:
    """Alice 15 of 20 good, and somebody called A. Smith 1 of 2."""
    day = stage.clock.now().date()
    monday = day - timedelta(days=day.weekday() + 7)
    alice = [
        fact(f"a{one}", monday, person="Alice", ratings=1, ratings_good=int(one < 15))
        for one in range(20)
    ]
    smith = [
        fact(f"s{one}", monday, person="A. Smith", ratings=1, ratings_good=one) for one in range(2)
    ]
    await bring(stage, [*alice, *smith])


async def test_everybody_sees_their_own_and_who_leads_sees_the_team(stage: Stage) -> None:
    alice, bob, olga = (stage.person(name) for name in ("alice", "bob", "olga"))
    await alice.slash("/metrics", channel="billing")
    assert "There are no numbers yet." in alice.ephemerals[-1].words
    await last_week(stage)
    await alice.slash("/metrics", channel="billing")
    shown = alice.ephemerals[-1]
    assert "72.7 % of 22" in shown.words
    assert "CSAT by week" in str(shown.raw["blocks"])
    await alice.click(shown, "Me")
    await stage.slack.until(lambda: "75 % of 20" in shown.words, saying="her own")
    assert f"<@{bob.id}>" in shown.words
    assert "Whose names" not in shown.words

    await bob.slash("/metrics", "team", channel="general")
    people = bob.ephemerals[-1]
    assert f"*<@{alice.id}>*: 75 % of 20" in people.words
    assert "*A. Smith*: 50 % of only 2, too few to rank" in people.words
    await bob.click(people, "All of theirs")
    await stage.slack.until(lambda: "Numbers of one person" in people.words, saying="Alice's")
    assert "75 % of 20" in people.words
    await olga.slash("/metrics", "team")
    assert "Smith" not in olga.ephemerals[-1].words
    assert "*09:00*: 72.7 % of 22" in olga.ephemerals[-1].words
    for room in ("billing", "general", "billing-leads"):
        assert not any("CSAT" in one.words for one in stage.channel(room).messages)
    await a_name_is_alices(stage)


async def a_name_is_alices(stage: Stage) -> None:
    """From the team's menu: the past is corrected at once. Another team has somebody of that name, who stays somebody else."""
    alice, bob = stage.person("alice"), stage.person("bob")
    day = stage.clock.now().date()
    await bring(stage, [fact("parcel", day, person="a. smith", contacts=1)], "Shipping")
    await bob.slash("/baton")
    await choose_for(bob, "Numbers")
    await bob.click(bob.modal, "Whose names these are")
    assert "1 name is nobody yet." in bob.modal.text
    assert "This name is in the lines of another team too. One person or two?" in bob.modal.text
    await bob.click(bob.modal, "Somebody of their own here")
    assert "In this team the name is a person of its own." in bob.modal.text
    await bob.select(bob.modal, "Who is that?", "dan")
    assert "Only the team's own people can be linked" in bob.modal.text
    await bob.select(bob.modal, "Who is that?", "alice")
    assert "Everybody in these numbers is known." in bob.modal.text
    await alice.slash("/metrics", "me", channel="billing")
    assert "72.7 % of 22" in alice.ephemerals[-1].words


async def test_a_metric_of_ones_own(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    await last_week(stage)
    await alice.slash("/metrics", "define CSAT", channel="billing")
    assert "`ratings_good` divided by `ratings`" in alice.modal.text
    await alice.click(alice.modal, "All metrics")
    assert "Write your own" not in alice.modal.buttons

    await bob.slash("/metrics", "define")
    await bob.click(bob.modal, "Write your own")
    typed: dict[str, object] = {
        "Name": "Unhappy <!channel>",
        "What it counts, in words": "Ratings of 1 to 3.",
        "What is added up": "ratings - ratings_goood",
        "Divided by": "ratings",
    }
    await bob.fill(typed)
    await bob.click(bob.modal, "Try it")
    assert "There is no part called “ratings_goood”." in bob.modal.text
    assert not (await bob.fill({}).submit()).ok
    assert bob.modal.value_of("What is added up") == "ratings - ratings_goood"
    await bob.fill({"What is added up": "ratings - ratings_good"})
    await bob.click(bob.modal, "Try it")
    assert "*27.3 %* of 22" in bob.modal.text
    assert (await bob.fill({}).submit()).ok
    assert f"*Owner* <@{bob.id}>" in bob.modal.text
    await alice.slash("/metrics", channel="billing")
    assert "27.3 % of 22" in alice.ephemerals[-1].words
    await alice.slash("/metrics", "define unhappi", channel="billing")
    assert "Did you mean one of these?" in alice.ephemerals[-1].words
