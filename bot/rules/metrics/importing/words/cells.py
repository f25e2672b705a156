"""What cells say that hold one of a few words: ratings, targets, states, and the totals below a table."""

import re
from decimal import Decimal

from bot.rules.metrics.importing.cells.missing import trim
from bot.rules.metrics.importing.cells.plain import plain


def _plain(*groups: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(one) for group in groups for one in group)


VERDICTS: dict[str, int | None] = {
    **dict.fromkeys(("extremely happy", "very happy", "very satisfied", "excellent", "amazing", "great", "highly satisfied"), 5),
    **dict.fromkeys(("good", "good with comment", "positive", "thumbs up", "👍", "😍", "🤩"), 5),
    **dict.fromkeys(("happy", "satisfied", "somewhat satisfied", "😃", "🙂"), 4),
    **dict.fromkeys(("neutral", "ok", "okay", "average", "neither satisfied nor dissatisfied", "fair", "😐"), 3),
    **dict.fromkeys(("unhappy", "dissatisfied", "unsatisfied", "somewhat dissatisfied", "poor", "🙁", "😕"), 2),
    **dict.fromkeys(("extremely unhappy", "very unhappy", "very dissatisfied", "terrible", "very poor", "highly dissatisfied"), 1),
    **dict.fromkeys(("bad", "not good", "bad with comment", "negative", "thumbs down", "👎", "😠"), 1),
    **dict.fromkeys(("offered", "unoffered", "not offered", "not rated", "unrated", "no response", "not surveyed", "no rating"), None),
}  # fmt: skip
"""A rating in words, of 1 to 5; None where nobody rated. Good and bad alone are the best and the worst."""
LEADING_NUMBER = re.compile(r"(\d)\s*[-–:.)]\s+\D")
"""`3 - Highly satisfied` says its number itself."""
OUT_OF = re.compile(r"(\d+(?:\.\d+)?)\s*(?:/|out of)\s*(\d+)|(\d)\s*stars?")

MET = _plain(
    ("within sla", "met", "achieved", "hit", "within", "in sla", "insla", "below sla", "on time", "in time", "fulfilled"),
    ("within target", "sla met", "not breached", "not violated", "compliant", "passed", "success", "successful", "in compliance"),
    ("within service level", "within slo", "eingehalten", "выполнено", "виконано", "в срок", "вчасно", "εντός sla"),
)  # fmt: skip
BREACHED = _plain(
    ("sla violated", "violated", "breached", "missed", "resolution violation", "response violation", "outside sla", "out of sla", "outofsla", "above sla", "overdue", "late"),
    ("failed", "not met", "sla breached", "sla missed", "outside", "not achieved", "non compliant", "exceeded", "violation"),
    ("verletzt", "überschritten", "просрочено", "прострочено", "нарушено", "порушено", "εκτός sla"),
)  # fmt: skip
NO_OUTCOME = frozenset(
    {
        "active",
        "cancelled",
        "canceled",
        "paused",
        "pending",
        "no sla",
        "none",
        "in progress",
        "waiting",
    }
)
SOLVED = _plain(
    ("solved", "closed", "resolved", "completed", "complete", "done", "fixed", "finished", "closed complete", "auto closed", "auto-closed"),
    ("geschlossen", "gelöst", "erledigt", "закрыт", "закрыто", "закрыта", "решен", "решено", "решена"),
    ("cerrado", "cerrada", "resuelto", "resuelta", "solucionado", "fechado", "fechada", "resolvido", "resolvida", "concluido", "concluida", "finalizado", "finalizada", "encerrado", "encerrada", "ferme", "resolu", "clos", "chiuso", "risolto"),
    ("закрито", "вирішено", "вирішений", "закритий", "κλειστό", "επιλύθηκε", "ολοκληρώθηκε"),
)  # fmt: skip
CANCELLED = _plain(
    ("cancelado", "cancelada", "annule", "annullato"),
    ("cancelled", "canceled", "deleted", "withdrawn", "spam", "ακυρώθηκε", "отменено", "скасовано"),
)
OPEN = _plain(
    ("open", "new", "pending", "on hold", "hold", "in progress", "reopened", "waiting", "assigned", "active", "snoozed"),
    ("waiting on customer", "waiting on third party", "waiting on contact", "waiting on us", "awaiting user info"),
    ("awaiting vendor", "awaiting evidence", "awaiting problem", "pending customer response", "offen", "открыт", "відкрито"),
    ("unresolved", "not resolved", "unsolved", "not solved", "re-opened", "work in progress", "to do", "nicht gelöst", "не решено", "не вирішено"),
    ("no resuelto", "no resuelta", "nao resolvido", "nao resolvida", "non resolu", "non risolto", "reabierto", "reaberto", "reaberta", "rouvert", "riaperto"),
    ("abierto", "abierta", "pendiente", "en curso", "en proceso", "nuevo", "aberto", "pendente", "em andamento", "novo", "ouvert", "en cours", "en attente", "aperto", "in corso", "in attesa"),
)  # fmt: skip
ANSWERED = _plain(
    ("atendida", "contestada", "respondida", "repondu", "decroche", "risposta"),
    (
        "answered",
        "connected",
        "accepted",
        "handled",
        "completed",
        "complete",
        "call answered",
        "transferred",
    ),
)
UNANSWERED = _plain(
    ("abandoned", "missed", "no answer", "not answered", "unanswered", "hung up", "dropped", "abandon", "not connected"),
    ("missed call", "abandoned call", "voicemail", "missed with voicemail", "failed", "declined", "rejected", "hangup", "busy", "congestion"),
    ("abandonada", "perdida", "no contestada", "no atendida", "nao atendida", "abandonne", "manque", "abbandonata", "persa"),
)  # fmt: skip
TOTALS = re.compile(
    r"(?:(?:grand|sub|overall)[ -]?)?(?:totals?|sum)|(?:gesamt|zwischen)?summe|gesamt|insgesamt|(?:всего|итого|разом|усього|всього|підсумок)"
    r"|(?:γενικό )?(?:σύνολο|σύνολα)|total général|totale?s?|avg|average|mean|durchschnitt|среднее|середнє|μέσος όρος",
    re.IGNORECASE,
)

