"""How a case is raised in a story, and how people come to read about it."""

from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from tests.scenarios.stage import Stage

SUMMARY = "What is wrong, in one line?"
TICKET = "Ticket number or link"
NEED = "What do you need?"
ANSWERS: dict[str, object] = {
    SUMMARY: "Refund not received",
    TICKET: "48213",
    "Customer": "Jo Doe",
    "How urgent is it?": "High · an owner within 30 minutes",
    "What is it about?": "Billing and payment",
    "What was tried so far?": "Looked at the payment log",
    NEED: "A decision",
}


async def raise_case(stage: Stage, **more: object) -> Message:
    """Alice escalates; the card, once it is there."""
    alice = stage.person("alice")
    await alice.slash("/escalate", channel="billing")
    result = await alice.fill(ANSWERS | more).submit()
    assert result.ok, result
    return await stage.channel("billing-leads").wait_for(text=str((ANSWERS | more)[SUMMARY]))


async def shows(stage: Stage, message: Message, words: str) -> None:
    await stage.slack.until(lambda: words in message.words, saying=f"“{words}” on the card")


async def told(stage: Stage, person: Actor, words: str) -> Message:
    return await person.dm_room.wait_for(text=words)


async def whispered(stage: Stage, person: Actor, words: str) -> None:
    await stage.slack.until(
        lambda: any(words in one.words for one in person.ephemerals), saying=f"“{words}” privately"
    )
