"""A team's coaching settings: skills as they are typed, and limits."""

import pytest

from bot.rules.coaching.settings import SKILLS, CoachingSettings, SettingsDraft, problems
from tests.cast import BILLING, WORKSPACE


def test_each_skill_counts_once_and_in_its_order() -> None:
    draft = SettingsDraft("Listening\n\n  listening \n Clear   words\x00\n")
    assert draft.listed == ("Listening", "Clear words")


def test_without_its_own_a_team_has_the_usual_ones_in_its_language() -> None:
    settings = CoachingSettings(WORKSPACE, BILLING)
    assert settings.offered("en") == SKILLS
    assert len(settings.offered("uk")) == len(SKILLS)
    assert CoachingSettings(WORKSPACE, BILLING, ("Own",)).offered("uk") == ("Own",)


@pytest.mark.parametrize(
    ("skills", "weeks", "fields"),
    [
        ("", 4, set()),
        ("\n".join(map(str, range(30))), 0, set()),
        ("\n".join(map(str, range(31))), 4, {"skills"}),
        ("x" * 41, 4, {"skills"}),
        ("", None, {"quiet_weeks"}),
        ("", -1, {"quiet_weeks"}),
        ("x" * 41, 27, {"skills", "quiet_weeks"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    skills: str, weeks: int | None, fields: set[str]
) -> None:
    assert set(problems(SettingsDraft(skills, weeks))) == fields
