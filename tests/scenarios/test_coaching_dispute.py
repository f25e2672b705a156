"""A story of time: until when a note can be disputed while its agent is away, and who decides when nobody does."""

from datetime import timedelta

from bot.rules.absences import Absence, Kind
from bot.services.coaching import sharing
from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from storage import absences, people, teams
from tests import cast
from tests.notes import keep
from tests.scenarios.escalating import told, whispered
from tests.scenarios.stage import Stage

READ, DIFFERENTLY = "Read the note", "I see it differently"
MINE = "I had asked the customer first"
AWAY_FROM, AWAY_FOR = timedelta(hours=10), timedelta(hours=24)
WINDOW = timedelta(hours=48) + AWAY_FOR
MINUTE = timedelta(minutes=1)


async def bob_shares_two_notes(stage: Stage) -> None:
    """With Alice, who is away for a day soon."""
    db, now = stage.baton.db, stage.clock.now()
    alice, bob = stage.person("alice"), stage.person("bob")
    away = now + AWAY_FROM
    async with db.write(cast.WORKSPACE) as tx:
        team = await teams.find_by_name(tx, "Billing")
        assert team
        author = await people.get(tx, bob.id)
        absence = Absence(
            cast.WORKSPACE, "A1", alice.id, Kind.SICK, away, away + AWAY_FOR, made_by=alice.id
        )
        await absences.add(tx, absence)
    for key in ("first", "second"):
        draft = await keep(db, team_id=team.id, author_id=bob.id, agent_id=alice.id, written_at=now)
        await sharing.share(db, author, draft.id, version=draft.version, key=key, now=now)


async def test_a_minute_decides_and_whoever_is_silent_is_not_waited_for(stage: Stage) -> None:
    alice, ben, mara = (stage.person(name) for name in ("alice", "ben", "mara"))
    began = stage.clock.now()
    await bob_shares_two_notes(stage)
    await stage.slack.until(lambda: len(notes_for(alice)) == 2, saying="both notes")
    await stage.slack.clock.to(began + WINDOW - MINUTE)
    await a_minute_before_it_is_possible(alice)
    await a_minute_after_it_is_not(stage, alice)

    asked = await told(stage, mara, "you are asked to decide")
    await stage.slack.clock.forward(days=2, minutes=1)
    await told(stage, mara, "still waits for your decision")
    await mara.click(asked, READ)
    assert MINE in mara.modal.text
    await mara.modal.close()
    await stage.slack.clock.forward(days=3)
    await somebody_else_is_asked(stage, mara, ben)
    await told(
        stage,
        alice,
        f"Somebody else is asked to decide about a disputed coaching note: <@{ben.id}>",
    )
    await ben_withdraws_it(stage, ben)
    await alice.click(await told(stage, alice, "has decided about a coaching note"), READ)
    assert alice.modal.text.startswith("*This note is withdrawn:*")


def notes_for(alice: Actor) -> list[Message]:
    return [one for one in alice.dm if "has shared a coaching note with you" in one.words]


async def a_minute_before_it_is_possible(alice: Actor) -> None:
    await alice.click(notes_for(alice)[0], READ)
    await alice.click(alice.modal, DIFFERENTLY)
    assert (await alice.fill({"What do you see differently?": MINE}).submit()).ok
    assert DIFFERENTLY not in alice.modal.buttons
    await alice.modal.close()


async def a_minute_after_it_is_not(stage: Stage, alice: Actor) -> None:
    """The form that was opened in time comes too late, and says what is left; the note itself does not offer it any more."""
    second = notes_for(alice)[1]
    await alice.click(second, READ)
    await alice.click(alice.modal, DIFFERENTLY)
    await stage.slack.clock.forward(minutes=2)
    await alice.fill({"What do you see differently?": MINE}).submit()
    assert "The time to dispute this note is over" in alice.modal.text
    while alice.modals:
        await alice.modal.close()
    await alice.click(second, READ)
    assert DIFFERENTLY not in alice.modal.buttons
    assert "Comment" in alice.modal.buttons
    await alice.modal.close()


async def somebody_else_is_asked(stage: Stage, mara: Actor, ben: Actor) -> None:
    """Whoever was silent decides no more, and reads no more."""
    await told(stage, ben, "you are asked to decide")
    await told(stage, mara, "You need not decide any more")
    old = next(one for one in mara.dm if "you are asked to decide" in one.words)
    await mara.click(old, READ)
    await whispered(stage, mara, "not yours to read")
    assert mara.modals == []


async def ben_withdraws_it(stage: Stage, ben: Actor) -> None:
    await ben.click(await told(stage, ben, "you are asked to decide"), READ)
    await ben.click(ben.modal, "Decide")
    chosen: dict[str, object] = {"How do you decide?": "The note is withdrawn", "Why?": "She had."}
    assert (await ben.fill(chosen).submit()).ok
