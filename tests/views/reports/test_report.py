"""What a report says: shares that are large enough, lengths of time, budgets, limits, returns; within Slack's limits."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.reports import About, Asked, Period, Share, Tally, count
from bot.rules.reports.exports import Export, ExportState, Trouble
from bot.rules.reports.seen import Report
from bot.rules.severities import Severity
from bot.text import Text, languages
from bot.views.reports import form, report, told, words
from bot.views.reports.plain import plain
from sandbox.block_kit import check
from tests.casebook import DRAFT, OTHER_TEAM, TEAM
from tests.cast import ALICE, BOB, NOON
from tests.rules.reports.stories import REFUND, Story, at
from tests.workbooks.test_escalations import facts

T = Text()
MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)))
BUDGET = replace(TEAM, budget_minor=2000, budget_currency="EUR")
EXPORT = Export("T0BATON", "x", BOB.id, NOON, MARCH, total=9300, done=2000)


def seen(*stories: Story, **given: object) -> Report:
    tally = count(facts(*stories), [BUDGET], MARCH.period, at(10_000)).tally
    plain_one = Report(MARCH, [BUDGET], tally)
    return replace(plain_one, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (25, 360, "6.9 % (25 of 360)"),
        (8, 9, "8 of 9, too few to rank"),
        (10, 10, "100 % (10 of 10)"),
        (0, 0, "–"),
    ],
)
def test_a_share_says_what_it_is_of_and_of_few_nothing_more(
    part: int, whole: int, expected: str
) -> None:
    assert words.share(Share(part, whole), T) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (119, "119 minutes"),
        (120, "2 hours"),
        (125.4, "2 hours 5 min"),
        (1860, "31 hours"),
    ],
)
def test_lengths_of_time(minutes: float, expected: str) -> None:
    assert words.length(minutes, T) == expected


def test_the_whole_report_in_words() -> None:
    stories = [Story(team=BUDGET).claim(10).resolve(60) for _ in range(11)]
    text, blocks = report.message(
        seen(*stories, Story(team=BUDGET).give_back(5, missing="customer")), T
    )
    assert check.message(blocks) == []
    for expected in (
        "Escalations of Billing, Mar 1, 2026 to Mar 31, 2026",
        "Raised: 12",
        "Time to claim: median 10 minutes, 9 in 10 within 10 minutes (of 11)",
        "Claimed in time: 100 % (11 of 11)",
        "News in time: 100 % (11 of 11)",
        "Promises kept: –",
        "Returned to who raised it: 8.3 % (1 of 12)",
        "High 12 raised, 11 resolved",
        "Billing, March 2026: €275.00 of €20.00 in 11 cases · over the budget",
        "Raising the limit to €30.00 would have removed 11 escalations and 11 hours of waiting",
        "1 × Some information is missing · “Customer” in the form would have spared it",
    ):
        assert expected in text


def test_a_report_of_nothing_says_so_in_numbers() -> None:
    text, blocks = report.message(Report(MARCH, [TEAM], Tally()), T)
    assert check.message(blocks) == []
    assert "Raised: 0" in text
    assert "By severity" not in text


@pytest.mark.parametrize("language", languages())
def test_the_longest_report_fits(language: str) -> None:
    """Many teams, months, currencies, limits and reasons: the rest is in the file."""
    tally = Tally()
    teams = [replace(BUDGET, id=str(n), name="T" * 60) for n in range(40)]
    for number, team in enumerate(teams):
        for currency in ("EUR", "USD", "KWD"):
            outcome = replace(REFUND, currency=currency, amount_minor=10**number % 10**9 + 1)
            story = Story(team=team, draft=replace(DRAFT, category=f"c{number}" * 9))
            story.give_back(1, missing=f"f{number}").resubmit(2).claim(3).resolve(4, outcome)
            tally.add(count(facts(story), [team], MARCH.period, at(99)).tally)
    shown = Report(MARCH, teams, tally, is_all=True)
    t = Text(language)
    text, blocks = report.message(shown, t)
    assert check.message(blocks) == []
    assert check.view(report.modal(shown, t), "modal") == []
    assert len(text) < 4000
    assert sum(len(str(one)) for one in blocks) < 13_000


def test_one_team_is_told_by_its_own_words_for_severities() -> None:
    own = replace(BUDGET, severity_names={Severity.HIGH: "Rot"})
    assert words.severities([own], T)["high"] == "Rot"
    assert words.severities([own, OTHER_TEAM], T)["high"] == "High"


def test_the_forms_are_whole() -> None:
    for as_file in (True, False):
        assert check.view(form.form(T, date(2026, 3, 2), as_file=as_file), "modal") == []
    options = form.team_options([replace(TEAM, id=str(n)) for n in range(200)])
    assert len(options) == 100


def test_what_is_told_of_a_file() -> None:
    assert "2,000 of 9,300 so far" in told.progress(EXPORT, T)
    assert "is ready" in told.progress(replace(EXPORT, state=ExportState.MADE), T)
    assert "There is no Excel file" in told.progress(replace(EXPORT, state=ExportState.FAILED), T)
    for trouble in Trouble:
        assert "could not be made. " in told.failed(EXPORT, trouble, T)
    assert check.view(told.coming_modal(EXPORT, T), "modal") == []


@pytest.mark.parametrize(
    ("mrkdwn", "expected"),
    [
        (f"<@{ALICE.id}> raised it", "Alice raised it"),
        ("<@U0GONE> raised it", "U0GONE raised it"),
        ("<@SYSTEM> did", "Baton did"),
        ("*How it stands:* a &lt;b&gt; &amp; c", "How it stands: a <b> & c"),
        (
            "until <!date^1772454603^{date_short_pretty} {time}|2 Mar 2026, 13:30>",
            "until 2 Mar 2026, 13:30",
        ),
        (
            "see <https://x.example/1|here> or <https://x.example/2>",
            "see here or https://x.example/2",
        ),
    ],
)
def test_what_reads_well_in_slack_reads_well_in_a_sheet(mrkdwn: str, expected: str) -> None:
    assert plain(mrkdwn, {ALICE.id: "Alice"}) == expected


def test_what_is_being_made_can_be_cancelled_and_what_is_not_cannot() -> None:
    assert "report_cancel" in str(told.progress_blocks(EXPORT, T))
    assert "report_cancel" in str(told.coming_modal(EXPORT, T))
    cancelled = replace(EXPORT, state=ExportState.CANCELLED)
    assert "report_cancel" not in str(told.progress_blocks(cancelled, T))
    for about in About:
        one = replace(cancelled, asked=replace(cancelled.asked, about=about))
        assert told.progress(one, T).startswith("You cancelled the Excel file with the ")
        assert told.coming(one, T) != told.failed(one, Trouble.SLACK, T)
