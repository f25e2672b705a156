"""Alerts: truth tables of when one fires and is over, once a day by the team's clock, with and without data."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.rules.metrics.alert import alerts
from bot.rules.metrics.alert.alerts import (
    Alert,
    Happened,
    Kind,
    Look,
    Side,
    Standing,
    Told,
    told_of,
)
from bot.rules.metrics.comparison.comparing import Held
from bot.rules.metrics.definition.registry import BY_KEY
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.slices import Row
from bot.rules.reports.periods import Period
from tests.cast import BILLING, BOB, NOON, WORKSPACE

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
AHT, CONTACTS, BACKLOG = (BY_KEY[one] for one in ("aht", "contacts", "backlog"))
ALERT = Alert(
    *(
        WORKSPACE,
        "alert",
        BILLING,
        "",
        "aht",
        Side.ABOVE,
        360_000,
        324_000,
        10,
        7,
        (BOB.id,),
        BOB.id,
    )
)
BELOW = replace(ALERT, metric="csat", side=Side.BELOW, threshold=80_000, clear_at=88_000)
FIRING = replace(ALERT, is_firing=True, fired_on=TODAY - DAY)


def value(amount: float | None, n: float = 100) -> Value:
    return Value(amount, n, denominator=n)


def held(days: dict[int, tuple[int, int]], **more: int) -> Held:
    """By days before today: seconds of talk, and contacts."""
    return Held.of(
        Row(
            TODAY - back * DAY,
            BILLING,
            "",
            Bundle(
                n,
                {"talk_seconds": seconds * 1000, "handled": n * 1000, "contacts": n * 1000} | more,
            ),
        )
        for back, (seconds, n) in days.items()
    )


def look(standing: Standing, *, now: datetime = NOON, today: date = TODAY, **more: bool) -> Look:
    return Look(standing, today, now, value(1), Period(TODAY, TODAY), **more)


@pytest.mark.parametrize(
    ("alert", "amount", "n", "standing"),
    [
        (ALERT, 361, 10, Standing.BEYOND),
        (ALERT, 360.4, 10, Standing.BETWEEN),
        (ALERT, 360, 10, Standing.BETWEEN),
        (ALERT, 325, 10, Standing.BETWEEN),
        (ALERT, 324, 10, Standing.CLEAR),
        (ALERT, 0, 10, Standing.CLEAR),
        (ALERT, 999, 9, Standing.FEW),
        (ALERT, 1, 9, Standing.FEW),
        (ALERT, None, 0, Standing.UNKNOWN),
        (BELOW, 79.9, 10, Standing.BEYOND),
        (BELOW, 80, 10, Standing.BETWEEN),
        (BELOW, 87.9, 10, Standing.BETWEEN),
        (BELOW, 88, 10, Standing.CLEAR),
        (BELOW, 10, 9, Standing.FEW),
    ],
)
def test_how_a_number_stands(alert: Alert, amount: float, n: int, standing: Standing) -> None:
    assert alerts.standing(alert, BY_KEY[alert.metric], value(amount, n)) is standing


@pytest.mark.parametrize(
    ("alert", "seen", "kind", "tells"),
    [
        *((ALERT, look(one), None, False) for one in Standing if one is not Standing.BEYOND),
        (ALERT, look(Standing.BEYOND), Kind.FIRED, True),
        (replace(ALERT, fired_on=TODAY), look(Standing.BEYOND), Kind.AGAIN, False),
        (replace(ALERT, fired_on=TODAY + DAY), look(Standing.BEYOND), Kind.AGAIN, False),
        (replace(ALERT, fired_on=TODAY - DAY), look(Standing.BEYOND), Kind.FIRED, True),
        (replace(ALERT, snoozed_until=NOON + DAY), look(Standing.BEYOND), None, False),
        (replace(ALERT, snoozed_until=NOON), look(Standing.BEYOND), Kind.FIRED, True),
        *((FIRING, look(one), None, False) for one in Standing if one is not Standing.CLEAR),
        (FIRING, look(Standing.CLEAR), Kind.OVER, False),
        (FIRING, look(Standing.BEYOND, is_corrected=True), None, False),
        (FIRING, look(Standing.BETWEEN, is_corrected=True), Kind.CORRECTED, False),
        (FIRING, look(Standing.UNKNOWN, is_corrected=True), Kind.CORRECTED, False),
        (FIRING, look(Standing.CLEAR, is_corrected=True), Kind.CORRECTED, False),
        (replace(FIRING, snoozed_until=NOON + DAY), look(Standing.BEYOND), None, False),
        (replace(FIRING, snoozed_until=NOON + DAY), look(Standing.CLEAR), Kind.OVER, False),
        (replace(FIRING, snoozed_until=NOON), look(Standing.BEYOND), Kind.REMINDED, True),
        (replace(FIRING, snoozed_until=NOON), look(Standing.BETWEEN), Kind.REMINDED, True),
        (replace(FIRING, snoozed_until=NOON), look(Standing.UNKNOWN), None, False),
        (replace(FIRING, snoozed_until=NOON), look(Standing.FEW), None, False),
        (replace(FIRING, snoozed_until=NOON, fired_on=TODAY), look(Standing.BEYOND), None, False),
    ],
)
def test_what_becomes_of_it(alert: Alert, seen: Look, kind: Kind | None, *, tells: bool) -> None:
    turn = alerts.step(alert, seen)
    assert (turn.kind, turn.tells) == (kind, tells)
    if kind is None:
        assert turn.after == alert
    elif tells:
        assert (turn.after.is_firing, turn.after.fired_on, turn.after.snoozed_until) == (
            True,
            TODAY,
            None,
        )
    else:
        assert turn.after.is_firing is (kind is Kind.AGAIN)


def test_a_number_that_flickers_is_told_once_a_day() -> None:
    alert, told = ALERT, []
    for hour in range(48):
        now = NOON + timedelta(hours=hour)
        seen = Standing.CLEAR if hour % 2 else Standing.BEYOND
        turn = alerts.step(alert, look(seen, now=now, today=now.date()))
        alert = turn.after
        told += [now.date()] if turn.tells else []
    assert told == sorted(set(told))
    assert len(told) == 3


def test_a_new_telling_forgets_who_saw_the_last_one_and_its_case() -> None:
    before = replace(ALERT, fired_on=TODAY - DAY, acknowledged_by=BOB.id, acknowledged_at=NOON, escalation_id="3")  # fmt: skip
    after = alerts.step(before, look(Standing.BEYOND)).after
    assert (after.acknowledged_by, after.acknowledged_at, after.escalation_id) == ("", None, "")


@pytest.mark.parametrize(
    ("days", "standing", "last"),
    [
        ({}, Standing.UNKNOWN, None),
        ({1: (4000, 10)}, Standing.BEYOND, 1),
        ({1: (4000, 10), 0: (100, 10)}, Standing.CLEAR, 0),
        ({1: (4000, 10), 0: (100, 1)}, Standing.BEYOND, 1),
        ({1: (40, 1), 2: (4000, 10)}, Standing.FEW, 1),
        ({0: (4000, 3)}, Standing.FEW, 0),
        ({3: (4000, 10)}, Standing.BEYOND, 3),
        ({7: (4000, 10)}, Standing.BEYOND, 7),
        ({8: (4000, 10)}, Standing.UNKNOWN, None),
    ],
)
def test_it_looks_at_the_last_day_with_data_and_at_today_once_there_is_enough(
    days: dict[int, tuple[int, int]], standing: Standing, last: int | None
) -> None:
    alert = replace(ALERT, days=1)
    seen = alerts.look(alert, AHT, held(days), today=TODAY, now=NOON)
    assert seen.standing is standing
    assert (seen.period.last if seen.period else None) == (
        None if last is None else TODAY - last * DAY
    )


def test_data_that_end_are_no_recovery_and_begin_nothing() -> None:
    """Bad days must not fall out of the seven while nothing new comes in."""
    days = dict.fromkeys(range(10, 13), (4000, 10)) | dict.fromkeys(range(6, 10), (1000, 10))
    seen = {
        alerts.look(ALERT, AHT, held(days), today=TODAY - later * DAY, now=NOON).value
        for later in range(6)
    }
    assert len(seen) == 1


def test_what_grows_with_the_day_waits_until_the_day_is_over() -> None:
    alert = replace(ALERT, metric="contacts", side=Side.BELOW, days=1)
    seen = alerts.look(alert, CONTACTS, held({0: (0, 3), 1: (0, 50)}), today=TODAY, now=NOON)
    assert (seen.value.amount, seen.period) == (50, Period(TODAY - DAY, TODAY - DAY))


def test_what_goes_on_from_day_to_day_is_what_it_is_now() -> None:
    rows = [
        Row(TODAY - back * DAY, BILLING, "", Bundle(1, {"created": 5_000})) for back in (90, 2, 0)
    ]
    alert = replace(ALERT, metric="backlog", threshold=14_000, days=1)
    seen = alerts.look(alert, BACKLOG, Held.of(rows), today=TODAY, now=NOON)
    assert (seen.value.amount, seen.standing) == (15, Standing.BEYOND)
    assert alerts.stretch(alert, BACKLOG, TODAY).first <= TODAY - 365 * DAY


def test_a_correction_is_told_from_a_day_that_went_on() -> None:
    yesterday, today = (Period(one, one) for one in (TODAY - DAY, TODAY))
    alert = replace(FIRING, days=1)
    now_fine = held({0: (100, 10), 1: (100, 10)})
    for told, is_corrected in (
        (Told(TODAY, yesterday), True),
        (Told(TODAY, today), False),
        (None, False),
    ):
        seen = alerts.look(alert, AHT, now_fine, today=TODAY, now=NOON, told=told)
        assert seen.is_corrected is is_corrected
    gone = alerts.look(alert, AHT, held({}), today=TODAY, now=NOON, told=Told(TODAY, yesterday))
    assert alerts.step(alert, gone).kind is Kind.CORRECTED
    old = Told(TODAY - 90 * DAY, Period(TODAY - 100 * DAY, TODAY - 91 * DAY))
    assert alerts.stretch(alert, AHT, TODAY, told=old).first == old.period.first


def test_what_was_told_is_kept_as_text() -> None:
    told = Told(TODAY, Period(TODAY - DAY, TODAY))
    assert told_of(Happened("alert", Kind.FIRED, NOON, detail=told.packed())) == told


def test_looking_back_tells_what_it_would_have_done_without_days_of_no_data() -> None:
    days = {25: (4000, 10), 24: (3500, 10), 20: (100, 10), 12: (40, 1), 3: (5000, 10)}
    alert = replace(ALERT, days=1, is_firing=True, fired_on=TODAY)
    found = alerts.looking_back(alert, AHT, held(days), today=TODAY, now=NOON)
    assert [((TODAY - day).days, kind) for day, kind, _value in found] == [
        (25, Kind.FIRED),
        (20, Kind.OVER),
        (3, Kind.FIRED),
    ]


@pytest.mark.parametrize(
    ("threshold", "side", "key", "end"),
    [
        (360_000, Side.ABOVE, "aht", 324_000),
        (5_000, Side.ABOVE, "aht", 4_000),
        (80_000, Side.BELOW, "csat", 88_000),
        (95_000, Side.BELOW, "csat", 97_500),
        # what can go no further is over where it begins, or it would never be
        (0, Side.ABOVE, "csat", 0),
        (0, Side.ABOVE, "backlog", 0),
        (500, Side.ABOVE, "aht", 0),
        (100_000, Side.BELOW, "promises", 100_000),
        (0, Side.ABOVE, "nps", -1_000),
        (4_200, Side.BELOW, "rating", 4_620),
        (-20_000, Side.ABOVE, "nps", -22_000),
        (-20_000, Side.BELOW, "nps", -18_000),
    ],
)
def test_it_is_over_a_tenth_back(threshold: int, side: Side, key: str, end: int) -> None:
    assert alerts.usual_end(threshold, side, BY_KEY[key]) == end


@pytest.mark.parametrize(
    ("now", "zone", "morning"),
    [
        ("2026-03-02T06:59", "Europe/Berlin", "2026-03-02T07:00"),
        ("2026-03-02T07:00", "Europe/Berlin", "2026-03-03T07:00"),
        ("2026-03-28T12:00", "Europe/Berlin", "2026-03-29T06:00"),
        ("2026-10-24T12:00", "Europe/Berlin", "2026-10-25T07:00"),
        ("2026-03-02T12:00", "Pacific/Auckland", "2026-03-02T19:00"),
        ("2026-03-02T12:00", "America/New_York", "2026-03-02T13:00"),
    ],
)
def test_it_looks_at_eight_by_the_teams_clock(now: str, zone: str, morning: str) -> None:
    at, then = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (now, morning))
    assert alerts.next_morning(at, zone) == then
    assert alerts.next_look(ALERT, at, zone) == then
    awake = replace(ALERT, snoozed_until=at + timedelta(minutes=1))
    assert alerts.next_look(awake, at, zone) == min(then, at + timedelta(minutes=1))


def test_a_snooze_ends_at_the_same_time_of_day_though_clocks_change() -> None:
    at = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert alerts.snoozed_until(at, 1, "Europe/Berlin") == datetime(2026, 3, 29, 11, tzinfo=UTC)
    assert alerts.snoozed_until(at, 7, "Europe/Berlin") == datetime(2026, 4, 4, 11, tzinfo=UTC)
    assert alerts.snoozed_until(at, 1, "UTC") == at + DAY
