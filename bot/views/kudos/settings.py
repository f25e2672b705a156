"""The form of what a team decides about kudos."""

import json
from collections.abc import Iterator

from bot.rules.calendars import WEEKDAYS
from bot.rules.kudos import KudosSettings
from bot.rules.kudos.setting import (
    DAY_AT_MOST,
    NEVER,
    PAIR_AT_MOST,
    VALUE_LIMIT,
    VALUES_AT_MOST,
    WEEKS_AT_MOST,
)
from bot.rules.teams import Team
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.kudos import ids
from bot.views.shifts.form import time_picker
from bot.views.teams.words import DAYS

WALL, LEADERBOARD = "wall", "leaderboard"


def settings_form(team: Team, settings: KudosSettings, t: Text) -> Block:
    """With what counts now."""
    return b.modal(
        ids.SETTINGS_FORM,
        t("Kudos"),
        [b.context(*_about(team, t)), *_thanking(team, settings, t), *_telling(settings, t)],
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps({"team": team.id, "version": settings.version}),
    )


def carried(metadata: str) -> tuple[str, int]:
    """The team, and the version of its settings that the form showed."""
    found = json.loads(metadata)
    return str(found["team"]), int(found["version"])


def _about(team: Team, t: Text) -> Iterator[str]:
    yield f"*{escape(team.name)}*"
    yield t(
        "Public thanks are posted in the team's channel at once. What counts is the receiver's team."
    )


def _thanking(team: Team, settings: KudosSettings, t: Text) -> Iterator[Block]:
    values = "\n".join(settings.values_in(team.language))
    yield b.field(
        "values",
        t("Values, one on each line"),
        b.text_input(multiline=True, initial=values),
        hint=t(
            "At most {count}, of {limit} characters each. Thanks are given for one of them.",
            count=VALUES_AT_MOST,
            limit=VALUE_LIMIT,
        ),
    )
    yield b.field(
        "emoji",
        t("Emoji that is thanks as a reaction"),
        b.text_input(initial=settings.emoji, max_length=100),
        hint=t(
            "Its name, such as tada. It counts for who wrote the message. Empty: no reaction does."
        ),
        optional=True,
    )
    yield b.field(
        "per_day",
        t("How many people one may thank a day"),
        _number(settings.per_day, DAY_AT_MOST),
        hint=t("Thanks that cost nothing are worth little: a few a day make people choose."),
    )
    yield b.field(
        "per_pair",
        t("How often the same person a week"),
        _number(settings.per_pair, PAIR_AT_MOST),
    )


def _telling(settings: KudosSettings, t: Text) -> Iterator[Block]:
    days = [b.option(t("Never"), NEVER), *(b.option(t(DAYS[day]), day) for day in WEEKDAYS)]
    day = NEVER if settings.digest_day is None else WEEKDAYS[settings.digest_day]
    yield b.field(
        "digest_day", t("Weekly digest in the team's channel"), b.select(days, initial=day)
    )
    yield b.field("digest_at", t("At, by the team's clock"), time_picker(settings.digest_at))
    told = [
        b.option(t("A wall of the month, on its first working day"), WALL),
        b.option(
            t("A list of who gives and gets most, in the digest"),
            LEADERBOARD,
            t("Off at first: a race for numbers takes the meaning out of thanks."),
        ),
    ]
    is_on = {WALL: settings.has_wall, LEADERBOARD: settings.has_leaderboard}
    chosen = [name for name, is_so in is_on.items() if is_so]
    yield b.field("told", t("And besides"), b.checkboxes(told, chosen), optional=True)
    yield b.field(
        "quiet_weeks",
        t("Tell leads of people without thanks after so many weeks"),
        _number(settings.quiet_weeks, WEEKS_AT_MOST),
        hint=t("Privately, in `/kudos team`: somebody may be overlooked."),
    )


def _number(now: int, most: int) -> Block:
    return {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(most),
        "initial_value": str(now),
    }
