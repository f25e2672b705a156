"""Words for people: gettext catalogues, plural forms, dates and numbers by locale, and safe mrkdwn.

English is the source. `bot/locales/<language>/LC_MESSAGES/baton.po` are read when first needed and compiled in memory,
so that no binary catalogue can be out of date.
"""

import gettext
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as time_of_day
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.errors import Refused

LOCALES = Path(__file__).parent / "locales"


def _(message: str) -> str:
    """Mark a message for translation where nobody is known yet to translate it for."""
    return message


@dataclass(frozen=True, slots=True)
class Text:
    """What one reader sees: their language, their zone. `locale` is BCP 47 (`en-US`), `zone` an IANA name."""

    locale: str = "en-US"
    zone: str = "UTC"

    @property
    def language(self) -> str:
        """`en` of `en-US`."""
        return _language(self.locale)

    def __call__(self, message: str, /, **values: Any) -> str:
        """The message in the reader's language, `{names}` filled in."""
        found = _catalogue(_language(self.locale)).gettext(message) if message else ""
        return found.format(**values) if values else found

    def n(self, one: str, many: str, count: int, /, **values: Any) -> str:
        """The plural form for `count`, which is also the value `{count}`."""
        found = _catalogue(_language(self.locale)).ngettext(one, many, count)
        return found.format(count=self.number(count), **values)

    def of(self, refused: Refused) -> str:
        """What a refusal says to this reader."""
        return self(refused.message, **refused.values)

    def number(self, value: float) -> str:
        return str(numbers.format_decimal(value, locale=_babel(self.locale)))

    def money(self, amount: Any, currency: str) -> str:
        return str(numbers.format_currency(amount, currency, locale=_babel(self.locale)))

    def time(self, moment: datetime) -> str:
        """The time of day in the reader's zone, without seconds."""
        zone = ZoneInfo(self.zone)
        return str(dates.format_time(moment, "short", tzinfo=zone, locale=_babel(self.locale)))

    def clock(self, at: time_of_day) -> str:
        """A time of day as a clock shows it, whatever the zone."""
        return str(dates.format_time(at, "short", locale=_babel(self.locale)))

    def day(self, day: date) -> str:
        return str(dates.format_date(day, "medium", locale=_babel(self.locale)))

    def day_of_year(self, day: date) -> str:
        """The same without the year, where there is little room."""
        return str(dates.format_skeleton("MMMd", day, locale=_babel(self.locale)))

    def month(self, day: date) -> str:
        """The month of a day, with its year."""
        return str(dates.format_skeleton("yMMMM", day, locale=_babel(self.locale)))

    def weekday(self, number: int) -> str:
        """The short name of a weekday; 0 is Monday."""
        return str(_babel(self.locale).days["stand-alone"]["abbreviated"][number])

    @property
    def day_pattern(self) -> str:
        """How days are written in figures, in the letters of Unicode's patterns: `M/d/y`."""
        return str(_babel(self.locale).datetime_skeletons["yMd"].pattern)

    @property
    def clock_pattern(self) -> str:
        """How the time of day is written, likewise: `h:mm a` or `HH:mm`."""
        return str(dates.get_time_format("short", locale=_babel(self.locale)).pattern)

    def moment(self, moment: datetime) -> str:
        """Day and time as plain words, for where Slack's own date formatting does not work."""
        zone = ZoneInfo(self.zone)
        return str(dates.format_datetime(moment, "medium", tzinfo=zone, locale=_babel(self.locale)))


def escape(text: str) -> str:
    """What a person typed, safe inside mrkdwn: it cannot become a mention, a link or a broadcast."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mention(person_id: str) -> str:
    return f"<@{person_id}>"


def channel_link(channel_id: str) -> str:
    return f"<#{channel_id}>"


def link(url: str, label: str) -> str:
    """A mrkdwn link. The label is escaped here; `|` and `>` cannot end it early."""
    return f"<{url.replace('|', '%7C').replace('>', '%3E')}|{escape(label).replace('|', '¦')}>"


def when(moment: datetime, t: Text) -> str:
    """A moment that each reader sees in their own zone; the fallback is in `t`'s."""
    return f"<!date^{moment.timestamp():.0f}^{{date_short_pretty}} {{time}}|{t.moment(moment)}>"


def languages() -> list[str]:
    """The languages that Baton speaks, English first."""
    return ["en", *sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())]


def _language(locale: str) -> str:
    return locale.replace("_", "-").split("-")[0].lower()


@lru_cache(maxsize=64)
def _catalogue(language: str) -> gettext.NullTranslations:
    path = LOCALES / language / "LC_MESSAGES" / "baton.po"
    if not language.isalpha() or not path.is_file():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=64)
def _babel(locale: str) -> Locale:
    try:
        return Locale.parse(locale, sep="-" if "-" in locale else "_")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "US")
