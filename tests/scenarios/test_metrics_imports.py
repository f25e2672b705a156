"""The story of numbers that come as a file: dropped, looked at, corrected, imported, reported on, taken back."""

from io import BytesIO

from openpyxl import load_workbook

from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from tests.scenarios.escalating import shows, told
from tests.scenarios.stage import Stage

CALLS = """Call Id;Agent;Date;Time;Topic;Answered (Y/N);Resolved;Speed of answer in seconds;AvgTalkDuration;Satisfaction rating;Mood
ID0001;Diane;2026-02-02;09:12:58;Contract related;Y;Y;109;00:02:23;3;calm
ID0002;Becky;2026-02-02;09:20:00;Technical Support;Y;N;70;00:04:02;3;angry
ID0003;Stewart;2026-02-03;09:47:31;Contract related;N;N;;;;calm
ID0004;Diane;2026-02-03;10:01:00;Payment;Y;Y;=2+3;00:00:30;5;calm
"""


async def test_a_file_is_looked_at_corrected_imported_and_taken_back(stage: Stage) -> None:
    bob, alice = stage.person("bob"), stage.person("alice")
    card = await drops(stage, bob, "calls.csv")
    await shows(stage, card, "please look at what I take it for")
    assert "• *Agent*: team member" in card.words
    assert "2 min 23 s" in card.words
    assert "Not used:_ Mood" in card.words

    await bob.click(card, "Change columns")
    assert (await bob.fill({"Mood": "something to count by"}).submit()).ok
    await shows(stage, card, "• *Mood*: something to count by")
    await bob.click(card, "Import")
    await shows(stage, card, "1 line cannot be read.")
    assert "Row 5, Speed of answer in seconds: This is not a length of time." in card.words
    await the_report_says_it_row_by_row(stage, bob)
    await bob.click(card, "Import the 3 good lines")
    await shows(stage, card, "is in the numbers")
    assert "They are of 2 Feb 2026 to 3 Feb 2026." in card.words

    await the_same_file_by_the_form_changes_nothing(stage, bob)
    await bob.slash("/metrics", "import")
    assert "calls.csv" in bob.modal.text
    await bob.click(bob.modal, "Undo")
    await shows(stage, card, "was taken back")
    await a_summary_without_a_date_counts_on_the_day_that_is_chosen(stage, bob)
    await who_may_not_is_told_so(stage, alice)


async def the_same_file_by_the_form_changes_nothing(stage: Stage, person: Actor) -> None:
    await person.slash("/metrics", "import")
    file_id = await person.uploads("calls-again.csv", CALLS.encode())
    assert (await person.fill({"Files": [file_id]}).submit()).ok
    assert "I am looking through your file." in person.modal.text
    again = await told(stage, person, "calls-again.csv")
    await shows(stage, again, "I have this very file already")
    await person.modal.close()


async def a_summary_without_a_date_counts_on_the_day_that_is_chosen(
    stage: Stage, person: Actor
) -> None:
    summary = "Agent,Calls,Answer rate\nDiane,40,97.5%\nBecky,37,81.1%\nTotal,77,89.6%\n"
    card = await drops(stage, person, "agents 2026-03.csv", summary)
    await shows(stage, card, "Which day is this file about?")
    assert "It is 31 Mar 2026" in card.buttons
    await person.select(card, "Choose", "2026-03-30")
    await shows(stage, card, "Everything in this file counts on 30 Mar 2026.")
    await person.click(card, "Import")
    await shows(stage, card, "All of it is of 30 Mar 2026.")


async def drops(stage: Stage, person: Actor, name: str, text: str = CALLS) -> Message:
    file_id = await person.uploads(name, text.encode())
    await person.says(person.dm_room, "", files=(file_id,))
    return await told(stage, person, name)


async def the_report_says_it_row_by_row(stage: Stage, person: Actor) -> None:
    message = await told(stage, person, "What came of calls.csv")
    [file] = message.raw["files"]
    body = stage.slack.core.workspace.store.find_bytes(file["id"])
    assert body
    rows = list(load_workbook(BytesIO(body))["Lines left out"].iter_rows(values_only=True))
    assert rows[1][:3] == (5, "Speed of answer in seconds", "=2+3")


async def who_may_not_is_told_so(stage: Stage, person: Actor) -> None:
    file_id = await person.uploads("mine.csv", CALLS.encode())
    await person.says(person.dm_room, "", files=(file_id,))
    await told(stage, person, "Bringing in numbers is for the leads and managers of a team")
