"""Files that Slack has already: shown once in their place among the messages, looked for by their id when that is unclear."""

from datetime import timedelta

from bot.rules.delivery import Answer
from bot.services import delivery
from storage.database import Database
from storage.outbox import File
from tests.services.delivery.courier import Courier, note
from tests.services.delivery.test_crashes import LIFE, Died, Mortal

SHARE = "files.completeUploadExternal"
FILE = File("export:x:1", "U1", "D1", "F1", "march.xlsx", "12 escalations.")


def shown(courier: Courier, ts: str = "77.0") -> None:
    """It is in the conversation, as Slack shows it."""
    courier.slack.stored.append({"channel": "D1", "ts": ts, "files": [{"id": "F1"}]})


async def test_it_is_shown_with_its_words(db: Database) -> None:
    courier = Courier(db)
    await courier.say(FILE)
    await courier.deliver()
    assert courier.slack.calls == [
        (
            SHARE,
            {
                "files": [{"id": "F1", "title": "march.xlsx"}],
                "channel_id": "D1",
                "initial_comment": "12 escalations.",
            },
        )
    ]
    assert (await courier.row("export:x:1")).state == "sent"


async def test_it_keeps_its_place_among_the_messages_of_its_reader(db: Database) -> None:
    """One a second, whatever makes them."""
    courier = Courier(db)
    await courier.say(note("one", "U1"), FILE, note("two", "U1"))
    await courier.deliver()
    assert courier.slack.methods == ["chat.postMessage"]
    await courier.later(seconds=1)
    assert courier.slack.methods == ["chat.postMessage", SHARE]
    await courier.later(seconds=1)
    assert courier.slack.methods == ["chat.postMessage", SHARE, "chat.postMessage"]


async def test_the_same_file_twice_is_shown_once(db: Database) -> None:
    courier = Courier(db)
    await courier.say(FILE, FILE)
    await courier.later(seconds=5)
    assert courier.slack.methods == [SHARE]


async def test_what_was_shown_without_our_knowing_is_found_by_its_id(db: Database) -> None:
    courier = Courier(db)
    await courier.say(FILE)
    [job] = (await courier.turn()).jobs
    shown(courier)
    courier.reports.append(delivery.lost(job))
    await courier.deliver()
    await courier.later(seconds=15)
    assert courier.slack.methods == ["conversations.history"]
    row = await courier.row("export:x:1")
    assert (row.state, row.ts) == ("sent", "77.0")


async def test_what_was_not_shown_is_looked_for_twice_and_then_shown(db: Database) -> None:
    courier = Courier(db)
    await courier.say(FILE)
    courier.slack.answers.append(Answer("no_answer"))
    await courier.deliver()
    await courier.later(seconds=15)
    await courier.later(seconds=5)
    looks = ["conversations.history"] * 2
    assert courier.slack.methods == [SHARE, *looks, SHARE]
    assert (await courier.row("export:x:1")).state == "sent"


async def test_nothing_overtakes_one_that_is_unclear(db: Database) -> None:
    courier = Courier(db)
    await courier.say(FILE, note("after", "U1"))
    courier.slack.answers.append(Answer("http_500"))
    await courier.deliver()
    await courier.later(seconds=14)
    assert courier.slack.methods == [SHARE]
    shown(courier)
    await courier.later(seconds=1)
    await courier.later(seconds=1)
    assert courier.slack.said == ["after"]


async def test_one_that_slack_has_lost_dies_and_the_others_go_on(db: Database) -> None:
    courier = Courier(db)
    await courier.say(FILE, note("after", "U1"))
    courier.slack.answers.append(Answer("file_not_found"))
    await courier.deliver()
    await courier.later(seconds=1)
    assert await courier.states() == {"export:x:1": "dead", "after": "sent"}


async def test_after_a_restore_it_is_looked_for_before_it_is_shown(db: Database) -> None:
    courier = Courier(db)
    await courier.say(FILE)
    await delivery.hold_until_reconciled(db, courier.workspace_id, now=courier.now)
    shown(courier)
    await courier.deliver()
    assert courier.slack.methods == ["conversations.history"]
    assert (await courier.row("export:x:1")).state == "sent"


async def test_whoever_dies_at_whichever_step_it_is_shown_once_and_in_its_place(
    db: Database,
) -> None:
    slack, deaths, now = Mortal(), 0, Courier(db).now
    for step in range(40):
        slack.steps_left = step
        courier = Courier(db, slack=slack, now=now)
        there = f"D{step}"  # this Slack keeps no other name for a conversation
        file = File(f"f{step}", there, there, f"F{step}", "x", "x")
        await courier.say(note(f"{step} 1", there), file, note(f"{step} 2", there))
        try:
            for _ in range(6):
                await courier.turn_and(slack.step)
                courier.now += timedelta(seconds=1)
        except Died:
            deaths += 1
        survived, slack.steps_left = slack.steps_left >= 0, 10**9
        heir = Courier(db, slack=slack, now=courier.now + LIFE)
        for _ in range(6):
            await heir.later(seconds=6)
        now = heir.now
        shown = [m.get("text") or m["files"][0]["id"] for m in slack.stored]
        assert shown[-3:] == [f"{step} 1", f"F{step}", f"{step} 2"]
        assert len(shown) == 3 * (step + 1)
        if survived:
            break
    assert deaths >= 6
