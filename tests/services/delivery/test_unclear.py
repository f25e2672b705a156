"""Messages of which nobody knows whether they were said: looked for, found or not, and then never said twice."""

from datetime import timedelta

import pytest

from bot.rules.delivery import NO_LIMITS, Answer, Drawn
from bot.services import delivery
from storage.database import Database
from tests.cast import NOON, WORKSPACE
from tests.services.delivery.courier import Courier, card, note

LOST = Answer("no_answer")


async def lose(courier: Courier, *, stored: bool) -> None:
    """Send what waits, and lose the answers; `stored` says whether Slack had taken the messages."""
    jobs = (await courier.turn()).jobs
    assert jobs
    for job in jobs:
        for call in job.calls:
            if stored:
                courier.slack.store(call.payload, "77.0")
            courier.slack.answers.append(LOST)
        courier.reports.append(await delivery.perform(job, courier.slack, lambda: courier.now))
    await courier.deliver()


async def test_what_arrived_is_found_and_not_said_again(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"), note("two"))
    await lose(courier, stored=True)
    await courier.later(seconds=14)
    assert courier.slack.methods == ["chat.postMessage"]
    await courier.later(seconds=1)
    assert courier.slack.methods[1] == "conversations.history"
    assert float(courier.slack.calls[1][1]["oldest"]) == NOON.timestamp() - 60
    await courier.later(seconds=1)
    assert courier.slack.said == ["one", "two"]
    assert (await courier.row("one")).ts == "77.0"


async def test_what_did_not_arrive_is_looked_for_twice_and_then_said(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"), note("two"))
    await lose(courier, stored=False)
    await courier.later(seconds=15)
    await courier.later(seconds=4)
    assert courier.slack.methods == ["chat.postMessage", "conversations.history"]
    assert courier.slack.said == []
    await courier.later(seconds=1)
    assert courier.slack.methods[2:] == ["conversations.history", "chat.postMessage"]
    assert courier.slack.said == ["one"]
    await courier.later(seconds=1)
    assert courier.slack.said == ["one", "two"]


async def test_what_appears_late_is_found_by_the_second_look(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"))
    await lose(courier, stored=False)
    await courier.later(seconds=15)
    courier.slack.store(courier.slack.calls[0][1], "77.0")
    await courier.later(seconds=5)
    assert courier.slack.said == ["one"]
    assert (await courier.row("one")).state == "sent"


async def test_redraws_go_on_while_a_message_is_unclear(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card())
    await courier.deliver()
    courier.now += timedelta(seconds=1)
    await courier.say(note("one"))
    await lose(courier, stored=True)
    courier.looks["1"] = Drawn("claimed")
    await courier.say(card())
    await courier.later(seconds=1)
    assert courier.slack.methods[-1] == "chat.update"


async def test_a_found_card_is_redrawn_where_it_is(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card())
    await lose(courier, stored=True)
    courier.looks["1"] = Drawn("claimed")
    await courier.say(card())
    await courier.later(seconds=15)
    assert courier.slack.calls[-1] == (
        "chat.update",
        {"channel": "C1", "ts": "77.0", "text": "claimed", "blocks": []},
    )


async def test_a_reply_is_looked_for_in_its_thread(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card())
    await courier.deliver()
    courier.now += timedelta(seconds=1)
    await courier.say(note("reply", thread_of=card()))
    await lose(courier, stored=True)
    await courier.later(seconds=15)
    method, payload = courier.slack.calls[-1]
    assert (method, payload.get("ts")) == ("conversations.replies", "1.0")
    assert (await courier.row("reply")).state == "sent"


async def test_a_direct_message_is_looked_for_in_its_real_channel(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one", "U1"))
    [job] = (await courier.turn()).jobs
    courier.slack.store({**job.calls[0].payload, "channel": "D1"}, "77.0")
    courier.reports.append(delivery.lost(job))
    await courier.deliver()
    await courier.later(seconds=15)
    assert courier.slack.methods == ["conversations.open", "conversations.history"]
    assert (await courier.row("one")).state == "sent"


async def test_history_is_read_page_by_page(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"))
    await lose(courier, stored=False)
    marker = courier.slack.calls[0][1]["metadata"]
    first = {"messages": [], "response_metadata": {"next_cursor": "more"}}
    second = {"messages": [{"ts": "9.0", "metadata": marker}]}
    courier.slack.answers.extend([Answer(data=first), Answer(data=second)])

    async def call(method: str, payload: object, /) -> Answer:
        courier.slack.calls.append((method, dict(payload)))  # type: ignore[call-overload]
        return courier.slack.answers.popleft()

    courier.slack.call = call  # type: ignore[method-assign]
    await courier.later(seconds=15)
    assert courier.slack.calls[-1][1]["cursor"] == "more"
    assert (await courier.row("one")).ts == "9.0"


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "history_too_long"])
async def test_where_nobody_can_look_it_is_said_again_at_last(db: Database, error: str) -> None:
    """A message that is said twice does less harm than one that is never said."""
    courier = Courier(db)
    await courier.say(note("one"))
    await lose(courier, stored=False)
    courier.slack.answers.extend([Answer(error)] * 2)
    await courier.later(seconds=15)
    await courier.later(seconds=5)
    assert courier.slack.said == ["one"]


@pytest.mark.parametrize("error", ["http_500", "no_answer", "not_reached", "something_new"])
async def test_while_slack_is_unwell_nothing_is_sent_on_a_guess(db: Database, error: str) -> None:
    courier = Courier(db)
    await courier.say(note("one"))
    await lose(courier, stored=True)
    courier.slack.answers.extend([Answer(error)] * 20)
    for _ in range(20):
        await courier.later(seconds=10)
    assert courier.slack.methods.count("chat.postMessage") == 1
    courier.slack.answers.clear()
    await courier.later(seconds=10)
    assert (await courier.row("one")).state == "sent"


async def test_after_half_an_hour_of_it_the_message_is_sent_again(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"))
    await lose(courier, stored=False)
    courier.slack.answers.extend([Answer("http_500")] * 2)
    await courier.later(minutes=31)
    await courier.later(minutes=1)
    await courier.later(minutes=1)
    assert courier.slack.said == ["one"]


async def test_a_rate_limit_while_looking_only_delays_the_look(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"))
    await lose(courier, stored=True)
    courier.slack.answers.append(Answer("ratelimited", retry_after=10))
    await courier.later(seconds=15)
    assert (await courier.row("one")).state == "sending"
    await courier.later(seconds=11)
    assert (await courier.row("one")).state == "sent"


async def test_a_process_that_died_leaves_nothing_lost_and_nothing_said_twice(
    db: Database,
) -> None:
    """It died after the first of three messages had left; the next process finds out which."""
    dead = Courier(db, limits=NO_LIMITS)
    await dead.say(note("one"), note("two"), note("three"))
    [job] = (await dead.turn()).jobs
    dead.slack.store(job.calls[0].payload, "1.0")
    heir = Courier(db, slack=dead.slack, limits=NO_LIMITS, now=NOON + timedelta(seconds=29))
    await heir.deliver()
    assert heir.slack.calls == []
    await heir.later(seconds=1)
    await heir.later(seconds=5)
    await heir.later(seconds=1)
    assert heir.slack.said == ["one", "two", "three"]


async def test_who_lost_the_lease_changes_nothing_any_more(db: Database) -> None:
    slow = Courier(db)
    await slow.say(note("one"))
    await slow.round()
    heir = Courier(db, slack=slow.slack, now=NOON + timedelta(seconds=30))
    [job] = (await heir.turn()).jobs
    assert [row.marker for row in job.look_for]
    slow.now += timedelta(seconds=30)
    done = await slow.turn()
    assert (done.jobs, done.kept) == ([], [])
    assert (await slow.row("one")).state == "sending"
    heir.reports.append(await delivery.perform(job, heir.slack, lambda: heir.now))
    await heir.deliver()
    assert (await heir.row("one")).state == "sent"
    assert heir.slack.said == ["one"]


async def test_no_call_begins_late_in_a_lease(db: Database) -> None:
    courier = Courier(db, limits=NO_LIMITS)
    await courier.say(note("one"), note("two"))
    [job] = (await courier.turn()).jobs
    times = iter([NOON, NOON + timedelta(seconds=20)])
    report = await delivery.perform(job, courier.slack, lambda: next(times))
    assert [call.row.words for call in report.untried] == ["two"]
    courier.reports.append(report)
    await courier.later(seconds=1)
    assert courier.slack.said == ["one", "two"]
    assert (await courier.row("two")).attempts == 1


async def test_after_a_restore_nothing_is_sent_before_it_was_looked_for(db: Database) -> None:
    """The backup says that these wait. Since it was made, the first was said, and the second was not."""
    courier = Courier(db, limits=NO_LIMITS)
    await courier.say(note("said"), note("unsaid"), card("1", "C2"))
    said = await courier.row("said")
    courier.slack.store({"channel": "C1", "text": "said", "metadata": marked(said.marker)}, "5.0")
    courier.now += timedelta(hours=3)
    assert await delivery.hold_until_reconciled(db, WORKSPACE, now=courier.now) == 3
    await courier.deliver()
    assert "chat.postMessage" not in courier.slack.methods
    assert float(courier.slack.calls[0][1]["oldest"]) == NOON.timestamp() - 60
    await courier.later(seconds=5)
    await courier.later(seconds=5)
    assert sorted(courier.slack.said) == ["card 1", "said", "unsaid"]


async def test_after_a_restore_a_card_that_was_asked_for_twice_is_posted_once(
    db: Database,
) -> None:
    courier = Courier(db)
    await courier.say(card())
    await courier.turn()  # and the process is gone
    await courier.say(card())
    courier.now += timedelta(hours=3)
    await delivery.hold_until_reconciled(db, WORKSPACE, now=courier.now)
    for _ in range(3):
        await courier.later(seconds=5)
    assert courier.slack.said == ["card 1"]


def marked(marker: str) -> dict[str, object]:
    return {"event_type": "baton", "event_payload": {"k": marker}}
