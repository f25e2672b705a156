"""Slack status words that mean that somebody is away, in every language that Baton speaks. `_` stands for a space."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from unicodedata import combining, normalize

from bot.rules.absences import Kind

WORDS: Mapping[str, Mapping[Kind, tuple[str, ...]]] = {
    "en": {
        Kind.SICK: ("sick", "out_sick", "sick_leave", "unwell", "ill"),
        Kind.VACATION: (
            "vacation", "vacationing", "on_holiday", "on_holidays", "annual_leave", "on_leave", "pto", "day_off",
        ),
        Kind.OTHER: ("out_of_office", "out_of_the_office", "ooo", "parental_leave"),
    },
    "el": {
        Kind.SICK: ("άρρωστος", "άρρωστη", "αναρρωτική", "ασθένεια"),
        Kind.VACATION: ("διακοπές", "σε_άδεια", "άδεια", "ρεπό"),
        Kind.OTHER: ("εκτός_γραφείου",),
    },
    "uk": {
        Kind.SICK: ("хворію", "на_лікарняному", "лікарняний", "захворів", "захворіла"),
        Kind.VACATION: ("відпустка", "у_відпустці", "в_відпустці", "вихідний"),
        Kind.OTHER: ("поза_офісом", "не_в_офісі"),
    },
}  # fmt: skip
EMOJI: Mapping[str, Kind] = {
    ":palm_tree:": Kind.VACATION,
    ":desert_island:": Kind.VACATION,
    ":face_with_thermometer:": Kind.SICK,
}
"""What Slack itself suggests beside “Vacationing” and “Out sick”; they count when no word says otherwise."""
NO_AWAY = ("no_vacation", "not_sick", "back_from", "vacation_planning")


@dataclass(frozen=True, slots=True)
class Status:
    """What Slack says under somebody's name. `ends_at` is when it clears by itself, `said_at` when Slack heard it."""

    text: str = ""
    emoji: str = ""
    ends_at: datetime | None = None
    said_at: datetime | None = None

    @property
    def mark(self) -> str:
        """Equal for the same status, and nothing of it can be read back."""
        said = f"{self.text}\n{self.emoji}\n{self.ends_at}"
        return blake2b(said.encode(), digest_size=16).hexdigest()


def away_kind(text: str, emoji: str) -> Kind | None:
    """What kind of absence a status speaks of, or None. An emoji alone is enough only without any words."""
    words = _plain(text)
    if any(_says(words, one) for one in NO_AWAY):
        return None
    for kind in (Kind.SICK, Kind.VACATION, Kind.OTHER):
        if any(_says(words, one) for language in WORDS.values() for one in language[kind]):
            return kind
    return None if words else EMOJI.get(emoji)


def _says(words: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_plain(phrase))}(?!\w)", words) is not None


def _plain(text: str) -> str:
    letters = normalize("NFD", text.casefold().replace("_", " "))
    bare = "".join(one for one in letters if not combining(one))
    return " ".join(bare.split())
