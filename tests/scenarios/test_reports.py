"""Stories of lists, reports and Excel files, as leads and agents see them."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from sandbox.driver.people import Actor
from tests.scenarios.escalating import SUMMARY, raise_case, shows, told
from tests.scenarios.stage import Stage

TICKET = "Ticket number or link"
REFUND: dict[str, object] = {
    "What was the cause?": "The bank was slow",
    "What was decided?": "Refund",
    "Amount": "25.50",
    "Currency": "EUR",
    "Could it have been solved without us?": "Yes, with a permission that can be given",
}


async def a_day(stage: Stage) -> None:
    """#1 is resolved by Bob, #2 goes back to Alice, #3 waits for an owner, with a summary that wants to be a formula."""
    bob = stage.person("bob")
    first = await raise_case(stage)
    await bob.click(first, "Claim")
    await shows(stage, first, "Owner:")
    await bob.click(first, "Resolve")
    assert (await bob.fill(REFUND).submit()).ok
    second = await raise_case(stage, **{SUMMARY: "Charged twice", TICKET: "48214"})
    await bob.click(second, "Return")
    answers: dict[str, object] = {
        "Why does it go back?": "Some information is missing",
        "What should they know or add?": "Which bank?",
    }
    assert (await bob.fill(answers).submit()).ok
    await raise_case(stage, **{SUMMARY: "=1+1 is what they pay", TICKET: "https://x.example/3"})


def the_file(stage: Stage, reader: Actor, message: Any) -> Any:
    """The file in a message, opened with another library than wrote it."""
    [shown] = message.raw["files"]
    assert shown["name"].endswith(".xlsx")
    assert reader.sees(reader.dm_room)
    body = stage.slack.core.workspace.store.find_bytes(shown["id"])
    assert body
    return load_workbook(BytesIO(body))


async def test_from_the_report_to_the_cells_of_its_file(stage: Stage) -> None:
    bob = stage.person("bob")
    await a_day(stage)
    await bob.slash("/escalate", "report")
    await bob.fill({"When": "This week"}).submit()
    for words in ("*Raised:* 3", "1 of 1, too few to rank", "Raising the limit to €30.00"):
        assert words in bob.modal.text
    assert "€25.50 in 1 case" in bob.modal.text
    await bob.click(bob.modal, "Send me as Excel")
    assert "You get it in a private message" in bob.modal.text

    message = await told(stage, bob, "3 escalations from")
    book = the_file(stage, bob, message)
    assert book.sheetnames == [
        *("Summary", "Escalations", "Timeline", "Concessions", "Returns", "About"),
    ]
    rows = {row[0].value: row for row in book["Escalations"].iter_rows(min_row=2)}
    assert rows[3][2].value == "=1+1 is what they pay"
    assert rows[3][2].data_type == "s"
    assert rows[3][3].hyperlink.target == "https://x.example/3"
    assert rows[1][10].is_date
    assert [rows[number][8].value for number in (1, 2, 3)] == [
        *("Resolved", "Returned", "Without an owner"),
    ]
    assert [cell.value for cell in book["Concessions"][2]][4:6] == [25.5, "EUR"]
    assert book["About"]["B1"].value == "bob"


async def test_a_report_by_words_and_who_may_have_one(stage: Stage) -> None:
    bob, alice = stage.person("bob"), stage.person("alice")
    await a_day(stage)
    answer = (await bob.slash("/escalate", "report this month")).text
    assert "Escalations of Billing" in answer
    assert "Raised: 3" in answer
    assert (
        "I don't understand “next &lt;year&gt;”"
        in (await bob.slash("/escalate", "report next <year>")).text
    )
    for words in ("report this week", "export this week", "report"):
        refused = (await alice.slash("/escalate", words)).text
        assert "Your own cases are in `/escalate mine`" in refused
    assert not alice.modals
    assert "is being made" in (await bob.slash("/escalate", "export this month")).text
    assert (await told(stage, bob, "3 escalations from")).raw["files"]


async def test_home_leads_to_the_report_for_those_who_may_have_one(stage: Stage) -> None:
    olga, alice = stage.person("olga"), stage.person("alice")
    for person in (olga, alice):
        await person.opens_home()
    homes = stage.slack.core.views.homes
    await stage.slack.until(lambda: {olga.id, alice.id} <= homes.keys())
    assert "Report" not in str(alice.home.blocks)
    await olga.select(olga.home, "More", "Report")
    await olga.fill({"When": "This month"}).submit()
    assert "*Raised:* 0" in olga.modal.text


async def test_two_days_that_are_no_period_keep_the_form_open(stage: Stage) -> None:
    bob = stage.person("bob")
    await bob.slash("/escalate", "export")
    chosen: dict[str, object] = {
        "When": "From one day to another",
        "First day": "2026-03-15",
        "Last day": "2026-03-01",
    }
    assert not (await bob.fill(chosen).submit()).ok
    assert bob.modal.errors == {"Last day": "The last day is before the first. Please swap them."}
    assert bob.modal.value_of("First day") == "2026-03-15"
    await bob.fill({"Last day": "2026-03-20", "Teams": ["Billing"]}).submit()
    assert "is being made" in bob.modal.text
    await told(stage, bob, "0 escalations from")


async def test_lists_are_narrowed_and_every_case_opens_and_comes_back(stage: Stage) -> None:
    bob = stage.person("bob")
    await a_day(stage)
    assert "*#3* High" in (await bob.slash("/escalate", "unclaimed billing")).text
    assert "in no team called “nobody”" in (await bob.slash("/escalate", "list nobody")).text
    await bob.slash("/escalate", "team")
    await bob.click(bob.ephemerals[-1], "See all and narrow it down")
    assert "*#2*" in bob.modal.text
    await bob.select(bob.modal, "Which cases", "Resolved")
    assert "*#1*" in bob.modal.text
    assert "*#2*" not in bob.modal.text
    await bob.click(bob.modal, "Open")
    assert bob.modal.title == "Escalation #1"
    await bob.modal.close()
    assert bob.modal.title == "Resolved"
    await bob.select(bob.modal, "How urgent", "Low")
    assert "Nothing was resolved yet" in bob.modal.text


async def test_an_unclear_answer_of_slacks_does_not_show_a_file_twice(stage: Stage) -> None:
    bob = stage.person("bob")
    await raise_case(stage)
    stage.slack.faults.drop("files.completeUploadExternal", "stored")
    await bob.slash("/escalate", "export this week")
    await told(stage, bob, "1 escalation from")
    await stage.slack.clock.forward(minutes=5)
    assert len([one for one in bob.dm if one.raw.get("files")]) == 1
