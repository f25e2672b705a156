"""The scenes of the tour: people act as they would on the page, and each scene returns what was seen of it afterwards."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.demo_cast import DELIVERIES
from bot.demo_stops import end_of_shift
from bot.demo_tour import calls
from bot.demo_tour.day import ZONE, Day
from bot.views.coaching import ids as coaching_ids
from bot.views.escalations import ids
from bot.views.kudos import ids as kudos_ids
from bot.views.metrics import ids as metrics_ids
from sandbox.driver.people import Actor
from sandbox.driver.places import Message, Room

OUTAGE = "server_error"
WAYS_TO_SAY_AND_LOOK = (
    "chat.postMessage",
    "chat.update",
    "views.publish",
    "conversations.history",
    "conversations.open",
)

LOST: dict[str, object] = {
    "What is wrong, in one line?": "Marked as delivered, never arrived, and it is a wedding dress",
    "Ticket number or link": "KL-48301",
    "Customer": "Ms Ortega",
    "How urgent is it?": "high",
    "What is it about?": "delivery",
    "What was tried so far?": "Asked the courier for the photo. It shows another door.",
    "What do you need?": "decision",
}
STUCK: dict[str, object] = {
    "What is wrong, in one line?": "Pallet for the Boston shop stands in customs",
    "Ticket number or link": "KL-48305",
    "How urgent is it?": "normal",
    "What is it about?": "delivery",
    "What was tried so far?": "The broker wants a form that I do not know.",
    "What do you need?": "knowledge",
}
VERDICT: dict[str, object] = {
    "What was the cause?": "The courier rang at the neighbour's door.",
    "What was decided?": "goodwill",
    "Amount": "40",
    "Currency": "USD",
    "Could it have been solved without us?": "permission",
}

PRAISE: dict[str, object] = {
    "What kind of note?": "praise",
    "Situation": "The wedding dress of Ms Ortega",
    "Behaviour": "You saw on the photo that it was another door, and wrote down which one.",
    "Impact": "We rang at number 12, and the dress was there an hour later.",
    "Who may read it?": "The agent, once you share it",
}
THANKS = "for looking at the photo twice, when nobody else had looked at it once"


def name(person: Actor) -> str:
    return person.raw.real_name.partition(" ")[0]


def times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


async def fill(day: Day, person: Actor, answers: dict[str, object]) -> None:
    """Fill in the form on top, send it, and give Baton half a minute to say what follows."""
    result = await person.fill(answers).submit()
    if not result.ok:
        raise RuntimeError(f"{name(person)}'s form was refused: {result}")
    await day.clock.forward(seconds=30)


async def new_words(day: Day, room: Room, act: Awaitable[object]) -> list[Message]:
    """What is said in a conversation while something is done, and in the half minute after it."""
    known = {one.ts for one in room.everything}
    await act
    await day.clock.forward(seconds=30)
    return [one for one in room.everything if one.ts not in known]


# the scenes, in their order


async def morning(day: Day) -> str:
    await day.clock.forward(minutes=1)
    who = " and ".join(name(lead) for lead in day.leads)
    hello = day.quotes(day.room.messages)
    return (
        f"{day.clock.now().astimezone(ZONE):%A} morning in {DELIVERIES.city}. {who} lead {DELIVERIES.name}, "
        f"{name(day.priya)} answers the customers. In #{day.room.name} Baton has said, {hello}."
    )


async def numbers(day: Day) -> str:
    """A file becomes a digest: from here on it comes by itself every working day."""
    lead, team = day.leads[0], day.slack.channel(DELIVERIES.channel)
    file_id = await lead.uploads(calls.NAME, calls.export(day.clock.now().astimezone(ZONE).date()))
    read = await new_words(day, lead.dm_room, lead.says(lead.dm_room, "", files=(file_id,)))
    asked = day.quote(read[-1].text)
    await lead.click(read[-1], metrics_ids.IMPORT_START)
    await day.clock.forward(seconds=30)
    await lead.slash(metrics_ids.COMMAND, "digests")
    await lead.click(lead.modal, "New digest")
    at = day.clock.now().astimezone(ZONE) + timedelta(minutes=3)
    await fill(day, lead, {"Name": "The morning", "At, by the team's clock": f"{at:%H:%M}"})
    [digest] = await new_words(day, team, day.clock.forward(minutes=4))
    told = [day.quote(one) for one in digest.text.splitlines() if "%" in one or " s of " in one]
    return (
        f"{name(lead)} drops the telephone's file of yesterday in Baton's messages and reads {asked}. One press on Import, and "
        f"{day.quote(read[-1].text)}. He makes a digest of it for each working day; the first one comes to #{team.name} at "
        f"{day.hour(digest)}, {', '.join(told)}."
    )


async def escalation(day: Day) -> str:
    await day.clock.forward(minutes=20)
    await day.priya.slash(ids.COMMAND, channel=DELIVERIES.channel)
    title = day.priya.modal.title
    told = await new_words(day, day.priya.dm_room, fill(day, day.priya, LOST))
    day.look_for_cards()
    return (
        f"{name(day.priya)} types {ids.COMMAND} in #{DELIVERIES.channel} and fills in “{title}”. At {day.hour(day.card)} the leads "
        f"have a card in #{day.room.name}: {day.quote(day.card.text)}, with the buttons {', '.join(day.card.buttons)}. "
        f"She reads, {day.quotes(told)}."
    )


async def warning(day: Day) -> str:
    said = await new_words(day, day.room, day.clock.forward(minutes=24))
    return f"Nobody takes it. Before the time is over, Baton warns the leads under the card, {day.quotes(said)}."


async def breach(day: Day) -> str:
    said = await new_words(day, day.room, day.clock.forward(minutes=10))
    return f"Still nobody. When the time is over Baton says so to the leads and their manager, {day.quotes(said)}."


async def race(day: Day) -> str:
    clicks = asyncio.gather(*(lead.click(day.card, ids.CLAIM) for lead in day.leads))
    told = await new_words(day, day.priya.dm_room, clicks)
    owner = day.owner()
    lost = [
        f"{name(lead)} reads, seen by nobody else: {day.quote(lead.ephemerals[-1].text)}"
        for lead in day.leads
        if lead.id != owner.id and lead.ephemerals
    ]
    return (
        f"{' and '.join(map(name, day.leads))} press Claim in the same moment. {name(owner)} has it: {day.state()}. "
        f"{'; '.join(lost)}. {name(day.priya)} is told, {day.quotes(told)}."
    )


async def sent_back(day: Day) -> str:
    owner = day.owner()
    await day.clock.forward(minutes=5)
    await owner.click(day.card, ids.RETURN)
    why: dict[str, object] = {
        "Why does it go back?": "missing_information",
        "What should they know or add?": "Which door is on the photo?",
    }
    asked = await new_words(day, day.priya.dm_room, fill(day, owner, why))
    await day.clock.forward(minutes=6)
    await day.priya.click(asked[-1], ids.ADD_MISSING)
    more: dict[str, object] = {
        "What was tried so far?": "The courier's photo shows number 12; she lives at 21."
    }
    said = await new_words(day, day.room, fill(day, day.priya, more))
    return (
        f"{name(owner)} returns it with a question, and {name(day.priya)} reads, {day.quotes(asked)}. She adds what is "
        f"missing and it is with the leads again; under the card it says, {day.quotes(said)}."
    )


async def resolved(day: Day) -> str:
    lead = day.leads[0]
    await lead.click(day.card, ids.CLAIM)
    await day.clock.forward(minutes=12)
    await lead.click(day.card, ids.RESOLVE)
    told = await new_words(day, day.priya.dm_room, fill(day, lead, VERDICT))
    return f"{name(lead)} claims it and resolves it: {day.state()}. {name(day.priya)} reads, {day.quotes(told)}."


async def reopened(day: Day) -> str:
    await day.clock.forward(minutes=9)
    await day.priya.click(day.priya.dm[-1], ids.REOPEN)
    still: dict[str, object] = {"What is still open?": "She wants the dress, not the money."}
    said = await new_words(day, day.room, fill(day, day.priya, still))
    again = day.state()
    lead = day.leads[1]
    await lead.click(day.card, ids.CLAIM)
    await day.clock.forward(minutes=15)
    await lead.click(day.card, ids.RESOLVE)
    await fill(day, lead, VERDICT | {"What was the cause?": "Number 12 had it and brought it."})
    return (
        f"It is not solved yet, says {name(day.priya)}, and the same case is open again ({again}); under the card it says, "
        f"{day.quotes(said)}. {name(lead)} takes it and resolves it for good: {day.state()}."
    )


async def coached(day: Day) -> str:
    """What the note says is read by the two of them alone, so nothing of it is told here."""
    lead = day.leads[0]
    await lead.slash(coaching_ids.COMMAND, f"@{day.priya.name}")
    await fill(day, lead, PRAISE)
    told = await new_words(day, day.priya.dm_room, lead.click(lead.modal, coaching_ids.SHARE))
    await lead.modal.close()
    await day.priya.click(told[-1], "Read the note")
    answered = day.priya.click(day.priya.modal, coaching_ids.ACKNOWLEDGE)
    heard = await new_words(day, lead.dm_room, answered)
    await day.priya.modal.close()
    return (
        f"{name(lead)} writes a coaching note with {coaching_ids.COMMAND}, looks at it once more, and shares it. {name(day.priya)} "
        f"reads, {day.quotes(told)}; what it says is behind the button. She opens it and says that she has read it, and "
        f"{name(lead)} hears, {day.quotes(heard)}."
    )


async def thanked(day: Day) -> str:
    lead, team = day.leads[1], day.slack.channel(DELIVERIES.channel)
    await lead.slash(kudos_ids.COMMAND, f"@{day.priya.name} {THANKS}", channel=team)
    await day.clock.forward(seconds=5)
    said = await new_words(day, team, lead.click(lead.ephemerals[-1], "Customer first"))
    return (
        f"{name(lead)} thanks her with {kudos_ids.COMMAND} and chooses a value, and the team reads in #{team.name}, "
        f"{day.quotes(said)}. It can be taken back for ten minutes, and stands in the digest of the week."
    )


async def away(day: Day) -> str:
    await day.priya.slash(ids.COMMAND, channel=DELIVERIES.channel)
    faults = [day.slack.faults.start(OUTAGE, method) for method in WAYS_TO_SAY_AND_LOOK]
    since = day.time()
    silence = await new_words(day, day.room, fill(day, day.priya, STUCK))
    silence += await new_words(day, day.room, day.clock.forward(minutes=6))
    for fault in faults:
        day.slack.faults.stop(fault.id)
    back = day.time()
    told = await new_words(day, day.priya.dm_room, day.clock.forward(minutes=10))
    cards = day.look_for_cards()
    return (
        f"From {since} to {back} Slack does not take a word from Baton. {name(day.priya)} raises another case all the same. Baton "
        f"keeps it, tries {times(sum(one.struck for one in faults))}, and the leads see {day.quotes(silence)} of it. Then Slack is back: at {day.hour(day.card)} they "
        f"have the card {day.quote(day.card.text)}, {times(len(cards))}, and {name(day.priya)} reads, {day.quotes(told)}."
    )


async def restart(day: Day) -> str:
    await day.stop()
    stopped = day.time()
    answer = await day.priya.slash(ids.COMMAND, channel=DELIVERIES.channel)
    await day.clock.forward(minutes=76)
    started = day.time()
    late = await new_words(day, day.room, day.start())
    return (
        f"Baton is stopped at {stopped}. {name(day.priya)} types {ids.COMMAND} and reads “{answer.text}”. At {started} it is started "
        f"again, and says what it owes for the time in between, {day.quotes(late)}."
    )


async def evening(day: Day) -> str:
    end = end_of_shift(DELIVERIES, after=day.clock.now())
    said = await new_words(day, day.room, day.clock.to(end))
    lines = [
        line
        for one in day.slack.channel(DELIVERIES.channel).messages
        for line in one.text.splitlines()
    ]
    strip = next(line for line in lines if line.startswith("Numbers of"))
    return (
        f"The rest of the shift passes in a moment, and all that falls due happens in its order: until {day.time()} Baton has "
        f"said in #{day.room.name}, {day.quotes(said)}. The card says {day.state()}. In the "
        f"summary of the stand-up everybody reads {day.quote(strip)}."
    )


Scene = Callable[[Day], Awaitable[str]]
SCENES: tuple[Scene, ...] = (
    morning,
    numbers,
    escalation,
    warning,
    breach,
    race,
    sent_back,
    resolved,
    reopened,
    coached,
    thanked,
    away,
    restart,
    evening,
)
