"""The file with coaching notes as two libraries read it: tables, links, numbers, formulas with what they come to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from bot.rules.coaching import (
    Body,
    Commitment,
    CommitmentState,
    Entry,
    EntryKind,
    Evidence,
    Kind,
    Note,
    Part,
    Promiser,
    State,
    Verdict,
)
from bot.rules.coaching.taken import Coached, Taken
from bot.rules.reports import About, Asked, Choice, Period
from bot.rules.reports.choices import EVERYTHING
from bot.rules.reports.exports import Export
from bot.services.reports import Job
from bot.views.coaching.columns import COMMITMENTS, NOTES, SUMMARY
from bot.workbooks import CoachingBook
from tests import notes
from tests.casebook import OTHER_TEAM, TEAM
from tests.cast import ALICE, BILLING, BOB, CHARLIE, DAN, MARA, NOON, SHIPPING, WORKSPACE

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
NAMES = {one.id: one.name for one in (ALICE, BOB, MARA, DAN, CHARLIE)} | {"U0CARL": "Carl"}
COACHED = (Coached(BILLING, ALICE.id, is_led=True), Coached(BILLING, "U0CARL", is_led=True))


def promised(
    note: Note, state: CommitmentState = CommitmentState.OPEN, days: int = 7
) -> Commitment:
    return Commitment(
        WORKSPACE,
        f"c{note.id}{days}",
        note.id,
        note.team_id,
        note.author_id,
        note.agent_id,
        Promiser.AGENT,
        "Say back what the customer wants",
        NOON.date() + timedelta(days=days),
        state=state,
    )


def said(note: Note, kind: EntryKind, words: str, by: str = ALICE.id) -> Entry:
    return Entry(WORKSPACE, f"{note.id}{kind}", note.id, kind, by, NOON, words)


def job(choice: Choice = EVERYTHING, **more: Any) -> Job:
    asked = Asked(MARCH, about=About.COACHING, choice=choice)
    export = Export(WORKSPACE, "x", BOB.id, NOON, asked)
    person = more.pop("person", BOB)
    return Job(export, person, [TEAM, OTHER_TEAM], (), COACHED, NAMES, **more)


def some() -> list[Taken]:
    """A praise with all there is, an improvement that is disputed, and a review that was withdrawn."""
    praise = notes.note(
        State.ACKNOWLEDGED,
        id="n1",
        skill="Listening",
        acknowledged_at=NOON + timedelta(days=2),
        follow_up_on=date(2026, 3, 20),
        body=Body(
            {Part.SITUATION: "=1+1", Part.BEHAVIOUR: "You listened", Part.IMPACT: "They stayed"},
            (
                Evidence("The call", "https://calls.example/1"),
                Evidence("Parcel", "https://calls.example/2"),
                Evidence("", case=12),
            ),
        ),
    )
    disputed = notes.note(State.DISPUTED, id="n2", kind=Kind.IMPROVE, decider_id=MARA.id)
    withdrawn = notes.note(
        State.CLOSED, id="n3", kind=Kind.REVIEW, verdict=Verdict.WITHDRAWN, decider_id=MARA.id
    )
    return [
        Taken(
            praise,
            [promised(praise), promised(praise, CommitmentState.DONE, 3)],
            [said(praise, EntryKind.ACKNOWLEDGED, "Thank you")],
        ),
        Taken(
            disputed, [promised(disputed, days=-3)], [said(disputed, EntryKind.DISPUTED, "Not me")]
        ),
        Taken(withdrawn),
    ]


def write(path: Path, found: Sequence[Taken] = (), made: Job | None = None) -> Path:
    book = CoachingBook(path / "notes.xlsx", made or job(), now=NOON)
    book.add(found, NAMES, now=NOON)
    book.finish(now=NOON)
    return path / "notes.xlsx"


def column(path: Path, sheet: str, title: str, **how: Any) -> list[Any]:
    rows = list(load_workbook(path, **how)[sheet].iter_rows(values_only=True))
    place = rows[0].index(title)
    return [row[place] for row in rows[1:]]


def test_each_sheet_is_a_table_that_holds_what_was_written(tmp_path: Path) -> None:
    path = write(tmp_path, some())
    book = load_workbook(path)
    assert book.sheetnames == ["Notes", "Commitments", "Summary per person", "About"]
    tables = {one.name: one.ref for sheet in book for one in sheet.tables.values()}
    assert tables == {"Notes": "A1:AC4", "Commitments": "A1:M4", "Summary": "A1:M3"}
    for sheet in list(book)[:3]:
        [table] = sheet.tables.values()
        assert [one.name for one in table.tableColumns] == [one.value for one in sheet[1]]
        assert table.autoFilter.ref == table.ref
        assert sheet.freeze_panes == "A2"
    usual = notes.BODY.parts[Part.SITUATION]
    assert column(path, "Notes", "Situation") == ["=1+1", usual, usual]


def test_what_people_typed_is_text_and_links_are_links(tmp_path: Path) -> None:
    sheet = load_workbook(write(tmp_path, some()))["Notes"]
    titles = [one.value for one in sheet[1]]
    typed = sheet.cell(2, titles.index("Situation") + 1)
    link = sheet.cell(2, titles.index("Evidence") + 1)
    assert (typed.value, typed.data_type, typed.quotePrefix) == ("=1+1", "s", True)
    assert link.hyperlink
    assert (link.value, link.hyperlink.target) == ("The call", "https://calls.example/1")
    more = sheet.cell(2, titles.index("More evidence") + 1)
    assert more.value == "Parcel: https://calls.example/2\nEscalation 12"


def test_the_summary_shows_what_its_formulas_come_to(tmp_path: Path) -> None:
    path = write(tmp_path, some())
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Summary per person").to_python()
    assert rows[1:] == [
        ["Alice", "Billing", "yes", 1, 1, 0, 0, 2, date(2026, 3, 2), 0.5, 2, 1, ALICE.id],
        ["Carl", "Billing", "yes", 0, 0, 0, 0, 0, "", 0.5, 0, 0, "U0CARL"],
    ]
    formulas = load_workbook(path)["Summary per person"]
    assert str(formulas["D2"].value).startswith("=COUNTIFS('Notes'!$AC$2:$AC$4,$M2,")


def test_what_does_not_count_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, some())
    assert column(path, "Notes", "State") == ["Acknowledged", "Disputed", "Withdrawn"]
    assert column(path, "Commitments", "Overdue") == [None, None, "Overdue"]
    rules = load_workbook(path)["Notes"].conditional_formatting
    styles = [rule.dxf.font for one in rules for rule in one.rules]
    assert [(bool(one.b), bool(one.strike)) for one in styles] == [
        (True, False),
        (True, False),
        (False, True),
    ]


def test_nothing_to_list_is_a_file_as_well(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert load_workbook(path)["Notes"].tables["Notes"].ref == "A1:AC2"
    assert column(path, "Summary per person", "Person") == ["Alice", "Carl"]


@pytest.mark.parametrize("is_1904", [False, True])
def test_days_are_the_same_however_excel_counts_them(tmp_path: Path, is_1904: bool) -> None:
    path = write(tmp_path, some(), job(Choice(is_1904=is_1904)))
    assert column(path, "Notes", "Date")[0].date() == date(2026, 3, 2)
    last = column(path, "Summary per person", "Last coached", data_only=True)
    assert last[0].date() == date(2026, 3, 2)
    days = [row[4] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]
    assert days[1] == date(2026, 3, 2)


def test_days_look_as_where_the_reader_is(tmp_path: Path) -> None:
    ukrainian = replace(BOB, locale="uk-UA")
    sheet = load_workbook(write(tmp_path, some(), job(person=ukrainian))).worksheets[0]
    assert sheet["E2"].number_format == "dd.mm.yyyy"
    american = load_workbook(write(tmp_path, some())).worksheets[0]
    assert american["E2"].number_format == "m/d/yyyy"


def test_sheets_and_columns_can_be_left_out_and_the_numbers_stay(tmp_path: Path) -> None:
    without = ("coach", "situation", "words", "team")
    path = write(tmp_path, some(), job(Choice(no_sheets=(COMMITMENTS,), without=without)))
    book = load_workbook(path)
    assert book.sheetnames == ["Notes", "Summary per person", "About"]
    titles = [one.value for one in book["Notes"][1]]
    assert not {"Coach", "Situation", "Team"} & set(titles)
    assert column(path, "Summary per person", "Overdue") == [1, 0]
    bare = write(tmp_path, some(), job(Choice(no_sheets=(NOTES, COMMITMENTS))))
    assert column(bare, "Summary per person", "All notes", data_only=True) == [2, 0]
    none = write(tmp_path, some(), job(Choice(no_sheets=(NOTES, COMMITMENTS, SUMMARY))))
    assert load_workbook(none).sheetnames == ["About"]


def test_about_says_for_whom_and_how_and_what_private_means(tmp_path: Path) -> None:
    path = write(tmp_path, some(), job(Choice(kinds=("praise",)), by_command=True))
    rows = list(load_workbook(path)["About"].iter_rows(values_only=True))
    told: dict[Any, Any] = {row[0]: row[1] for row in rows}
    assert told["Made for"] == "Bob"
    assert told["Made on"].date() == date(2026, 3, 2)
    assert told["Asked for"] == "On the command line of Baton's machine"
    assert told["Kinds"] == "Praise"
    assert (told["Notes"], told["Withdrawn"], told["Commitments"]) == (3, 1, 3)
    assert any("Private notes and drafts are in no file" in str(row[1]) for row in rows)


def test_an_agent_gets_no_share_of_a_team(tmp_path: Path) -> None:
    made = replace(job(person=ALICE), coached=())
    path = write(tmp_path, some(), made)
    assert column(path, "Summary per person", "Coverage of the team") == [None]


def test_two_people_of_one_name_and_a_team_called_like_a_pattern(tmp_path: Path) -> None:
    """What is counted are ids, so that nobody's name is taken for a pattern."""
    other = notes.note(State.SHARED, id="n9", team_id=SHIPPING, agent_id=DAN.id)
    names = NAMES | {DAN.id: "Ali*", ALICE.id: "Ali*"}
    book = CoachingBook(tmp_path / "notes.xlsx", replace(job(), names=names), now=NOON)
    book.add([*some(), Taken(other)], names, now=NOON)
    book.finish(now=NOON)
    rows = column(tmp_path / "notes.xlsx", "Summary per person", "All notes", data_only=True)
    assert rows == [2, 0, 1]
