"""Words in the reader's language, numbers and dates as they write them, and nothing typed becomes mrkdwn."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.text import Text, escape, languages, link, when

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_english_is_the_source() -> None:
    assert Text("en-US")("Claimed by {who}", who="Bob") == "Claimed by Bob"


def test_an_unknown_language_falls_back_to_english() -> None:
    assert Text("xx-YY")("Back") == "Back"
    assert Text("../../etc")("Back") == "Back"


def test_plural_forms_in_english() -> None:
    t = Text("en-GB")
    assert t.n("{count} case", "{count} cases", 1) == "1 case"
    assert t.n("{count} case", "{count} cases", 1200) == "1,200 cases"


def test_a_refusal_is_told_with_its_values() -> None:
    assert Text().of(Refused("Only {team} can.", team="Billing")) == "Only Billing can."


@pytest.mark.parametrize(
    ("locale", "number", "money", "day", "time"),
    [
        ("en-US", "1,234.5", "€25.00", "Mar 2, 2026", "2:00\u202fPM"),
        ("el-GR", "1.234,5", "25,00\xa0€", "2 Μαρ 2026", "2:00\u202fμ.μ."),
        ("uk-UA", "1\xa0234,5", "25,00\xa0EUR", "2 бер. 2026\u202fр.", "14:00"),
    ],
)
def test_numbers_and_dates_by_locale(
    locale: str, number: str, money: str, day: str, time: str
) -> None:
    t = Text(locale, "Europe/Athens")
    assert t.number(1234.5) == number
    assert t.money(Decimal(25), "EUR") == money
    assert t.day(date(2026, 3, 2)) == day
    assert t.time(NOON) == time


def test_a_moment_is_shown_to_each_reader_in_their_zone() -> None:
    shown = when(NOON, Text("en-GB", "America/New_York"))
    assert shown.startswith("<!date^1772452800^{date_short_pretty} {time}|2 Mar 2026")
    assert "07:00" in shown


@given(st.text())
def test_what_a_person_typed_cannot_become_markup(typed: str) -> None:
    assert "<" not in escape(typed)
    assert ">" not in escape(typed)
    assert link("https://example.com/?a|b>c", typed).count("|") == 1
    assert link("https://example.com/?a|b>c", typed).count(">") == 1


def test_english_comes_first() -> None:
    assert languages()[0] == "en"


def test_weekdays_are_short_and_in_the_readers_language() -> None:
    assert [Text("en-US").weekday(0), Text("uk-UA").weekday(6)] == ["Mon", "нд"]
    assert Text("el-GR").language == "el"
