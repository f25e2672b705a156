"""What headers mean by themselves, however they are spaced, cased and suffixed, and in other languages."""

import pytest

from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.recognising.headers import meaning_of, normal, signature, source_of
from bot.rules.metrics.importing.recognising.roles import MEAN_OF, Role
from bot.rules.metrics.importing.words.headers import WORDS, Source


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("AvgTalkDuration", "avg talk duration"),
        ("Answered (Y/N)", "answered"),
        ("  Ticket_ID ", "ticket id"),
        ("Status [list]", "status"),
        ("Ώρα", "ωρα"),
        ("Service Level %", "service level %"),
        ("callsByQueueSla.inSla", "calls by queue sla in sla"),
        ("Created\u00a0time\ufeff", "created time"),
    ],
)
def test_a_header_as_it_is_compared(header: str, expected: str) -> None:
    assert normal(header) == expected


@pytest.mark.parametrize(
    ("header", "role", "unit"),
    [
        ("Talk time", Role.TALK, None),
        ("Talk time (s)", Role.TALK, Unit.SECONDS),
        ("talk_time_ms", Role.TALK, Unit.MILLISECONDS),
        ("First response time (in hrs)", Role.FIRST_RESPONSE, Unit.HOURS),
        ("First reply time in minutes", Role.FIRST_RESPONSE, Unit.MINUTES),
        ("First reply time in minutes within business hours", None, None),
        ("Full resolution time (business hours)", None, None),
        ("Speed of answer in seconds", Role.WAIT, Unit.SECONDS),
        ("Minutes of talk", Role.TALK, Unit.MINUTES),
        ("AvgTalkDuration", Role.MEAN_TALK, None),
        ("Talk Duration (AVG)", Role.MEAN_TALK, None),
        ("Average Handle Time (sec)", Role.MEAN_HANDLE, Unit.SECONDS),
        ("Avg first response time", None, None),
        ("AHT", Role.MEAN_HANDLE, None),
        ("Hour", Role.TIME, None),
        ("Status_1", Role.STATUS, None),
        ("Status (2)", Role.STATUS, None),
        ("Ticket created", Role.DAY, None),
        ("sys_created_at", Role.DAY, None),
        ("property_hs_ticket_category", Role.TOPIC, None),
        ("Wartezeit (Sek.)", Role.WAIT, Unit.SECONDS),
        ("Час першої відповіді (хв)", Role.FIRST_RESPONSE, Unit.MINUTES),
        ("Διάρκεια (δευτ.)", Role.TALK, Unit.SECONDS),
        ("Customer remarks", None, None),
        ("", None, None),
        ("(in minutes)", None, None),
    ],
)
def test_what_a_header_means(header: str, role: Role | None, unit: Unit | None) -> None:
    meaning = meaning_of(header)
    assert (meaning and meaning.role, meaning and meaning.unit) == (role, unit)


def test_every_word_is_of_one_role_and_every_role_has_words() -> None:
    words = [normal(word) for held in WORDS.values() for word in held]
    assert len(words) == len(set(words))
    assert {role for role, held in WORDS.items() if held} >= set(Role) - set(MEAN_OF)


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        ("Summation column|Group stations|Id", Source.ZENDESK),
        ("Every response status|Time tracked|Agent interactions", Source.FRESHDESK),
        ("Requester VIP|Survey Result|Time Tracked|Urgency|Impact", Source.FRESHSERVICE),
        ("Interval Start|Interval Complete|Handle", Source.GENESYS),
        ("allCalls|callsByQueueSla.inSla", Source.RINGCENTRAL),
        ("number|urgency|impact|opened_at", Source.FREE),
        ("Date|Agent", Source.FREE),
    ],
)
def test_which_program_wrote_it(headers: str, source: Source) -> None:
    assert source_of(headers.split("|")) is source


def test_a_mapping_is_remembered_by_headers_however_they_are_written() -> None:
    assert signature(["Ticket ID", "Created Time"]) == signature(["ticket_id", " Created time"])
    assert signature(["a", "b"]) != signature(["b", "a"])
