"""A story of two who see it differently: shared, read, disputed, decided by somebody else, added to, settled and closed."""

from bot.rules.coaching import CommitmentState
from bot.services.coaching import sharing
from sandbox.driver.people import Actor
from storage import people, teams
from tests import cast
from tests.notes import BODY, keep, promise
from tests.scenarios.escalating import told
from tests.scenarios.stage import Stage

MINE = "I had asked the customer first"
DECIDED = "The first minute of the call is missing in the note"
ADDED = "Alice had asked first; I had not heard that"
SAID = (*BODY.parts.values(), MINE, DECIDED, ADDED, "Say back what the customer wants")


async def bob_shares(stage: Stage) -> None:
    """A note about Alice with something that she promises."""
    db, now = stage.baton.db, stage.clock.now()
    alice, bob = stage.person("alice"), stage.person("bob")
    async with db.read(cast.WORKSPACE) as tx:
        team = await teams.find_by_name(tx, "Billing")
        assert team
        author = await people.get(tx, bob.id)
    draft = await keep(db, team_id=team.id, author_id=bob.id, agent_id=alice.id, written_at=now)
    await promise(db, draft, state=CommitmentState.PLANNED, now=now)
    await sharing.share(db, author, draft.id, version=draft.version, key="share", now=now)


async def test_who_sees_it_differently_is_heard_by_somebody_else(stage: Stage) -> None:
    alice, bob, mara = (stage.person(name) for name in ("alice", "bob", "mara"))
    await bob_shares(stage)
    await alice_reads_and_disputes(stage, alice, mara)
    await mara_decides(stage, mara)
    await bob_adds_and_closes(stage, bob)
    await alice.click(await told(stage, alice, "has closed a coaching note"), "Read the note")
    for words in (ADDED, DECIDED, MINE, "Closed"):
        assert words in alice.modal.text
    assert alice.modal.buttons == []
    await nothing_of_it_was_said_anywhere(stage)


async def alice_reads_and_disputes(stage: Stage, alice: Actor, mara: Actor) -> None:
    heard = await told(stage, alice, "has shared a coaching note with you")
    await alice.click(heard, "Read the note")
    for words in BODY.parts.values():
        assert words in alice.modal.text
    await alice.click(alice.modal, "I have read it")
    assert "I have read it" not in alice.modal.buttons
    await alice.click(alice.modal, "I see it differently")
    assert "This person will read the note" in alice.modal.text
    assert mara.name in str(alice.modal.blocks).replace(mara.id, "")
    assert not (await alice.fill({"What do you see differently?": " "}).submit()).ok
    assert "What do you see differently?" in alice.modal.errors
    assert (await alice.fill({"What do you see differently?": MINE}).submit()).ok
    assert f"<@{mara.id}>, who decides the dispute" in alice.modal.text
    assert "I see it differently" not in alice.modal.buttons


async def mara_decides(stage: Stage, mara: Actor) -> None:
    """From her inbox, which the message only points to."""
    await told(stage, mara, "you are asked to decide")
    await mara.slash("/coach")
    assert "For you to decide" in mara.modal.text
    await mara.click(mara.modal, "Read the note")
    assert MINE in mara.modal.text
    await mara.click(mara.modal, "Decide")
    assert MINE in mara.modal.text
    chosen: dict[str, object] = {
        "How do you decide?": "The author adds what was missing",
        "Why?": DECIDED,
    }
    assert (await mara.fill(chosen).submit()).ok
    assert mara.modal.buttons == []
    await mara.modal.close()
    assert "For you to decide" not in mara.modal.text


async def bob_adds_and_closes(stage: Stage, bob: Actor) -> None:
    """He finds it by searching from his inbox, where Slack allows no third form on top: it comes in the note's place."""
    heard = await told(stage, bob, "asks you to add to it")
    await bob.slash("/coach")
    await bob.click(bob.modal, "Search")
    assert (await bob.modal.submit()).ok
    await bob.click(bob.modal, "Read the note")
    await bob.click(bob.modal, "Comment")
    assert (await bob.fill({"Your comment": "I will listen to the call again"}).submit()).ok
    assert "I will listen to the call again" in bob.modal.text

    await bob.click(heard, "Read the note")
    assert "The decision asks you to add" in bob.modal.text
    await bob.click(bob.modal, "Add to the note")
    assert (await bob.fill({"What was missing, or is different?": ADDED}).submit()).ok
    assert "The decision asks you to add" not in bob.modal.text
    await bob.click(bob.modal, "Close the note")
    assert "still open" in bob.modal.text
    await bob.click(bob.modal, "Done")
    assert "All of it is settled" in bob.modal.text
    await bob.modal.close()
    await bob.click(bob.modal, "Close the note")
    assert bob.modal.buttons == []


async def nothing_of_it_was_said_anywhere(stage: Stage) -> None:
    """Neither in a message of anybody, nor in a channel."""
    rooms = [stage.channel(name) for name in ("billing", "billing-leads", "general")]
    rooms += [stage.person(name).dm_room for name in ("alice", "bob", "ben", "mara", "ada")]
    everything = "\n".join(str(message.raw) for room in rooms for message in room.messages)
    assert "coaching note" in everything
    assert [words for words in SAID if words in everything] == []
