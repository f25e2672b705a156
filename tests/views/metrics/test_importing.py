"""What is drawn of imports fits Slack's limits in every language, however wide and odd the file, and its cells are only words."""

from dataclasses import replace
from functools import cache

import pytest

from bot.rules.metrics.importing.asking.questions import (
    DATED,
    NO_COLUMN,
    Asks,
    Choice,
    KeyChoice,
    Question,
)
from bot.rules.metrics.importing.asking.typed import Settled
from bot.rules.metrics.importing.files import Belongs, Decided, Look, Outcome, Trouble
from bot.rules.metrics.importing.files.outcomes import MOST_REPORTED
from bot.rules.metrics.importing.imports import Import, ImportKind, ImportState
from bot.rules.metrics.importing.mapping import Lines, Use, Wrong
from bot.rules.metrics.importing.reading.rejecting import Reason, Reject, Remark, Why
from bot.rules.metrics.importing.recognising.columns import Doubt
from bot.rules.metrics.importing.recognising.roles import Role
from bot.rules.teams import Team
from bot.services.metrics.importing import files
from bot.spreadsheets import said
from bot.text import Text
from bot.views.metrics.importing import card, columns, lines, listing, preview, report, told, words
from bot.views.metrics.importing.seen import Listed, Seen
from sandbox.block_kit import check
from tests.cast import BILLING, BOB, NOON, WORKSPACE
from tests.services.metrics.importing.exports import as_file
from tests.views.drawn import mrkdwn_of

LANGUAGES = [Text(one, "Europe/Berlin") for one in ("en-US", "el-GR", "uk-UA")]
every_language = pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.language)
NASTY = "<!channel> <@U0MARA> `*& "
TEAMS = [Team(WORKSPACE, f"team-{number}", f"{NASTY}{number}") for number in range(120)]
SAID = (
    said.Encoding("cp1253"),
    said.ByteOrderMark(),
    said.Damaged(),
    said.Delimiter("\t"),
    said.OtherKind("<csv>", "xlsx"),
    said.TitleRows(3),
    said.OtherSheets((NASTY,) * 50, NASTY),
    said.MergedDown((NASTY,) * 50),
    said.HiddenSheets((NASTY,) * 50),
    said.EmptyFormulas(1),
    said.CellsBeside(2),
)


@cache
def wide() -> tuple[Look, Decided]:
    """Two hundred columns, all of them used, with headers and cells that want to be something else."""
    numbered = [f"{NASTY * 8}{number}" for number in range(197)]
    head = ["Call Id", "Agent", "Date", *numbered]
    row = ["ID1", NASTY, "2026-02-02", *["1:02"] * 197]
    with as_file("\t".join(head) + "\n" + "\t".join(row) + "\n") as path:
        [found] = files.look(str(path), "", "Europe/Berlin")
    held = tuple(replace(one, doubts=frozenset(Doubt)) for one in found.look.columns)
    look = replace(found.look, columns=held, sheets=("One", NASTY), sheet="One", said=SAID)
    mapping = found.mapping
    for place in range(3, 200):
        mapping = mapping.with_use(place, Use(part=f"part_{place}"))
    return look, Decided(mapping, Belongs.COLUMN)


def questions() -> tuple[Question, ...]:
    reads = {Asks.ORDER: "2026-02-01", Asks.SWITCHED: "2026-02-01", Asks.UNIT: "98765.4321"}
    choices = {
        Asks.DAY: ("2", "3", NO_COLUMN),
        Asks.FILE_DAY: (),
        Asks.FILE_YEAR: (),
        Asks.ORDER: ("dmy", "mdy"),
        Asks.SIGN: (".", ","),
        Asks.UNIT: ("seconds", "days"),
        Asks.SCALE: ("5", "10"),
        Asks.KEY: tuple(KeyChoice),
        Asks.LINES: tuple(Lines),
        Asks.SWITCHED: ("mdy_switched", "mdy"),
        Asks.SCORE: tuple(words.SCORES),
    }
    return tuple(
        Question(
            asks,
            tuple(
                Choice(str(one), ((NASTY * 9, reads.get(asks, NASTY * 9)),) * 3) for one in values
            ),
            "2026-02-28" if asks in DATED else "",
            tuple(range(3, 90)),
        )
        for asks, values in choices.items()
    )


def outcome() -> Outcome:
    found = Outcome(good=1_000_000, rejected=12, nameless=40, has_report=True)
    found.rejects = [Reject(7, NASTY * 9, NASTY, Reason.NO_DAY)] * 9
    found.remarks = [Remark(8, NASTY, NASTY, Reason.NEGATIVE)] * 9
    found.remarked.update(dict.fromkeys(Reason, 3))
    found.left.update(dict.fromkeys(Why, 3))
    found.nobodys = [NASTY * 9] * 5
    found.first_day, found.last_day = "2026-02-01", "2026-02-28"
    return found


