"""How a number reads, with its unit, in three languages."""

from dataclasses import replace

import pytest

from bot.rules.metrics.definition.registry import BY_KEY, METRICS
from bot.rules.metrics.definition.values import Value
from bot.text import Text
from bot.views.metrics.amounts import bare_name, count, length, name, show, whole

T = Text("en-US")
GREEK, UKRAINIAN = Text("el-GR"), Text("uk-UA")


@pytest.mark.parametrize(
    ("t", "key", "value", "expected"),
    [
        (T, "csat", 81.06, "81.1 %"),
        (T, "csat", 80.0, "80 %"),
        (T, "csat", Value(80, 10), "80 %"),
        (T, "csat", None, "–"),
        (T, "csat", Value(), "–"),
        (T, "ces", 4.0808, "4.08"),
        (T, "nps", -30.2, "−30"),
        (T, "nps", -0.2, "0"),
        (T, "contacts", 12345, "12,345"),
        (T, "aht", 225, "3 min 45 s"),
        (T, "frt", Value(225, 9, 400, is_rough=True), "about 3 min 45 s"),
        (GREEK, "csat", 81.06, "81,1 %"),
        (GREEK, "aht", 225, "3 λ. 45 δ."),
        (UKRAINIAN, "csat", 81.06, "81,1 %"),
        (UKRAINIAN, "aht", 225, "3 хв 45 с"),
    ],
)
def test_show(t: Text, key: str, value: Value | float | None, expected: str) -> None:
    assert show(value, BY_KEY[key], t) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (59.96, "59.96 s"),
        (60, "1 min"),
        (3599, "59 min 59 s"),
        (3600, "1 h"),
        (3629, "1 h"),
        (7500, "2 h 5 min"),
        (172_700, "47 h 58 min"),
        (172_799, "2 d"),
        (421_200, "4 d 21 h"),
        (-90, "−1 min 30 s"),
    ],
)
def test_lengths_of_time(seconds: float, expected: str) -> None:
    assert length(seconds, T) == expected


def test_a_median_says_what_nine_in_ten_do_not_exceed() -> None:
    assert whole(Value(60, 9, 600), BY_KEY["frt"], T) == "median 1 min, 9 in 10 within 10 min"
    assert whole(Value(80, 10), BY_KEY["csat"], T) == "80 %"


@pytest.mark.parametrize(
    ("key", "n", "expected"),
    [("csat", 312, "312"), ("adherence", 43_200, "12 h"), ("frt", 1234, "1,234")],
)
def test_of_how_many(key: str, n: float, expected: str) -> None:
    assert count(Value(80, n), BY_KEY[key], T) == expected


def test_a_name_that_somebody_typed_is_escaped_and_short() -> None:
    own = replace(BY_KEY["csat"], key="own", name=f"<!channel> & {'long ' * 50}")
    assert name(own, T).startswith("&lt;!channel&gt; &amp; long")
    assert len(bare_name(own, T)) <= 60


@pytest.mark.parametrize("t", [GREEK, UKRAINIAN], ids=["greek", "ukrainian"])
def test_every_definition_is_translated(t: Text) -> None:
    for one in METRICS:
        assert t(one.words) != one.words
        assert one.name.isupper() or t(one.name) != one.name or one.name == "Kudos"
