"""What a posted digest remembers: what it told, and what has changed since to the digits that are shown."""

from datetime import UTC, date, datetime, timedelta

from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.definition.registry import BY_KEY
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.posts import Post, from_json, to_json, told_by
from bot.rules.reports import Period

AT = datetime(2026, 3, 3, 7, tzinfo=UTC)
DAY = Period(date(2026, 3, 2), date(2026, 3, 2))
LATER = AT + timedelta(days=1)


def post(csat: float | None = 81.1, frt: float | None = 60) -> Post:
    told = {"csat": (csat, None), "frt": (frt, 240.0)}
    metrics = ("csat", "frt")
    return Post("T", "p", "d", DAY, Cadence.DAILY, metrics, ("C0",), AT, AT, told=told)


def test_what_is_told_has_the_digits_that_are_shown() -> None:
    lines = [
        Line(BY_KEY["csat"], Value(81.0537, 1000)),
        Line(BY_KEY["frt"], Value(59.6, 10, p90=240.2)),
        Line(BY_KEY["rating"], Value()),
    ]
    assert told_by(lines) == {"csat": (81.1, None), "frt": (60, 240), "rating": (None, None)}


def test_what_was_told_is_kept_however_often_it_is_corrected() -> None:
    first = post().seen_anew({"csat": (80.4, None), "frt": (60, 240.0)}, LATER)
    assert (first.corrected, first.corrected_at) == ({"csat": (80.4, None)}, LATER)
    second = first.seen_anew({"csat": (79.0, None), "frt": (60, 250.0)}, LATER)
    assert second.corrected == {"csat": (79.0, None), "frt": (60, 250.0)}
    assert second.told == post().told
    assert second.seen_anew(post().told, LATER).corrected == {}


def test_nothing_new_changes_nothing() -> None:
    assert post().seen_anew(post().told, LATER) == post()
    first = post().seen_anew({"csat": (80.4, None)}, LATER)
    assert first.seen_anew({"csat": (80.4, None)}, LATER + timedelta(days=1)) == first


def test_what_had_no_numbers_yet_is_filled_in() -> None:
    waiting = Post("T", "p", "d", DAY, Cadence.DAILY, ("csat",), ("C0",), AT, AT)
    assert waiting.is_counting
    filled = waiting.seen_anew({"csat": (81.1, None)}, LATER)
    assert (filled.told, filled.corrected) == ({"csat": (81.1, None)}, {})


def test_whether_there_was_any_data() -> None:
    empty = post(None, None)
    assert not empty.has_data
    assert post().has_data
    assert empty.seen_anew({"csat": (80.0, None)}, LATER).has_data


def test_a_told_number_survives_the_row() -> None:
    assert from_json(to_json(post().told)) == post().told
