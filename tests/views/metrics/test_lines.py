"""Lines of digests: what each says, in words and signs, and that any number of them fits into a message."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.metrics.comparison.comparing import Against
from bot.rules.metrics.comparison.guards import CATCHES, Catch, Trend, Verdict
from bot.rules.metrics.comparison.lines import Compared, Line
from bot.rules.metrics.definition.registry import BY_KEY, METRICS
from bot.rules.metrics.definition.values import Value
from bot.text import Text
from bot.views.metrics import lines as views
from bot.views.metrics.catches import CATCHES as SAID
from sandbox.block_kit import check
from tests.views.drawn import mrkdwn_of

T = Text("en-US")
GREEK, UKRAINIAN = Text("el-GR"), Text("uk-UA")
TEXTS = {"english": T, "greek": GREEK, "ukrainian": UKRAINIAN}
CSAT, AHT, CONTACTS = BY_KEY["csat"], BY_KEY["aht"], BY_KEY["contacts"]
DAY = date(2026, 3, 12)
SHORTER_AND_BACK = Catch("aht", is_up=False, other="reopen", other_is_up=True)


def csat(n: float = 312) -> Line:
    return Line(CSAT, Value(81.06, n, numerator=0.8106 * n, denominator=n))


def before(value: float, trend: Trend, against: Against = Against.WEEK_BEFORE) -> Compared:
    return Compared(against, Value(value, 99), trend)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (csat(), "*CSAT:* 81.1 % of 312"),
        (replace(csat(), target=80, verdict=Verdict.MET), "*CSAT:* 81.1 % of 312 · target 80 %: ✓ met"),
        (
            replace(csat(), target=85, verdict=Verdict.MISSED),
            "*CSAT:* 81.1 % of 312 · target 85 %: ✗ not met",
        ),
        (replace(csat(), target=85, verdict=Verdict.OPEN), "*CSAT:* 81.1 % of 312 · target 85 %"),
        (
            replace(csat(), compared=(
                before(78.8, Trend.BETTER), before(81.5, Trend.WORSE, Against.FOUR_WEEKS),
            )),
            "*CSAT:* 81.1 % of 312\nweek before: 78.8 % ▲ better · four weeks before: 81.5 % ▼ worse",
        ),
        (
            replace(csat(), compared=(before(81.06, Trend.SAME), before(70, Trend.UNKNOWN), before(79, Trend.CHANCE))),
            "*CSAT:* 81.1 % of 312\nweek before: 81.1 % = the same · week before: 70 % · week before: 79 % ▲ may be chance",
        ),
        (Line(CONTACTS, Value(312, 99), compared=(before(200, Trend.UP),)),
         "*Contacts:* 312\nweek before: 200 ▲ more"),
        (Line(CSAT, Value(), last_day=DAY), "*CSAT:* no data since Mar 12, 2026"),
        (Line(CSAT, Value()), "*CSAT:* no data yet"),
        (replace(csat(), last_day=DAY), "*CSAT:* 81.1 % of 312 · only until Mar 12, 2026"),
        (
            Line(CSAT, Value(800 / 9, 9, numerator=8, denominator=9), is_few=True),
            "*CSAT:* 8 of 9, too few to rank",
        ),
        (Line(AHT, Value(225, 4), is_few=True), "*AHT:* 3 min 45 s of only 4, too few to rank"),
        (
            Line(CSAT, Value(80, 10, numerator=8, denominator=10), chance=(49.02, 94.33)),
            "*CSAT:* 80 % of 10 (49–94 % could be chance)",
        ),
        (
            Line(AHT, Value(200, 99), 210, Verdict.MET, (before(225, Trend.BETTER),), catches=(SHORTER_AND_BACK,)),
            ("*AHT:* 3 min 20 s of 99 · target 3 min 30 s: met, but see below\nweek before: 3 min 45 s ▼\n"
            "⚠ Contacts are shorter, and more tickets are reopened. Perhaps they end too soon."),
        ),
        (replace(csat(), note="New <!channel> & survey"), "*CSAT:* 81.1 % of 312\n“New &lt;!channel&gt; &amp; survey”"),
        (replace(csat(), was=Value(80.4, 300)), "*CSAT:* 81.1 % of 312 · corrected, was 80.4 %"),
        (
            Line(BY_KEY["frt"], Value(60, 200, 600, is_rough=True)),
            "*First response time:* median about 1 min, 9 in 10 within 10 min, from 200",
        ),
        (Line(BY_KEY["nps"], Value(-30, 100)), "*NPS:* −30, from 100"),
        (Line(BY_KEY["ces"], Value(4.08, 9), is_few=True), "*CES:* 4.08, from only 9, too few to rank"),
        (
            replace(csat(), missing=("R&D", "B", "C", "D", "E")),
            "*CSAT:* 81.1 % of 312 · without R&amp;D, B, C, and 2 more: no data",
        ),
        (Line(BY_KEY["occupancy"], Value(80, 43_200)), "*Occupancy:* 80 % of 12 h"),
    ],
)  # fmt: skip
def test_a_line(line: Line, expected: str) -> None:
    assert views.full(line, T) == expected
    assert views.brief(line, T) == expected.split("\n", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("t", "expected"),
    [
        (GREEK, "CSAT: 81,1 % από 312 · στόχος 80 %: ✓ επιτεύχθηκε · προηγούμενη εβδομάδα: 78,8 % ▲ καλύτερα"),
        (UKRAINIAN, "CSAT: 81,1 % з 312 · ціль 80 %: ✓ досягнуто · попередній тиждень: 78,8 % ▲ краще"),
    ],
)  # fmt: skip
def test_in_other_languages(t: Text, expected: str) -> None:
    line = replace(csat(), target=80, verdict=Verdict.MET, compared=(before(78.8, Trend.BETTER),))
    assert views.plain([line], t) == expected


def worst(metric: str, catches: tuple[Catch, ...] = CATCHES) -> Line:
    own = replace(BY_KEY[metric], name="<!channel> & " + "long " * 40)
    compared = tuple(before(78.8, Trend.BETTER, one) for one in Against)
    value = Value(81.06, 10, 99, 8, 10, is_rough=True)
    return Line(
        own, value, 80, Verdict.MET, compared, is_few=False, chance=(49, 94), catches=catches,
        note="&" * 400, last_day=DAY, was=Value(1), missing=("&" * 60,) * 9,
    )  # fmt: skip


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("count", [0, 1, 12, 13, 40])
@pytest.mark.parametrize("catches", [(), (SHORTER_AND_BACK,), CATCHES])
def test_any_number_of_lines_fits(t: Text, count: int, catches: tuple[Catch, ...]) -> None:
    """With room for a title, a chart and buttons beside."""
    lines = [worst(METRICS[number % len(METRICS)].key, catches) for number in range(count)]
    blocks = views.blocks(lines, t)
    assert check.message(blocks) == []
    assert len(blocks) <= 40
    assert sum(map(len, mrkdwn_of(blocks))) <= views.LIMIT + 100
    assert not any("<!channel" in one for one in mrkdwn_of(blocks))
    assert all(one in "\n".join(mrkdwn_of(blocks)) for one in ("81",) if count)


def test_what_comes_last_is_shortened_first() -> None:
    lines = [replace(worst("csat", (SHORTER_AND_BACK,)), missing=())] * 12
    said = mrkdwn_of(views.blocks(lines, T))
    assert "\n" in said[0]
    assert "\n" not in said[-1]


def test_each_catch_has_its_words() -> None:
    assert {(one.metric, one.other) for one in CATCHES if not one.by_n} == set(SAID)