A_TOTAL = re.compile(
    r"(.+?)[ -]+(?:sub-?)?totals?:?|(?:sub-?)?totals? (?:for |of )?(.+?):?", re.IGNORECASE
)


WAITS = re.compile(r"(?:pending|waiting|awaiting|on hold|holding|in progress)\b.*")
"""Whatever a case waits for."""


def is_open(said: str) -> bool:
    """Whether a plain word says that a case is not solved."""
    return said in OPEN or WAITS.fullmatch(said) is not None


def is_state(text: str) -> bool:
    """Whether it says how a case or a call ended, or that it did not."""
    said = plain(text)
    return said in STATES or is_open(said)


STATES = SOLVED | CANCELLED | OPEN | ANSWERED | UNANSWERED


def is_ending(text: str) -> bool:
    """Whether it says whether a call was answered, and nothing else."""
    return plain(text) in ANSWERED | UNANSWERED


def is_total(text: str) -> bool:
    """Whether a cell says that its line adds up the lines above."""
    return TOTALS.fullmatch(trim(text).rstrip(":").rstrip()) is not None


def total_of(text: str) -> str:
    """Whose lines this one adds up, if it says so: of `Ann Total` it is Ann."""
    found = A_TOTAL.fullmatch(trim(text))
    return (found[1] or found[2]) if found else ""


def verdict(text: str) -> int | None:
    """The rating that words say: None if nobody rated. Raises ValueError if they are no rating."""
    said = plain(text)
    if found := LEADING_NUMBER.match(said):
        return int(found[1])
    if found := OUT_OF.fullmatch(said):
        return _out_of(found)
    if said not in VERDICTS:
        raise ValueError(text)
    return VERDICTS[said]


def _out_of(found: re.Match[str]) -> int:
    """`4/5` and `4 stars`. Raises ValueError for what is of another scale."""
    if found[3]:
        return int(found[3])
    if found[2] != "5" or Decimal(found[1]) % 1:
        raise ValueError(found[0])
    return int(Decimal(found[1]))


def is_verdict(text: str) -> bool:
    try:
        verdict(text)
    except ValueError:
        return False
    return True


def is_outcome(text: str) -> bool:
    return plain(text) in OUTCOMES


OUTCOMES = MET | BREACHED | NO_OUTCOME
