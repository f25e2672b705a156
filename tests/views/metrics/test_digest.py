"""Digests fit however much is in them and whatever people typed, are whole in words alone, and their form keeps what was chosen."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.rules.metrics.comparison.charts import By, Point, Series
from bot.rules.metrics.comparison.guards import Verdict
from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.definition.registry import BY_KEY, METRICS
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digests import (
    METRICS_AT_MOST,
    About,
    Choice,
    Digest,
    DigestDraft,
    drafted,
)
from bot.rules.metrics.digest.posts import Post
from bot.rules.metrics.digest.strips import Strip
from bot.rules.metrics.digest.telling import Listed, Part, Told, first_by_name, people_parts
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.reports import Period
from bot.rules.teams import Team
from bot.text import Text
from bot.views.handovers.words import TEXT_LIMIT
from bot.views.metrics import builder, digest, digest_form, ids
from bot.views.metrics.strip import strip
from sandbox.block_kit import check
from tests.cast import BILLING, NOON, WORKSPACE
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
TEXTS = {"english": T, "greek": Text("el-GR"), "ukrainian": Text("uk-UA")}
DAY = Period(date(2026, 3, 2), date(2026, 3, 2))
WORDS = {"plain": "Morning numbers", "mentions": "<!channel> & <@U1>" * 3, "signs": "&*_~`|>" * 8}
DIGEST = Digest(
    WORKSPACE, "d", BILLING, "Numbers", Cadence.DAILY, time(8), 0, ("csat", "aht"), "U0BOB", "C0"
)
POST = Post(
    WORKSPACE, "p", "d", DAY, Cadence.DAILY, ("csat",), ("C0",), NOON, NOON, is_late=True,
    told={"csat": (81.1, None)}, corrected={"csat": (80.4, None)}, corrected_at=NOON,
)  # fmt: skip


def line(key: str = "csat", amount: float | None = 80.4, **more: object) -> Line:
    value = Value(amount, 1000, numerator=804, denominator=1000)
    return replace(Line(BY_KEY[key], value), **more)  # type: ignore[arg-type]


def told(name: str = "Numbers", parts: int = 0, metrics: int = 2, **choice: object) -> Told:
    lines = [line(one.key, 1234.5, note="<!here> " * 60) for one in METRICS[:metrics]]
    people = [Part(f"Person {one}", lines[:5], f"U{one:09}") for one in range(parts)]
    points = tuple(
        Point(Period(day, day), Value(80.0 + number, 10))
        for number in range(14)
        for day in [DAY.first - timedelta(days=13 - number)]
    )
    shown = replace(DIGEST, name=name, choice=Choice(**choice))  # type: ignore[arg-type]
    series = Series(METRICS[0], points, By.DAY)
    return Told(shown, name, DAY, lines, (), people, POST, series)


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("metrics", [1, METRICS_AT_MOST])
@pytest.mark.parametrize("parts", [0, 3, 200])
@pytest.mark.parametrize("is_short", [False, True])
def test_they_fit(t: Text, words: str, metrics: int, parts: int, *, is_short: bool) -> None:
    seen = told(words, parts, metrics, is_short=is_short)
    text, blocks = digest.message(seen, t)
    assert check.message(blocks) == []
    assert 0 < len(text) <= TEXT_LIMIT
    for said in (text, *mrkdwn_of(blocks)):
        assert not any(one in said for one in ("<!channel", "<!here", "<@U1>"))


def test_it_says_how_late_it_is_and_what_was_corrected() -> None:
    text, blocks = digest.message(replace(told(), lines=[line()]), T)
    assert "Late: it was due <!date^" in text
    assert "Corrected on Mar 2, 2026: CSAT was 81.1 %, is 80.4 %." in text
    said = "\n".join(mrkdwn_of(blocks))
    assert "Corrected on Mar 2, 2026: CSAT was 81.1 %, is 80.4 %." in said
    assert "Late: it was due <!date^" in said


def test_what_reads_the_same_is_not_called_corrected() -> None:
    """A length of time is told in minutes from an hour on: a second more is no correction."""
    post = replace(POST, told={"aht": (7201.0, None)}, corrected={"aht": (7202.0, None)})
    lines = [line("aht", 7202.0)]
    assert list(digest.corrections(post, lines, T)) == []


def test_many_people_are_cut_with_a_word_about_it() -> None:
    _text, blocks = digest.message(replace(told(parts=60), more=140), T)
    assert "and 140 more" in mrkdwn_of(blocks)
    _text, blocks = digest.message(replace(told(parts=60, metrics=5), more=140), T)
    said = "\n".join(mrkdwn_of(blocks))
    assert f"and {200 - said.count('<@U')} more" in said


def test_people_stand_by_name_and_of_many_only_the_first_are_worked_out() -> None:
    called = {"U1": "zoe", "U2": "Bea", "U3": "Al", "U4": "Al"}
    bundles = {one: Bundle(1, {"contacts": 1000 * at}) for at, one in enumerate([*called, "U9"], 1)}
    shown = first_by_name(called, 3)
    found = people_parts(called, shown, bundles, [BY_KEY["contacts"]], 10)
    said = [(one.name, one.person_id, one.lines[0].value.amount) for one in found]
    assert said == [("Al", "U3", 3), ("Al", "U4", 4), ("Bea", "U2", 2)]


def test_its_chart_is_the_first_number_and_in_words_too() -> None:
    _text, blocks = digest.message(told(), T)
    [chart] = [one for one in blocks if one["type"] == "data_visualization"]
    assert chart["title"] == "Contacts by day"
    assert any(one.startswith("*Contacts by day*: Feb 17: 80, ") for one in mrkdwn_of(blocks))


def test_without_numbers_yet_it_says_that_they_will_come() -> None:
    text, blocks = digest.message(replace(told(), lines=()), T)
    assert text.endswith("They appear here once they are.")
    assert not [one for one in blocks if one["type"] in {"actions", "data_visualization"}]


@pytest.mark.parametrize("about", list(About))
def test_the_form_shows_what_was_chosen(about: About) -> None:
    choice = Choice(about, has_chart=False, by_person=True, is_short=True)
    saved = replace(
        DIGEST, cadence=Cadence.WEEKLY, on_day=3, readers=("U0BOB",), channel="", choice=choice
    )
    assert drafted(saved).over(saved, "U0BOB") == replace(
        saved, choice=replace(choice, by_person=about is not About.PERSON)
    )
    team = Team(WORKSPACE, BILLING, "<Billing>", zone="Europe/Berlin")
    form = digest_form.digest_form(team, BY_KEY, drafted(saved), saved, T, is_department=True)
    assert check.view(form, "modal") == []
    assert digest_form.carried(form["private_metadata"]) == (BILLING, "d", 1)
    new = digest_form.digest_form(team, BY_KEY, DigestDraft(), None, T, is_department=True)
    assert check.view(new, "modal") == []
    assert "<Billing>" not in str(mrkdwn_of(form["blocks"]))


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("count", [0, 1, 25, 60])
def test_the_list_fits(t: Text, count: int) -> None:
    team = Team(WORKSPACE, BILLING, "Billing")
    some = [
        Listed(replace(DIGEST, id=str(number), cadence=cadence, on_day=1, name="&" * 60), "B", POST, None)
        for number in range(count)
        for cadence in [list(Cadence)[number % 4]]
    ]  # fmt: skip
    for teams in ([team], [team, replace(team, id="other")]):
        view = builder.digest_list(teams, some, BILLING, t, gone={"C0"})
        assert check.view(view, "modal") == []


def test_a_preview_is_a_modal_without_a_chart() -> None:
    view = digest_form.preview(told(parts=100, metrics=METRICS_AT_MOST), T)
    assert check.view(view, "modal") == []
    assert "data_visualization" not in str(view)


def test_a_row_of_numbers_has_signs_and_no_colours() -> None:
    lines = [
        line("csat", 80.4, target=80.0, verdict=Verdict.MET),
        line("aht", 200.0, target=180.0, verdict=Verdict.MISSED),
        line("fcr", 50.0, is_few=True),
        line("contacts", 10.0),
    ]
    said = strip(Strip(DAY.last, lines), T)
    assert said == (
        "Numbers of Mar 2, 2026: CSAT 80.4 % ✓ · AHT 3 min 20 s ✗ · FCR 50 % (few) · Contacts 10"
    )


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
def test_only_who_gets_it_privately_can_stop_it_and_their_message_says_so(t: Text) -> None:
    """Not in a channel, not in a test, and not for a reader who was taken out since."""
    private = replace(DIGEST, channel="", readers=("U0BOB",))
    mine = replace(told(), digest=private, reader_id="U0BOB")
    stopped = replace(mine, digest=replace(private, stopped=("U0BOB", "U0ALICE")))
    others = (told(), replace(mine, is_test=True), replace(mine, reader_id="U0ALICE"))
    drawn = [str(digest.message(one, t)[1]) for one in (mine, stopped, *others)]
    assert [ids.DIGEST_STOP in one for one in drawn] == [True, False, False, False, False]
    assert [ids.DIGEST_WANT in one for one in drawn] == [False, True, False, False, False]
    assert check.message(digest.message(stopped, t)[1]) == []


def test_the_form_says_quietly_who_does_not_want_it() -> None:
    """Of its readers alone: who stopped it once and is in it no more is nobody's business."""
    team = Team(WORKSPACE, BILLING, "Billing", zone="Europe/Berlin")
    saved = replace(DIGEST, channel="", readers=("U0BOB", "U0ALICE"), stopped=("U0ALICE", "U0DAN"))
    form = digest_form.digest_form(team, BY_KEY, drafted(saved), saved, T, is_department=False)
    assert check.view(form, "modal") == []
    [said] = [one for one in mrkdwn_of(form["blocks"]) if one.startswith("Not sent at present")]
    assert "<@U0ALICE>" in said
    assert "U0DAN" not in str(form)


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("count", [1, 60])
def test_the_list_of_who_only_reads_fits(t: Text, count: int) -> None:
    some = [
        Listed(replace(DIGEST, id=f"{one}", name="&" * 60, readers=("U1",), stopped=("U1",) * (one % 2)), "B", None, NOON)
        for one in range(count)
    ]  # fmt: skip
    team = Team(WORKSPACE, BILLING, "Billing")
    for teams, entries in (((), ()), ([team], some)):
        view = builder.digest_list(teams, entries, "", t, mine=some, reader_id="U1")
        assert check.view(view, "modal") == []
        assert ids.DIGEST_STOP in str(view)
    assert ids.DIGEST_NEW not in str(builder.digest_list((), (), "", t, mine=some))
