"""The languages that a team may be spoken to in, each by its own name."""

from babel import Locale

from bot.text import languages


def name_of(language: str) -> str:
    """`Deutsch` for `de`; the tag itself for a language that has no name here."""
    found = Locale.parse(language, sep="-" if "-" in language else "_").get_display_name()
    return found[:1].upper() + found[1:] if found else language


def find_language(written: str) -> str | None:
    """The tag that is meant by a tag, or by a language's name in English or in itself."""
    word = written.strip().replace("_", "-").casefold()
    for tag in languages():
        english = Locale.parse(tag, sep="-" if "-" in tag else "_").get_display_name("en") or ""
        if word in {tag.replace("_", "-").casefold(), name_of(tag).casefold(), english.casefold()}:
            return tag
    return None


def of_locale(locale: str) -> str:
    """The language to offer first to somebody: their own if Baton speaks it."""
    return find_language(locale) or find_language(locale.replace("_", "-").split("-")[0]) or "en"
