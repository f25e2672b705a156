"""From a row to a message: notes once, cards from the newest state, threads, Home tabs, order."""

from datetime import timedelta

from sqlalchemy import select

from bot.rules.delivery import NO_LIMITS, Drawn
from storage.database import Database
from storage.outbox import Card, CardRow, Priority
from tests.cast import NOON, WORKSPACE
from tests.services.delivery.courier import Courier, card, note


async def test_a_note_is_posted_once_and_remembered(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("hello"))
    await courier.deliver()
    await courier.later(hours=1)
    assert courier.slack.methods == ["chat.postMessage"]
    row = await courier.row("hello")
    assert (row.state, row.ts, row.sent_at, row.attempts) == ("sent", "1.0", NOON, 1)


async def test_the_same_key_again_is_the_same_message(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("hello"), note("hello"))
    await courier.deliver()
    await courier.say(note("hello", "C2"))
    await courier.later(seconds=5)
    assert courier.slack.said == ["hello"]


async def test_a_lane_keeps_the_order_of_the_commits(db: Database) -> None:
    courier = Courier(db, limits=NO_LIMITS)
    await courier.say(*[note(f"{n:02}", f"C{n % 3}") for n in range(30)])
    await courier.say(*[note(f"{n:02}", f"C{n % 3}") for n in range(30, 60)])
    await courier.deliver()
    for channel in range(3):
        here = [m["text"] for m in courier.slack.stored if m["channel"] == f"C{channel}"]
        assert here == [f"{n:02}" for n in range(60) if n % 3 == channel]


async def test_messages_of_a_channel_are_a_second_apart_and_those_of_others_do_not_wait(
    db: Database,
) -> None:
    courier = Courier(db)
    await courier.say(note("one"), note("two"), note("three"), note("other", "C2"))
    await courier.deliver()
    assert sorted(courier.slack.said) == ["one", "other"]
    await courier.later(seconds=0.9)
    assert len(courier.slack.said) == 2
    await courier.later(seconds=0.1)
    assert courier.slack.said[2:] == ["two"]
    await courier.later(seconds=1)
    assert courier.slack.said[3:] == ["three"]


