"""A story of a lead who does not lead any more: the agent hears of it once, keeps what is theirs, and sees who has looked."""

from tests.scenarios.escalating import told
from tests.scenarios.stage import Stage, choose_for
from tests.scenarios.test_coaching_disputes import bob_shares


async def test_a_lead_is_taken_out_of_the_team_and_the_agent_keeps_the_note(stage: Stage) -> None:
    alice, bob, mara = (stage.person(name) for name in ("alice", "bob", "mara"))
    await bob_shares(stage)
    heard = await told(stage, alice, "has shared a coaching note with you")

    await mara.slash("/baton")
    await choose_for(mara, "Edit")
    assert (await mara.fill({"Leads": ["ben"]}).submit()).ok
    last = await told(stage, alice, "does not coach you any more")
    assert f"<@{bob.id}>" in last.words
    assert last.buttons == []

    await alice.click(heard, "Read the note")
    assert f"<@{bob.id}> does not coach <@{alice.id}> any more" in alice.modal.text
    await alice.modal.close()
    await bob.slash("/coach", "search")
    await bob.modal.submit()
    await bob.click(bob.modal, "Read the note")
    assert not {"Add to the note", "Comment", "Close the note"} & set(bob.modal.buttons)
    await alice.slash("/baton", "my-data")
    assert f"<@{bob.id}> read it" in alice.modal.text
    await alice.click(alice.modal, "Read the note")
    assert "Coaching note" in alice.modal.title
