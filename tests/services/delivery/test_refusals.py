"""What Slack refuses: for now, for ever, for everybody, or because the message is gone."""

from datetime import timedelta

import pytest

from bot.rules.delivery import NO_LIMITS, Answer, Drawn
from bot.services import delivery
from bot.services.delivery import DeadLetter
from storage import outbox
from storage.database import Database, Tx
from storage.outbox import Card, Priority, State
from tests.cast import NOON, WORKSPACE
from tests.services.delivery.courier import Courier, card, note, raising

LIMITED = Answer("ratelimited", retry_after=30)


async def test_a_rate_limit_is_waited_out_and_costs_no_try(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"))
    courier.slack.answers.append(LIMITED)
    await courier.deliver()
    await courier.later(seconds=29)
    assert len(courier.slack.calls) == 1
    await courier.later(seconds=3)
    assert courier.slack.said == ["one"]
    assert (await courier.row("one")).attempts == 1


async def test_a_rate_limit_holds_up_its_lane_and_no_other(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"), note("two"))
    courier.slack.answers.append(LIMITED)
    await courier.deliver()
    await courier.say(note("other", "C2"))
    await courier.deliver()
    assert courier.slack.said == ["other"]


async def test_a_rate_limit_in_two_lanes_holds_up_the_method_everywhere(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card("0", "C9"))
    await courier.deliver()
    await courier.say(note("one", "C1"), note("two", "C2"))
    courier.slack.answers.extend([LIMITED, LIMITED])
    await courier.deliver()
    courier.looks["0"] = Drawn("changed")
    await courier.say(note("three", "C3"), card("0", "C9"))
    await courier.deliver()
    assert courier.slack.methods[-1] == "chat.update"
    assert courier.slack.said[-1] == "changed"
    await courier.later(seconds=40)
    assert set(courier.slack.said) >= {"one", "two", "three"}


async def test_the_workspace_budget_keeps_a_reserve_for_what_is_urgent(db: Database) -> None:
    limits = delivery.Limits(
        per_minute={"chat.postMessage": 30}, burst_seconds=20
    )  # a bucket of 10
    courier = Courier(db, limits=limits)
    await courier.say(*[note(f"d{n}", f"C{n}", priority=Priority.DIGEST) for n in range(10)])
    await courier.deliver()
    assert len(courier.slack.said) == 7
    await courier.say(*[note(f"b{n}", f"D{n}", priority=Priority.BREACH) for n in range(4)])
    await courier.deliver()
    assert len(courier.slack.said) == 10
    for _ in range(20):
        await courier.later(seconds=2)
    assert len(courier.slack.said) == 14


async def test_redraws_over_their_limit_are_in_nobodys_way(db: Database) -> None:
    """A hundred people have answered and one is to be asked: Slack takes forty redraws a minute, and the question at once."""
    courier = Courier(db)
    answered = [card(f"a{n}", f"U{n:03}", priority=Priority.STANDUP) for n in range(100)]
    await courier.say(*answered)
    for _ in range(60):
        await courier.later(seconds=1)
    courier.looks |= {one.subject: Drawn("answered") for one in answered}
    await courier.say(*answered)
    await courier.deliver()
    assert courier.slack.methods.count("chat.update") < 20
    later = courier.now + timedelta(minutes=9)
    await courier.say(note("ask", "U999", priority=Priority.STANDUP, urgent_by=later))
    await courier.deliver()
    assert courier.slack.said[-1] == "ask"


async def test_even_urgent_redraws_over_their_limit_are_in_nobodys_way(db: Database) -> None:
    courier = Courier(db)
    cases = [card(f"c{n}", f"C{n:03}", priority=Priority.ESCALATION) for n in range(60)]
    await courier.say(*cases)
    for _ in range(60):
        await courier.later(seconds=1)
    courier.looks |= {one.subject: Drawn("changed") for one in cases}
    await courier.say(*cases)
    await courier.deliver()
    await courier.say(note("digest", "C999", priority=Priority.DIGEST))
    await courier.deliver()
    assert courier.slack.methods.count("chat.update") < 20
    assert courier.slack.said[-1] == "digest"


async def test_when_everything_is_full_there_is_a_moment_to_come_back(db: Database) -> None:
    courier = Courier(db)
    await courier.say(*[note(f"n{n}", f"C{n}", priority=Priority.DIGEST) for n in range(300)])
    await courier.deliver()
    said = len(courier.slack.said)
    turn = await courier.turn()
    assert turn.wake_at == courier.now + timedelta(seconds=0.5)
    assert await delivery.next_due(db, after=courier.now) == turn.wake_at
    await courier.later(seconds=0.5)
    assert len(courier.slack.said) > said


async def test_what_may_pass_is_tried_again_later_and_later(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"), note("two"))
    courier.slack.answers.extend([Answer("something_new")] * 3)
    await courier.deliver()
    tried = []
    for second in range(20):
        before = len(courier.slack.calls)
        await courier.later(seconds=1)
        if len(courier.slack.calls) > before:
            tried.append(second + 1)
    assert courier.slack.said == ["one", "two"]
    assert len(tried) == 4
    assert tried[0] <= 2
    assert 2 <= tried[1] - tried[0] <= 3
    assert 3 <= tried[2] - tried[1] <= 6


async def test_after_twelve_tries_it_is_dead_and_the_lane_goes_on(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"), note("two"))
    courier.slack.answers.extend([Answer("something_new")] * 12)
    for _ in range(14):
        await courier.later(minutes=10)
    assert courier.slack.said == ["two"]
    assert await courier.states() == {"one": "dead", "two": "sent"}
    assert (await courier.row("one")).attempts == 12


async def test_what_will_never_be_accepted_is_dead_at_once_and_the_lane_goes_on(
    db: Database,
) -> None:
    courier = Courier(db)
    await courier.say(note("one"), note("two"))
    courier.slack.answers.append(Answer("invalid_blocks"))
    await courier.deliver()
    assert courier.slack.said == ["two"]
    assert (await courier.row("one")).last_error == "invalid_blocks"


async def test_a_reply_to_a_dead_card_dies_with_it(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card(), note("reply", thread_of=card()), note("other"))
    courier.slack.answers.append(Answer("channel_not_found"))
    await courier.deliver()
    assert await courier.states() == {"1": "dead", "reply": "dead", "other": "sent"}
    assert (await courier.row("reply")).last_error == "its_card_was_never_posted"


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_refused_token_pauses_the_workspace_and_kills_nothing(
    db: Database, error: str
) -> None:
    courier = Courier(db)
    await courier.say(note("one"), note("other", "C2"))
    courier.slack.answers.extend([Answer(error)] * 2)
    await courier.deliver()
    tried = len(courier.slack.calls)
    await courier.later(minutes=4)
    assert len(courier.slack.calls) == tried
    assert await courier.states() == {"one": "pending", "other": "pending"}
    await courier.later(minutes=1)
    assert sorted(courier.slack.said) == ["one", "other"]


async def test_a_new_token_opens_the_workspace_at_once(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"))
    courier.slack.answers.append(Answer("no_token"))
    await courier.deliver()
    await delivery.reopen(db, WORKSPACE)
    await courier.deliver()
    assert courier.slack.said == ["one"]


async def test_a_card_that_somebody_deleted_is_posted_anew(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card())
    await courier.deliver()
    courier.looks["1"] = Drawn("claimed")
    await courier.say(card())
    courier.slack.answers.append(Answer("message_not_found"))
    await courier.later(seconds=1)
    assert courier.slack.methods == ["chat.postMessage", "chat.update", "chat.postMessage"]
    courier.looks["1"] = Drawn("resolved")
    await courier.say(card())
    await courier.later(seconds=1)
    assert courier.slack.calls[-1][1]["ts"] == "3.0"


async def test_a_redraw_that_fails_does_not_hold_up_its_lane(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card("1"))
    await courier.deliver()
    courier.looks["1"] = Drawn("claimed")
    await courier.say(card("1"), note("next"))
    courier.slack.answers.append(Answer("no_answer"))
    await courier.later(seconds=1)
    await courier.later(seconds=5)
    assert courier.slack.methods == [
        "chat.postMessage",
        "chat.update",
        "chat.postMessage",
        "chat.update",
    ]


async def test_a_redraw_that_failed_gives_way_to_a_newer_one(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card())
    await courier.deliver()
    courier.looks["1"] = Drawn("claimed")
    await courier.say(card())
    done = await courier.turn()
    await courier.say(card())  # while the other is on its way
    courier.slack.answers.append(Answer("no_answer"))
    for job in done.jobs:
        courier.reports.append(await delivery.perform(job, courier.slack, lambda: courier.now))
    await courier.later(seconds=10)
    assert courier.slack.methods == ["chat.postMessage", "chat.update", "chat.update"]


async def test_a_card_that_cannot_be_drawn_waits_by_itself(
    db: Database,
) -> None:
    courier = Courier(db, cards={"escalation": raising(ZeroDivisionError())})
    await courier.say(card(), note("reply", thread_of=card()), note("next"))
    await courier.deliver()
    assert courier.slack.said == ["next"]
    courier.cards = {}
    for _ in range(3):
        await courier.later(seconds=10)
    assert courier.slack.said == ["next", "card 1", "reply"]


async def test_a_card_that_can_never_be_drawn_dies(db: Database) -> None:
    courier = Courier(db, cards={"escalation": raising(ZeroDivisionError())})
    await courier.say(card(), Card("unknown", "2", "C1"))
    for _ in range(14):
        await courier.later(minutes=10)
    assert await courier.states() == {"1": "dead", "2": "dead"}
    letters = await delivery.dead_letters(db, WORKSPACE)
    assert {letter.reason for letter in letters} == {
        "drawing_ZeroDivisionError",
        "drawing_KeyError",
    }


async def test_somebody_is_told_once_of_each_urgent_thing_that_died(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("urgent"), note("digest", "C2", priority=Priority.DIGEST))
    courier.slack.answers.extend([Answer("is_archived")] * 2)
    await courier.deliver()

    async def tell(tx: Tx, letter: DeadLetter) -> None:
        told = note(f"told {letter.about}", "U0ADA", priority=Priority.STANDUP)
        await outbox.say(tx, told, now=NOON)

    assert await delivery.tell_of_dead(db, WORKSPACE, tell) == 1
    assert await delivery.tell_of_dead(db, WORKSPACE, tell) == 0
    await courier.later(seconds=1)
    assert courier.slack.said == ["told urgent"]


async def test_dead_letters_and_what_waits_can_be_counted(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("dead"), note("waits", "C2", not_before=NOON + timedelta(days=1)))
    courier.slack.answers.append(Answer("is_archived"))
    await courier.deliver()
    assert await delivery.waiting(db, WORKSPACE) == {State.DEAD: 1, State.PENDING: 1}
    [letter] = await delivery.dead_letters(db, WORKSPACE)
    assert (letter.about, letter.channel, letter.reason) == ("dead", "C1", "is_archived")


async def test_another_workspace_is_neither_seen_nor_counted(db: Database) -> None:
    courier = Courier(db, limits=NO_LIMITS)
    await courier.say(note("mine"))
    other = Courier(db, workspace_id="T0OTHER")
    assert (await other.turn()).jobs == []
    assert await delivery.waiting(db, "T0OTHER") == {}
    assert await delivery.workspaces_waiting(db, now=NOON) == [WORKSPACE]
