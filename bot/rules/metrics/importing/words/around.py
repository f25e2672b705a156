"""What stands around the word in a header: units, brackets, numbers, and the word for a mean."""

import re

from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.plain import plain

WORDS_OF_UNITS = {
    Unit.MILLISECONDS: ("ms", "milliseconds", "msec", "millis"),
    Unit.SECONDS: ("s", "sec", "secs", "second", "seconds", "sekunden", "sek", "segundos", "segs", "seg", "secondes", "secondi", "сек", "секунд", "δευτ", "δευτερόλεπτα"),
    Unit.MINUTES: ("min", "mins", "minute", "minutes", "minuten", "minutos", "minuti", "мин", "минут", "хв", "хвилин", "λεπτά"),
    Unit.HOURS: ("h", "hr", "hrs", "hour", "hours", "stunden", "horas", "heures", "ore", "часов", "годин", "ώρες"),
    Unit.DAYS: ("days", "tage", "dias", "jours", "giorni", "дней", "днів", "ημέρες"),
}  # fmt: skip
UNITS = {plain(word): unit for unit, words in WORDS_OF_UNITS.items() for word in words}
SAYS_UNIT = re.compile(
    r"(?:\s+|\s*[\[(]\s*)(?:in |en |em |σε |в )?(" + "|".join(UNITS) + r")\.?\s*[\])]?\s*$"
)
UNIT_FIRST = re.compile(r"(" + "|".join(UNITS) + r") (?:of |on )?(.+)")
OTHER_CLOCK = re.compile(r"within business hours|\(?business hours\)?$|in business hours")
"""The second of a pair: the first counts around the clock, and is what the shipped definitions mean."""
SUFFIX = re.compile(
    r"\s*[\[(](?:list|txt|int|dec|date|flg|y/n|yes/no|s/n|si/no|sim/nao|o/n|oui/non|hh:mm:ss|h:mm:ss|mm:ss|utc|gmt)[\])]$"
)
CUSTOM = re.compile(r"custom field \((.+)\)", re.IGNORECASE)
"""How a tracker calls a column that is its customer's own."""
NUMBER_SIGN = re.compile(r"\s*#\s*$")
REPEATED = re.compile(r"(?:_\d+|\s\(\d+\))$")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
RUN_TOGETHER = re.compile(
    r"\b(talk|hold|wait|queue|handle|wrap|ring|resolution|bill)(time|date|sec)\b"
)
"""`TALKTIME` is two words."""
PARTICLES = re.compile(r"\b(?:de|do|da|dos|das|del|la|el|al|di|della|dell|du|des|d|l) ")
"""What some write between two words, and others leave out: `tempo de resolução`, `tempo_resolucao`."""
MEAN = re.compile(
    r"(?:avg|average|mean|durchschnittliche|promedio|средн\w+|середн\w+|μεσος|μεση) (?:of )?(.+)|(.+) (?:avg|average|mean)"
)
