"""What a good set-up looks like, field by field; zones and languages as people write them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.people import Role
from bot.rules import languages, zones
from bot.rules.calendars import HoursDraft
from bot.rules.teams import Group, TeamDraft, name_key, problems
from tests.cast import NOON

GOOD = TeamDraft(
    "Billing", zone="Europe/Berlin", leads_channel="C0LEADS", people={Role.LEAD: ("U0BOB",)}
)


def test_a_good_draft_has_no_problems() -> None:
    assert problems(GOOD) == {}


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(GOOD, name="  "), "name"),
        (replace(GOOD, name="x" * 61), "name"),
        (replace(GOOD, zone="Mars/Olympus"), "zone"),
        (replace(GOOD, zone="../../etc/passwd"), "zone"),
        (replace(GOOD, hours=HoursDraft(always_open=False, week={})), "hours_mon"),
        (replace(GOOD, hours=HoursDraft(always_open=False, week={"tue": "?"})), "hours_tue"),
        (replace(GOOD, leads_channel=""), "leads_channel"),
        (replace(GOOD, language="tlh"), "language"),
        (replace(GOOD, people={}), "lead"),
        (replace(GOOD, people={Role.AGENT: ("U0ALICE",)}), "lead"),
    ],
)
def test_a_problem_is_named_by_its_field(draft: TeamDraft, field: str) -> None:
    assert field in problems(draft)


def test_only_what_is_wrong_is_named() -> None:
    assert set(problems(replace(GOOD, name="", zone="?"))) == {"name", "zone"}


def test_a_user_group_may_lead() -> None:
    assert problems(replace(GOOD, people={}, groups={Role.LEAD: (Group("S0LEADS"),)})) == {}


def test_case_and_spacing_tell_no_names_apart() -> None:
    assert name_key("  Billing   EMEA ") == name_key("billing emea")


def test_everybody_named_in_a_draft_is_found() -> None:
    groups = {Role.AGENT: (Group("S1", members=("U0ALICE", "U0BOB")),)}
    assert replace(GOOD, groups=groups).person_ids == {"U0ALICE", "U0BOB"}


@pytest.mark.parametrize(
    ("typed", "locale", "first"),
    [
        ("berlin", "en-US", "Europe/Berlin"),
        ("Ho Chi", "en-US", "Asia/Ho_Chi_Minh"),
        ("sao paulo", "en-US", "America/Sao_Paulo"),
        ("São P", "en-US", "America/Sao_Paulo"),
        ("utc", "en-US", "UTC"),
        ("europe/par", "en-US", "Europe/Paris"),
        ("greece", "en-US", "Europe/Athens"),
        ("Berlin (Europe), UTC+01:00", "en-US", "Europe/Berlin"),
        ("Vietnam", "de-DE", "Asia/Ho_Chi_Minh"),
        ("Griechenland", "de-DE", "Europe/Athens"),
    ],
)
def test_zones_are_found_by_city_and_country(typed: str, locale: str, first: str) -> None:
    assert zones.matching(typed, locale, NOON)[0].name == first


def test_zones_are_found_by_the_hours_that_count_now() -> None:
    winter, summer = NOON, datetime(2026, 7, 1, tzinfo=UTC)
    for typed in ("utc+1", "UTC+01", "gmt+01:00", "+1 europe"):
        assert "Europe/Berlin" in {one.name for one in zones.matching(typed, "en", winter)}
        assert "Europe/Berlin" not in {one.name for one in zones.matching(typed, "en", summer)}
    assert "Asia/Kolkata" in {one.name for one in zones.matching("+5:30", "en", summer)}
    [berlin] = zones.matching("berlin", "en", summer)
    assert berlin.label == "Berlin (Europe), UTC+02:00"


def test_what_is_nowhere_finds_nothing_and_everything_is_cut() -> None:
    assert zones.matching("atlantis", "en", NOON) == []
    assert len(zones.matching("", "en", NOON)) == 100
    assert zones.matching("berlin", "no such locale", NOON)


def test_a_zone_is_found_however_it_is_written() -> None:
    assert zones.find(" europe/berlin ") == "Europe/Berlin"
    assert zones.find("america/new york") == "America/New_York"
    assert zones.find("Berlin time") is None


@pytest.mark.parametrize("written", ["en", "EN", "English", "english"])
def test_a_language_is_found_by_tag_or_name(written: str) -> None:
    assert languages.find_language(written) == "en"


def test_a_language_that_is_not_spoken_is_not_found() -> None:
    assert languages.find_language("Klingon") is None
    assert languages.of_locale("tlh-QO") == "en"
    assert languages.name_of("en") == "English"
