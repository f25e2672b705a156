"""The names of months, in the languages of the files that come."""

from functools import lru_cache

from bot.rules.metrics.importing.cells.plain import plain

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
STEMS = {
    stem: number
    for number, stems in enumerate(
        ("januar ene jane janv gen янв січ ιαν", "februar febr febb fev фев лют φεβ", "marz mars marc mrz мар бер μαρ",
         "abr avr apri апр кві απρ", "mai mayo mag мая маи тра μαι", "juni junh juin giu июн чер ιουν",
         "juli julh juil lug июл лип ιουλ", "ago aou авг сер αυγ", "sept set сен вер σεπ", "okt octu octo out ott окт жов οκτ",
         "novi nove ноя лис νοε", "dez dic dece дек гру δεκ"), 1,
    )
    for stem in stems.split()
}  # fmt: skip
"""How the months begin in German, Spanish, Portuguese, French, Italian, Russian, Ukrainian and Greek, without accents."""


@lru_cache(maxsize=1000)
def month_of(name: str) -> int | None:
    """From 1 to 12."""
    bare = plain(name)
    if bare in MONTHS:
        return MONTHS[bare]
    return next((number for stem, number in STEMS.items() if bare.startswith(stem)), None)


WHOLE = {
    plain(name): number
    for number, names in enumerate(
        ("januar enero janeiro janvier gennaio январь января січень січня ιανουάριος ιανουαρίου",
         "februar febrero fevereiro février febbraio февраль февраля лютий лютого φεβρουάριος φεβρουαρίου",
         "märz marzo março mars март марта березень березня μάρτιος μαρτίου",
         "april abril avril aprile апрель апреля квітень квітня απρίλιος απριλίου",
         "mai mayo maio maggio май мая травень травня μάιος μαΐου",
         "juni junio junho juin giugno июнь июня червень червня ιούνιος ιουνίου",
         "juli julio julho juillet luglio июль июля липень липня ιούλιος ιουλίου",
         "august agosto août август августа серпень серпня αύγουστος αυγούστου",
         "september septiembre setiembre setembro septembre settembre сентябрь сентября вересень вересня σεπτέμβριος σεπτεμβρίου",
         "oktober octubre outubro octobre ottobre октябрь октября жовтень жовтня οκτώβριος οκτωβρίου",
         "november noviembre novembro novembre ноябрь ноября листопад листопада νοέμβριος νοεμβρίου",
         "dezember diciembre dezembro décembre dicembre декабрь декабря грудень грудня δεκέμβριος δεκεμβρίου"), 1,
    )
    for name in names.split()
}  # fmt: skip


def named_month(name: str) -> int | None:
    """The same of a name that stands alone: “Settings 2024” is no September."""
    bare = plain(name)
    return MONTHS.get(bare) or WHOLE.get(bare) or STEMS.get(bare)
