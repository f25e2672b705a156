"""What a team may decide about kudos, field by field."""

from dataclasses import replace
from datetime import time

import pytest

from bot.rules.kudos import KudosSettings
from bot.rules.kudos.setting import NEVER, SettingsDraft, problems
from bot.rules.teams import Team
from tests.cast import BILLING, WORKSPACE

TEAM = Team(WORKSPACE, BILLING, "Billing")
GREEK = replace(TEAM, language="el")
BEFORE = KudosSettings(WORKSPACE, BILLING, version=3)
DRAFT = SettingsDraft(
    "Care\n  Team  spirit \ncare\n\n", ":raised_hands::skin-tone-2:", 3, 1, "mon", time(9), quiet_weeks=4
)  # fmt: skip


def test_it_is_written_over_what_was() -> None:
    assert problems(DRAFT) == {}
    assert DRAFT.over(BEFORE, TEAM) == KudosSettings(
        *(WORKSPACE, BILLING, ("Care", "Team spirit"), "raised_hands", 3, 1, 0, time(9)),
        *(False, False, 4, 3),
    )
    never = replace(DRAFT, digest_day=NEVER, has_wall=True, has_leaderboard=True)
    after = never.over(BEFORE, TEAM)
    assert (after.digest_day, after.has_wall, after.has_leaderboard) == (None, True, True)


def test_the_shipped_values_stay_those_of_every_language() -> None:
    shipped = BEFORE.values_in("el")
    untouched = replace(DRAFT, values="\n".join(shipped))
    assert untouched.over(BEFORE, GREEK).values == ()
    assert untouched.over(BEFORE, TEAM).values == shipped


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("values", " \n ", "at least one value"),
        ("values", "\n".join(f"v{n}" for n in range(13)), "12 values"),
        ("values", "Kindness\nTwenty-one characters", "“Twenty-one characters” is longer than 20"),
        ("emoji", "🎉", "an emoji's name"),
        ("emoji", "two words", "an emoji's name"),
        ("per_day", None, "from 1 to 50"),
        ("per_day", 0, "from 1 to 50"),
        ("per_day", 51, "from 1 to 50"),
        ("per_pair", 21, "from 1 to 20"),
        ("quiet_weeks", -1, "from 1 to 52"),
        ("digest_day", "", "choose a day"),
        ("digest_at", None, "choose a time"),
    ],
)
def test_what_is_refused(field: str, value: object, why: str) -> None:
    found = problems(replace(DRAFT, **{field: value}))  # type: ignore[arg-type]
    assert set(found) == {field}
    assert why in str(found[field])


def test_no_emoji_is_an_answer() -> None:
    assert problems(replace(DRAFT, emoji="")) == {}
    assert replace(DRAFT, emoji="").over(BEFORE, TEAM).emoji == ""
