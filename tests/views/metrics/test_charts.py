"""Charts of numbers stay within Slack's limits, say the same in words, and never draw a gap as zero."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.rules.metrics.comparison.charts import OTHERS, By, Point, Series
from bot.rules.metrics.definition.registry import BY_KEY
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.store.slices import CHANNEL, HOUR, PERSON, label
from bot.rules.reports.periods import Period
from bot.text import Text
from bot.views.metrics.charts import chart, in_words
from sandbox.block_kit import check
from tests.views.drawn import mrkdwn_of

T = Text("en-US")
TEXTS = {"english": T, "greek": Text("el-GR"), "ukrainian": Text("uk-UA")}
FIRST = date(2026, 3, 2)


def over_time(key: str, *amounts: float | None, by: By = By.DAY, step: int = 1) -> Series:
    points = []
    for number, amount in enumerate(amounts):
        day = FIRST + number * step * timedelta(days=1)
        points.append(Point(Period(day, day), Value(amount, 0 if amount is None else 20)))
    return Series(BY_KEY[key], tuple(points), by)


def apart(key: str, slice_: str, **members: tuple[float, float]) -> Series:
    period = Period(FIRST, FIRST)
    points = tuple(Point(period, Value(*held), member) for member, held in members.items())
    return Series(BY_KEY[key], points, slice=slice_)


def drawn(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    [found] = [one["chart"] for one in blocks if one["type"] == "data_visualization"]
    assert isinstance(found, dict)
    return found


def values(blocks: list[dict[str, Any]], place: int = 0) -> dict[str, float]:
    return {one["label"]: one["value"] for one in drawn(blocks)["series"][place]["data"]}


def test_a_line_with_its_target_and_a_gap() -> None:
    series = replace(over_time("csat", 80.0, None, 81.06), target=85)
    blocks = chart(series, T)
    assert check.message(blocks) == []
    assert drawn(blocks)["type"] == "line"
    assert values(blocks) == {"Mar 2": 80, "Mar 4": 81.06}
    assert values(blocks, 1) == {"Mar 2": 85, "Mar 4": 85}
    assert mrkdwn_of(blocks) == [
        "*CSAT by day*: Mar 2: 80 %, Mar 4: 81.1 % · target 85 % · no data: Mar 3"
    ]


@pytest.mark.parametrize(
    ("longest", "unit", "expected"),
    [(100, "Seconds", 100), (225, "Minutes", 3.75), (9000, "Hours", 2.5), (432_000, "Days", 5)],
)
def test_lengths_are_drawn_in_a_unit_that_fits(longest: float, unit: str, expected: float) -> None:
    blocks = chart(over_time("frt", 0.0, longest), T)
    assert drawn(blocks)["axis_config"]["y_label"] == unit
    assert values(blocks)["Mar 3"] == expected


def test_before_the_first_value_there_is_no_gap() -> None:
    """There was nothing to count yet, which nobody needs to be told day by day."""
    assert "no data" not in in_words(over_time("csat", None, None, 80.0), T)
    assert "no data: Mar 4" in in_words(over_time("csat", None, 80.0, None), T)


def test_bars_leave_out_too_few_and_say_so() -> None:
    series = replace(apart("csat", CHANNEL, chat=(80, 20), fax=(100, 2), phone=(70, 30)), target=85)
    blocks = chart(series, T)
    assert drawn(blocks)["type"] == "bar"
    assert len(drawn(blocks)["series"]) == 1
    assert values(blocks) == {"chat": 80, "phone": 70}
    assert "fax: 100 % of only 2, too few to rank" in mrkdwn_of(blocks)[0]


def test_people_stand_by_name() -> None:
    series = apart("contacts", PERSON, **{"1": (90, 9), "2": (80, 8), OTHERS: (5, 1)})
    blocks = chart(series, T, {"1": "Zoe", "2": "Ann"})
    assert list(values(blocks)) == ["Ann", "Zoe", "Others"]


def test_hours_are_read_off_a_clock() -> None:
    series = apart("contacts", HOUR, **{"09": (1, 1), "17": (2, 1)})
    assert [one.replace("\u202f", " ") for one in values(chart(series, T))] == [
        "9:00 AM",
        "5:00 PM",
    ]
    assert list(values(chart(series, TEXTS["ukrainian"]))) == ["09:00", "17:00"]


@pytest.mark.parametrize(
    "series",
    [over_time("csat"), over_time("csat", 80.0), over_time("csat", None, None),
     apart("csat", CHANNEL, chat=(80, 20), fax=(100, 2))],
    ids=["none", "one", "gaps", "few"],
)  # fmt: skip
def test_what_is_no_picture_is_only_words(series: Series) -> None:
    blocks = chart(series, T)
    assert [one["type"] for one in blocks] == ["context"]
    assert check.message(blocks) == []


def test_nothing_at_all_is_said() -> None:
    assert in_words(over_time("csat", None), T) == "*CSAT by day*: no data yet"


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("by", By)
def test_the_longest_series_fits(t: Text, by: By) -> None:
    step = {By.DAY: 1, By.WEEK: 7, By.MONTH: 31}[by]
    held = over_time("first_resolution", *([123_456.0] * 20), by=by, step=step)
    own = replace(held.metric, name="<!channel> " + "long " * 20)
    blocks = chart(replace(held, metric=own, target=99_999), t)
    assert check.message(blocks) == []
    assert not any("<!channel" in one for one in mrkdwn_of(blocks))


def test_years_apart_have_their_year() -> None:
    """Two days of the same name would be one label."""
    series = over_time("csat", 80.0, 81.0, by=By.WEEK, step=365)
    assert list(values(chart(series, T))) == ["Mar 2, 2026", "Mar 2, 2027"]


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
def test_any_members_fit(t: Text) -> None:
    many = {
        f"A very long <!channel> of somebody's number {number}": (50.0, 99.0)
        for number in range(20)
    }
    for slice_ in (CHANNEL, label("Shift")):
        blocks = chart(apart("csat", slice_, **many), t)
        assert check.message(blocks) == []
        assert len(values(blocks)) == 20
        assert not any("<!channel" in one for one in mrkdwn_of(blocks))
