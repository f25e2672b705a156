"""Stories of leads: who is missing, one nudge, who took part, the Excel file; and of somebody who shares their mood."""

from dataclasses import replace
from datetime import time, timedelta
from io import BytesIO

from openpyxl import load_workbook

from bot.rules.standups import Said, Schedule, StandUp
from bot.services.standups import look_again
from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from storage import standups
from storage import teams as stored_teams
from tests import cast
from tests.scenarios.escalating import shows, told
from tests.scenarios.stage import Stage
from tests.standups import FLOOR, STANDUP, close, round_of

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FOCUS = "What is your focus today?"
MOOD = "How do you feel?"


async def stand_up(stage: Stage) -> StandUp:
    """Of Billing, every day at half past one, by Berlin's clock, where it is one."""
    db, now = stage.baton.db, stage.clock.now()
    async with db.write(cast.WORKSPACE) as tx:
        team = await stored_teams.find_by_name(tx, "Billing")
        assert team
        schedule = Schedule(weekdays=EVERY_DAY, at=time(13, 30))
        made = replace(STANDUP, team_id=team.id, questions=FLOOR, schedule=schedule, channel="")
        await standups.add(tx, made, now=now)
        await look_again(tx, made.id, now=now)
    return made


async def answers(stage: Stage, person: Actor, mood: str = "") -> None:
    asked = await told(stage, person, "please answer by")
    await person.click(asked, "Answer")
    said: dict[str, object] = {FOCUS: "=Refunds & returns"}
    assert (await person.fill(said | ({MOOD: mood} if mood else {})).submit()).ok
    await shows(stage, asked, "thank you, your answer is in")


async def test_a_lead_sees_who_is_missing_nudges_once_and_gets_the_file(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    await stand_up(stage)
    await stage.slack.clock.forward(minutes=31)
    await answers(stage, bob)

    assert (await bob.slash("/standup")).ok
    assert "1 of 3 have answered" in bob.modal.text
    assert f"only leads see this: <@{alice.id}>, <@{stage.person('ben').id}>" in bob.modal.text
    await bob.click(bob.modal, "Nudge them")
    assert "You nudged 2 people." in bob.modal.text
    nudge = await told(stage, alice, "would like to hear from you")
    await bob.click(bob.modal, "Nudge them")
    assert f"Nudged in this round already, and not again: <@{alice.id}>" in bob.modal.text

    await alice_reads_no_names_and_answers(alice, nudge)
    await stage.slack.clock.forward(hours=3)
    await bob_reads_and_takes_it_along(stage, bob)
    await two_days_that_are_no_period(bob)
    await nobody_else_reads_of_it(stage)


async def two_days_that_are_no_period(bob: Actor) -> None:
    """The form stays open with what was typed."""
    await bob.slash("/standup", "export")
    chosen: dict[str, object] = {
        "When": "From one day to another",
        "First day": "2026-03-15",
        "Last day": "2026-03-01",
    }
    assert not (await bob.fill(chosen).submit()).ok
    assert bob.modal.errors == {"Last day": "The last day is before the first. Please swap them."}
    assert bob.modal.value_of("First day") == "2026-03-15"
    await bob.fill({"Last day": "2026-03-20"}).submit()
    assert "is being made" in bob.modal.text


async def alice_reads_no_names_and_answers(alice: Actor, nudge: Message) -> None:
    await alice.slash("/standup")
    assert "1 of 3 have answered" in alice.modal.text
    assert "Nudge them" not in alice.modal.buttons
    assert "only leads see this" not in alice.modal.text
    await alice.click(nudge, "Answer")
    assert (await alice.fill({FOCUS: "Chargebacks"}).submit()).ok


async def bob_reads_and_takes_it_along(stage: Stage, bob: Actor) -> None:
    await bob.slash("/standup", "report 1w")
    assert f"<@{stage.person('alice').id}> · asked 1: 1 in time" in bob.modal.text
    await bob.click(bob.modal, "Send me as Excel")
    assert "You get it in a private message" in bob.modal.text
    [shown] = (await told(stage, bob, "The stand-ups from")).raw["files"]
    body = stage.slack.core.workspace.store.find_bytes(shown["id"])
    assert body
    sheet = load_workbook(BytesIO(body))["Answers"]
    said = {cell.value: cell.data_type for cell in sheet["K"][1:]}
    assert (said["=Refunds & returns"], said["Chargebacks"]) == ("s", "s")


async def nobody_else_reads_of_it(stage: Stage) -> None:
    """Neither a channel, nor whoever asks without leading."""
    for channel in ("billing", "billing-leads", "general"):
        for message in stage.channel(channel).messages:
            assert "asked 1" not in message.words
            assert "nudged" not in message.words
    alice, olga, charlie = (stage.person(name) for name in ("alice", "olga", "charlie"))
    for person in (alice, olga):
        for words in ("report", "report 4w", "export", "export 4w"):
            assert (
                "Only leads and managers see who took part"
                in (await person.slash("/standup", words)).text
            )
    await charlie.slash("/standup", "report")
    assert f"<@{alice.id}>" not in charlie.modal.text


async def felt_before(stage: Stage, made: StandUp, *numbers: int) -> None:
    """Alice's mood in the last rounds."""
    db, alice_id = stage.baton.db, stage.person("alice").id
    for days_ago, number in zip(range(len(numbers), 0, -1), numbers, strict=True):
        at = stage.clock.now() - timedelta(days=days_ago)
        said = {alice_id: {"mood": Said(number=number)}}
        await close(db, await round_of(db, alice_id, standup=made, at=at, answers=said))


async def test_a_mood_is_shared_told_once_it_falls_and_taken_back(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    await felt_before(stage, await stand_up(stage), 5, 4)
    await alice.slash("/standup")
    assert "Only you see it." in alice.modal.text
    await alice.click(alice.modal, "Share my mood with my leads")
    assert "You share your mood" in alice.modal.text
    await stage.slack.clock.forward(minutes=31)
    await answers(stage, alice, "2 · Not so good")
    await stage.slack.clock.forward(hours=3)
    fall = await told(stage, bob, f"<@{alice.id}>'s mood went 5 → 4 → 2")
    await alice.slash("/standup")
    await alice.click(alice.modal, "Stop sharing my mood")
    await shows(stage, fall, "is not shared any more")
    await bob.slash("/standup")
    assert "'s mood went" not in bob.modal.text