def an_import(state: ImportState, trouble: str = "") -> Import:
    return Import(
        *(WORKSPACE, "i" * 32, 1, ImportKind.FILE, "feed", BILLING, BOB.id, NOON),
        file_name=NASTY * 30,
        state=state,
        trouble=trouble,
        live_at=NOON,
        ended_at=NOON,
        ended_by=BOB.id,
        found={"refusal": {"message": "Row {row} has more than {limit} columns.", "values": {"row": 3, "limit": 200}}},
    )  # fmt: skip


def seen(state: ImportState, trouble: str = "") -> Seen:
    look, decided = wide()
    return Seen(
        an_import(state, trouble),
        TEAMS[0],
        TEAMS,
        look,
        decided,
        questions(),
        outcome(),
        an_import(ImportState.LIVE),
        may_undo=True,
        is_open=True,
    )


def check_words(thing: object) -> None:
    found = "".join(mrkdwn_of(thing))
    assert "<!" not in found.replace("<!date", "")
    assert "<@U0MARA>" not in found


@every_language
@pytest.mark.parametrize("state", ImportState)
def test_the_card_fits_whatever_becomes_of_it(t: Text, state: ImportState) -> None:
    drawn = card.blocks(seen(state), t)
    assert check.message(drawn) == []
    check_words(drawn)
    assert card.headline(seen(state), t)


@every_language
@pytest.mark.parametrize("trouble", Trouble)
def test_each_trouble_has_a_sentence(t: Text, trouble: Trouble) -> None:
    state = ImportState.CANCELLED if trouble is Trouble.FORGOTTEN else ImportState.REFUSED
    words_said = card.headline(seen(state, trouble), t)
    assert "{" not in words_said
    assert len(words_said) > len(words.file_name(NASTY * 30)) + 20


@every_language
def test_every_page_of_the_form_fits(t: Text) -> None:
    for page in range(200 // columns.A_PAGE + 1):
        drawn = columns.form(seen(ImportState.ASKING), page, t, now=NOON)
        assert check.view(drawn, "modal") == []


@every_language
def test_the_list_and_what_is_told_fit(t: Text) -> None:
    held = [replace(an_import(state), id=str(number)) for number, state in enumerate(listing.STATES)]  # fmt: skip
    drawn = listing.form(Listed(TEAMS, held, {one.id for one in held}), t)
    assert check.view(drawn, "modal") == []
    check_words(drawn)
    assert check.view(told.coming(2, t), "modal") == []


@every_language
def test_everything_has_words(t: Text) -> None:
    assert words.ROLES.keys() == set(Role)
    assert words.LINES.keys() == words.KINDS.keys() == set(Lines)
    assert words.WRONGS.keys() == set(Wrong)
    for one in SAID:
        assert "{" not in preview.note(one, t)


def test_what_was_chosen_comes_back_as_it_was_drawn() -> None:
    look, decided = wide()
    shown = columns.form(seen(ImportState.ASKING), 0, LANGUAGES[0], now=NOON)
    held = {
        block["block_id"]: block["element"]["initial_option"]["value"]
        for block in shown["blocks"]
        if block["type"] == "input" and "initial_option" in block["element"]
    }
    uses = columns.uses_in(held, look.headers)
    assert uses[1] == decided.mapping.columns[1].use
    assert uses[3].part
    styles = columns.styles_in(held, decided.mapping.columns)
    assert styles[3] == decided.mapping.columns[3].style
    assert columns.belongs_in(held) is Belongs.COLUMN


def test_a_report_says_how_many_more_there_are() -> None:
    t = LANGUAGES[0]
    [row] = report.rows([Reject(7, "Date", "=1", Reason.NO_DAY)], 1, t)
    assert row == (7, "Date", "=1", t("There is no date in this line."))
    many = [Reject(number, "", "", Reason.NO_DAY) for number in range(MOST_REPORTED)]
    *_rows, last = report.rows(many, MOST_REPORTED + 5, t)
    assert last[-1] == "and 5 more"
    assert report.file_name("../Ein/böser Name?.csv", NOON) == "import-böser-Name-2026-03-02.xlsx"


def test_the_command_line_says_what_came_of_it() -> None:
    t = LANGUAGES[0]
    look, decided = wide()
    assert list(lines.taken_for(look, Settled(decided), t))
    said_last = [
        list(lines.came_of(outcome(), t, is_wanted=wanted, is_trial=trial))[-1]
        for wanted, trial in ((True, False), (False, False), (False, True))
    ]
    assert said_last[0] == "1,000,000 lines count."
    assert "--without-rejected" in said_last[1]
    assert "trial" in said_last[2]


def test_a_look_comes_back_as_it_was_kept() -> None:
    look, decided = wide()
    assert Look.unpack(look.packed()) == look
    assert Decided.unpack(decided.packed()) == decided
    kept = Outcome.unpack(outcome().packed())
    assert (kept.good, kept.remarked, kept.left) == (1_000_000, outcome().remarked, outcome().left)
