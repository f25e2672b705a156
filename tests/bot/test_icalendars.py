"""iCalendar files: recurring events spelled out by their own clocks, and hostile ones refused before they cost anything."""

import pytest

from bot.errors import Refused
from bot.icalendars import Limits, is_calendar, read
from tests.cast import NOON


def calendar(*events: str, head: str = "X-WR-CALNAME:Billing\r\n") -> bytes:
    inside = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}@x\r\nDTSTAMP:20260101T000000Z\r\n{event}\r\nEND:VEVENT\r\n"
        for n, event in enumerate(events)
    )
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{head}{inside}END:VCALENDAR\r\n"
    ).encode()


def event(*lines: str, who: str = "SUMMARY:Anna") -> str:
    return "\r\n".join([who, *lines])


ONE = event("DTSTART:20260303T080000Z", "DTEND:20260303T160000Z")


def rows(data: bytes) -> list[list[str]]:
    return read(data, now=NOON)[1:]


def test_an_event_is_a_row() -> None:
    assert rows(calendar(ONE)) == [
        ["Billing", "Anna", "2026-03-03 08:00:00+00:00", "2026-03-03 16:00:00+00:00"]
    ]
    assert read(calendar(ONE), now=NOON, team="Shipping")[1][0] == "Shipping"


def test_who_was_invited_counts_more_than_the_title() -> None:
    invited = (
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@x.com\r\nATTENDEE:MAILTO:ben@x.com\r\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:cora@x.com\r\nSUMMARY:On call"
    )
    found = rows(calendar(event("DTSTART:20260303T080000Z", "DURATION:PT8H", who=invited)))
    assert [one[1] for one in found] == ["anna@x.com", "ben@x.com"]
    assert found[0][3] == "2026-03-03 16:00:00+00:00"


def test_a_series_goes_by_its_own_clock_through_the_change_of_clocks() -> None:
    weekly = event(
        "DTSTART;TZID=Europe/Berlin:20260323T220000",
        "DTEND;TZID=Europe/Berlin:20260324T060000",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "EXDATE;TZID=Europe/Berlin:20260406T220000",
    )
    assert [one[2:] for one in rows(calendar(weekly))] == [
        ["2026-03-23 21:00:00+00:00", "2026-03-24 05:00:00+00:00"],
        ["2026-03-30 20:00:00+00:00", "2026-03-31 04:00:00+00:00"],
    ]


def test_one_of_a_series_may_be_moved_or_cancelled() -> None:
    data = calendar(
        event("UID:s", "DTSTART:20260303T080000Z", "DTEND:20260303T160000Z", "RRULE:FREQ=DAILY;COUNT=3"),
        event(
            "UID:s", "RECURRENCE-ID:20260304T080000Z", "DTSTART:20260304T100000Z", "DTEND:20260304T160000Z",
            who="SUMMARY:Ben",
        ),
        event(
            "UID:s", "RECURRENCE-ID:20260305T080000Z", "DTSTART:20260305T080000Z", "DTEND:20260305T160000Z",
            "STATUS:CANCELLED",
        ),
    )  # fmt: skip
    data = b"\r\n".join(one for one in data.split(b"\r\n") if not one.endswith(b"@x"))
    assert [(one[1], one[2]) for one in rows(data)] == [
        ("Anna", "2026-03-03 08:00:00+00:00"),
        ("Ben", "2026-03-04 10:00:00+00:00"),
    ]


def test_times_without_a_zone_and_whole_days_go_by_the_teams_clock() -> None:
    floating = event("DTSTART:20260303T080000", "DTEND:20260303T160000")
    whole = event("DTSTART;VALUE=DATE:20260305", "DTEND;VALUE=DATE:20260306")
    assert [one[2:] for one in rows(calendar(floating, whole))] == [
        ["2026-03-03 08:00:00", "2026-03-03 16:00:00"],
        ["2026-03-05 00:00", "2026-03-06 00:00"],
    ]


def test_only_half_a_year_ahead_is_spelled_out() -> None:
    daily = event("DTSTART:20250101T080000Z", "DTEND:20250101T160000Z", "RRULE:FREQ=DAILY")
    found = rows(calendar(daily))
    assert len(found) == 26 * 7
    assert found[0][2].startswith("2026-03-02")


def test_a_count_is_counted_from_the_beginning() -> None:
    daily = event("DTSTART:20260227T080000Z", "DURATION:PT8H", "RRULE:FREQ=DAILY;COUNT=5")
    assert [one[2][:10] for one in rows(calendar(daily))] == ["2026-03-02", "2026-03-03"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=9",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;BYSECOND=1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=28",
    ],
)
def test_series_that_no_shift_has_are_refused(rule: str) -> None:
    data = calendar(ONE, event("DTSTART:20260303T080000Z", f"RRULE:{rule}"))
    with pytest.raises(Refused, match="Event 2 repeats"):
        read(data, now=NOON)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260401T000000Z",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO",
        "FREQ=MONTHLY;BYDAY=1TU",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=3,-1;COUNT=4",
        "FREQ=YEARLY",
    ],
)
def test_the_usual_ways_to_repeat_are_known(rule: str) -> None:
    assert rows(calendar(event("DTSTART:20260303T080000Z", "DURATION:PT8H", f"RRULE:{rule}")))


HOSTILE = {
    "nothing in it": b"BEGIN:VCALENDAR\r\n",
    "not closed": calendar(ONE)[:-30],
    "deep": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50,
    "bytes": b"BEGIN:VCALENDAR\r\n\xff\xfe\x00",
    "a year that is none": calendar(event("DTSTART:99999999T999999Z")),
    "no beginning": calendar(event("DTEND:20260303T160000Z")),
    "an old series": calendar(event("DTSTART:19000101T000000Z", "RRULE:FREQ=DAILY")),
    "nobody": calendar(event("DTSTART:20260303T080000Z", who="X-Y:z")),
    "a zone that repeats each second": calendar(
        ONE, head="BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "RRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_calendar_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        read(HOSTILE[name], now=NOON)


def test_there_are_limits() -> None:
    with pytest.raises(Refused, match="larger"):
        read(b"BEGIN:VCALENDAR" + b" " * 5_000_001, now=NOON)
    with pytest.raises(Refused, match="more than 3 events"):
        read(calendar(*[ONE] * 4), now=NOON, limits=Limits(components=3))
    daily = event("DTSTART:20260303T080000Z", "RRULE:FREQ=DAILY")
    with pytest.raises(Refused, match="more than 1 events"):
        read(calendar(daily, daily), now=NOON, limits=Limits(recurring=1))
    with pytest.raises(Refused, match="more than 20 events"):
        read(calendar(daily), now=NOON, limits=Limits(events=20))


def test_a_calendar_is_known_by_its_beginning() -> None:
    assert is_calendar(b"\xef\xbb\xbf\r\nbegin:vcalendar\r\n")
    assert not is_calendar(b"team,person\n")