async def test_a_turn_says_when_to_come_back(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"), note("two"))
    await courier.round()
    assert (await courier.turn()).wake_at == NOON + timedelta(seconds=1)


async def test_a_card_is_posted_and_then_redrawn_where_it_is(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card())
    await courier.deliver()
    courier.looks["1"] = Drawn("claimed")
    await courier.say(card())
    await courier.deliver()
    assert courier.slack.methods == ["chat.postMessage", "chat.update"]
    assert courier.slack.calls[1][1]["ts"] == "1.0"
    assert courier.slack.calls[1][1]["text"] == "claimed"


async def test_a_card_that_waits_is_drawn_once_from_the_newest_state(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card())
    await courier.say(card())
    courier.looks["1"] = Drawn("newest")
    await courier.deliver()
    assert courier.slack.said == ["newest"]


async def test_a_change_while_its_card_is_on_its_way_draws_it_again(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card())
    await courier.round()
    courier.looks["1"] = Drawn("claimed")
    await courier.say(card())
    await courier.deliver()
    assert courier.slack.methods == ["chat.postMessage", "chat.update"]


async def test_the_same_drawing_is_not_sent_again(db: Database) -> None:
    courier = Courier(db)
    for _ in range(3):
        await courier.say(card(), Card("home", "home", "U1"))
        await courier.later(seconds=5)
    assert sorted(courier.slack.methods) == ["chat.postMessage", "views.publish"]


async def test_a_redraw_does_not_wait_for_the_spacing_of_messages(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card())
    await courier.deliver()
    courier.looks["1"] = Drawn("claimed")
    await courier.say(note("one"), note("two"), card())
    await courier.deliver()
    assert courier.slack.methods == ["chat.postMessage", "chat.update"]


async def test_a_card_with_nothing_to_show_is_not_drawn(db: Database) -> None:
    courier = Courier(db, looks={"1": None})
    await courier.say(card())
    await courier.deliver()
    assert (courier.slack.calls, await courier.states()) == ([], {"1": "superseded"})


async def test_a_home_tab_is_published_and_no_message_waits_for_it(db: Database) -> None:
    view = {"type": "home", "blocks": []}
    courier = Courier(db, looks={"mine": Drawn(view=view)})
    await courier.say(note("hello", "U1"), Card("home", "mine", "U1"))
    await courier.deliver()
    assert ("views.publish", {"user_id": "U1", "view": view}) in courier.slack.calls
    assert await courier.states() == {"hello": "sent", "mine": "sent"}


async def test_a_reply_goes_into_the_thread_of_its_card(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card(), note("reply", thread_of=card()))
    await courier.deliver()
    await courier.later(seconds=1)
    assert courier.slack.said == ["card 1", "reply"]
    assert courier.slack.calls[1][1]["thread_ts"] == "1.0"


async def test_a_reply_in_a_direct_message_uses_its_real_channel(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card(channel="U1"))
    await courier.deliver()
    async with db.write(WORKSPACE) as tx:
        (await tx.scalars(select(CardRow))).one().posted_in = "D1"
    await courier.say(note("reply", "U1", thread_of=card(channel="U1")))
    await courier.later(seconds=1)
    assert courier.slack.calls[1][1]["channel"] == "D1"


async def test_what_is_urgent_goes_first(db: Database) -> None:
    courier = Courier(db, limits=NO_LIMITS)
    await courier.say(note("digest", "C1", priority=Priority.DIGEST))
    await courier.say(note("kudos", "C2", priority=Priority.RECOGNITION))
    await courier.say(note("breach", "C3", priority=Priority.BREACH))
    for _ in range(4):
        await courier.round(lanes=1)
    assert courier.slack.said == ["breach", "kudos", "digest"]


async def test_of_equally_urgent_lanes_the_one_that_waited_longest_goes_first(
    db: Database,
) -> None:
    courier = Courier(db)
    for channel in ("C3", "C1", "C2"):
        await courier.say(note(channel, channel))
        courier.now += timedelta(seconds=1)
    for _ in range(4):
        await courier.round(lanes=1)
    assert courier.slack.said == ["C3", "C1", "C2"]


async def test_who_has_the_least_time_left_is_asked_first(db: Database) -> None:
    courier = Courier(db, limits=NO_LIMITS)
    for name, minutes in {"U1": 30, "U2": 10, "U3": 20}.items():
        until = NOON + timedelta(minutes=minutes)
        await courier.say(Card("ask", name, name, Priority.STANDUP, urgent_by=until))
    courier.cards["ask"] = courier.draw
    for _ in range(4):
        await courier.round(lanes=1)
    assert courier.slack.said == ["card U2", "card U3", "card U1"]


async def test_what_need_not_be_there_by_a_moment_still_has_its_turn(db: Database) -> None:
    courier = Courier(db, limits=NO_LIMITS)
    soon = NOON + timedelta(minutes=1)
    await courier.say(note("in a minute", "U1", priority=Priority.STANDUP, urgent_by=soon))
    await courier.say(note("whenever", "U2", priority=Priority.STANDUP))
    for _ in range(3):
        await courier.round(lanes=1)
    assert courier.slack.said == ["whenever", "in a minute"]


async def test_an_escalation_goes_ahead_of_three_hundred_who_are_asked(db: Database) -> None:
    courier = Courier(db)
    until = NOON + timedelta(seconds=1)
    asked = [f"U{n:03}" for n in range(300)]
    await courier.say(
        *[note(who, who, priority=Priority.STANDUP, urgent_by=until) for who in asked]
    )
    for _ in range(9):  # until the bucket has only its reserve, and longer
        await courier.round()
    already = len(courier.slack.said)
    assert 0 < already < 100, "it was to wait"
    await courier.say(note("escalation", "C1", priority=Priority.ESCALATION))
    await courier.say(note("to one who is asked too", "U299", priority=Priority.ESCALATION))
    await courier.round()
    assert courier.slack.said[already:][:1] == ["escalation"]


async def test_to_be_asked_does_not_hold_up_what_else_is_said_to_one(db: Database) -> None:
    courier = Courier(db, limits=NO_LIMITS)
    later = NOON + timedelta(hours=1)
    await courier.say(note("ask", "U1", priority=Priority.STANDUP, urgent_by=later))
    await courier.say(note("urgent", "U1"))
    courier.now += timedelta(seconds=1)
    await courier.say(note("younger", "C1"))
    await courier.round(lanes=1)
    await courier.round(lanes=1)
    assert courier.slack.said == ["ask", "urgent", "younger"]


async def test_a_note_for_later_does_not_hold_up_its_lane(db: Database) -> None:
    courier = Courier(db)
    tomorrow = NOON + timedelta(days=1)
    await courier.say(note("later", not_before=tomorrow), note("now"))
    await courier.deliver()
    assert courier.slack.said == ["now"]
    await courier.later(days=1)
    assert courier.slack.said == ["now", "later"]


async def test_what_comes_too_late_is_not_said(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("prompt", expires_at=NOON + timedelta(hours=6)), note("next"))
    await courier.later(hours=6)
    assert courier.slack.said == ["next"]
    assert await courier.states() == {"prompt": "expired", "next": "sent"}
