"""What stands over the columns of other people's exports, for each role from the best to the vaguest."""

import re
from collections.abc import Mapping
from enum import StrEnum

from bot.rules.metrics.importing.recognising.roles import Role


class Source(StrEnum):
    """Which program an export is of."""

    ZENDESK = "zendesk"
    FRESHDESK = "freshdesk"
    FRESHSERVICE = "freshservice"
    GENESYS = "genesys"
    RINGCENTRAL = "ringcentral"
    FREE = "free"


# Headers that only one program writes, by how they begin; with `$`, whole. A file is its export if it has this many of them.
MARKS: Mapping[Source, tuple[str, ...]] = {
    Source.ZENDESK: ("summation column", "requester external id", "group stations", "assignee stations", "satisfaction score", "requester domain"),
    Source.FRESHSERVICE: ("requester vip", "requester location", "experience score", "association type", "survey result"),
    Source.FRESHDESK: ("every response status", "survey results", "agent interactions", "time tracked", "initial response time"),
    Source.GENESYS: ("interval start$", "interval end$", "interval complete", "media type", "on queue", "full export completed", "first queue", "initial direction"),
    Source.RINGCENTRAL: ("all calls", "calls by direction", "calls by response", "calls by result", "calls segments", "calls by queue sla", "calls by origin", "calls duration by"),
}  # fmt: skip
MARKS_NEEDED = 2

WORDS: Mapping[Role, tuple[str, ...]] = {
    Role.KEY: (
        "ticket id", "call id", "case id", "case number", "ticket number", "conversation id", "interaction id", "unique id",
        "session id", "chat id", "incident number", "incident id", "request id", "call uuid", "survey id", "response id", "evaluation id",
        "id", "contact id", "ticket", "number", "reference", "reference number", "key", "issue key", "uuid", "guid", "case no", "ticket no", "id ticket",
        "fallnummer", "ticketnummer", "vorgangsnummer", "номер обращения", "номер заявки", "номер тикета", "номер", "номер звернення",
        "номер запиту", "αριθμός αιτήματος", "κωδικός", "αριθμός", "id κλήσης",
        "incident", "n ticket", "no ticket", "uniqueid", "call sid", "contact sid",
    ),
    Role.UPDATED: (
        "mod count", "sys mod count", "updated at", "last updated time", "last update time", "last updated", "last updated at", "updated",
        "last modified date", "last modified", "modified at", "updated time", "date updated", "last update", "modified",
        "updated on", "modification date", "last updated on",
    ),
    Role.COMPLETE: ("interval complete",),
    Role.DAY: (
        "created at", "created time", "created datetime", "created date time", "ticket created timestamp", "created timestamp", "created date", "create date", "createdate", "date created",
        "created", "issue reported at", "reported at", "opened at", "opened", "date opened", "open date", "date time opened", "call date", "calldate",
        "start time", "started at", "call start", "call start time", "start date", "interval start", "call timestamp", "timestamp", "date time",
        "datetime", "datetime utc", "date", "day", "date and time", "received at", "received", "submitted at", "creation date", "creation time",
        "conversation started at", "initiated at", "event date", "completed date", "date of call", "reporting date", "period", "date range", "reporting period", "week starting", "week beginning", "week commencing", "week start", "week of", "month start", "contact date", "submitted", "evaluation date", "review date",
        "datum", "erstellt am", "erstellt", "erstellungsdatum", "anrufdatum", "дата", "дата создания", "дата звонка", "создано", "дата створення",
        "дата дзвінка", "створено", "ημερομηνία", "ημερομηνία δημιουργίας", "ημερομηνία κλήσης", "ημ/νία", "δημιουργήθηκε",
        "created on", "opened on", "datestamp", "date stamp", "date reported", "reported on", "reported date", "date of creation", "timestamp utc", "response timestamp utc", "enqueue time", "date submitted", "survey date", "response date utc", "interaction date",
        "initiation timestamp", "interval start time",
    ),
    Role.TIME: (
        "time", "time of day", "call time", "hour", "hour of day", "interval", "uhrzeit", "zeit", "anrufzeit", "время", "время звонка", "час",
        "час дзвінка", "ώρα", "ώρα κλήσης",
        "started",
    ),
    Role.YEAR: ("year", "calendar year", "jahr", "ano", "annee", "anno", "год", "рік", "έτος", "χρόνος"),
    Role.MONTH: ("month", "month name", "calendar month", "month number", "monat", "mes", "mois", "mese", "месяц", "місяць", "μήνας"),
    Role.WEEK: (
        "week", "week number", "week no", "week of year", "iso week", "calendar week", "wk", "kw", "kalenderwoche", "woche", "semana", "semaine", "settimana",
        "неделя", "тиждень", "εβδομάδα",
    ),
    Role.MONTH_DAY: ("day of month", "day of the month", "tag", "день"),
    Role.YEAR_DAY: ("day and month", "month and day", "day month", "month day", "tag und monat", "dia y mes", "день и месяц", "день і місяць", "ημέρα και μήνας"),
    Role.QUARTER: ("quarter", "qtr", "quartal", "trimestre", "квартал", "τρίμηνο"),
    Role.PERSON: (
        "agent name", "agent", "assignee name", "assignee", "assigned to", "assigned agent", "user name", "users", "user", "rep", "representative",
        "rep name", "advisor", "advisor name", "employee", "employee name", "handled by", "ticket owner", "owner", "case owner", "operator",
        "operator name", "assigned user", "teammate assigned", "teammate", "hubspot owner id", "assignee id", "agent id", "resolver", "it owner",
        "consultant", "agent assigned", "assigned person", "support agent", "sales rep", "sales representative", "technician", "agent full name", "evaluated agent", "mitarbeiter", "bearbeiter", "агент", "оператор", "сотрудник", "исполнитель", "менеджер",
        "співробітник", "виконавець", "εκπρόσωπος", "υπάλληλος", "χειριστής", "πράκτορας",
        "responder", "responder id", "assignee key", "assignee email", "assignee display name", "assigned agent name", "agent username", "agent login", "handled by agent", "collaborator",
        "assigned to technician", "technician name", "teammate currently assigned",
    ),
    Role.TEAM: (
        "team", "team name", "group", "group name", "assignment group", "assigned group", "team assigned", "queue", "queue name", "first queue",
        "department", "skill", "ring groups", "ring group", "group id", "line", "supervisor", "team leader", "team lead", "gruppe", "abteilung",
        "warteschlange", "команда", "отдел", "группа", "очередь", "відділ", "група", "черга", "ομάδα", "τμήμα", "ουρά",
        "assigned to technician group", "technician group", "assignee team", "team currently assigned", "csq name", "csq", "split skill", "skill name", "call queue name",
    ),
    Role.CHANNEL: (
        "channel", "channel name", "via", "via channel", "media type", "contact channel", "contact type", "medium", "type of contact", "source",
        "case origin", "received via", "contact method", "origin", "source type", "support channel", "kanal", "канал", "источник", "джерело", "κανάλι", "τρόπος επικοινωνίας",
        "media type name", "media name",
    ),
    Role.TOPIC: (
        "topic", "category", "contact reason", "reason", "ticket category", "issue type", "ticket type", "request type", "call reason",
        "type", "subject type", "disposition", "call type", "query type", "problem type", "reason for contact", "kategorie", "thema", "grund", "тема",
        "категория", "причина", "тип", "категорія", "θέμα", "κατηγορία", "λόγος επικοινωνίας",
    ),
    Role.STATUS: (
        "status", "ticket status", "state", "case status", "incident state", "call status", "pipeline stage", "call result", "result", "call outcome",
        "outcome", "статус", "стан", "κατάσταση", "zustand",
    ),
    Role.CONTACTS: (
        "contacts", "calls offered", "offered", "offer", "total calls", "incoming calls", "inbound calls", "calls", "all calls", "volume", "tickets",
        "total contacts", "call volume", "number of calls", "interactions", "total interactions", "conversations", "contacts offered", "calls received",
        "anrufe", "kontakte", "звонки", "обращения", "дзвінки", "звернення", "κλήσεις", "επαφές",
        "presented", "contacts presented", "calls presented", "tickets received", "interactions received", "conversations created", "new conversations", "call presented",
    ),
    Role.ANSWERED: (
        "answered", "answered y n", "calls answered", "answered calls", "was answered", "call answered", "picked up", "answer", "is answered",
        "calls by response answered", "contacts answered", "angenommen", "beantwortet", "отвечено", "принято", "принятые", "прийнято", "відповіли",
        "απαντήθηκε", "απαντημένες",
        "acd calls", "connected calls",
    ),
    Role.ABANDONED: (
        "abandoned", "abandoned y n", "calls abandoned", "abandoned calls", "abandon", "abandons", "is abandoned", "calls by result abandoned",
        "contacts abandoned", "lost calls", "verloren", "пропущено", "потерянные", "втрачені", "εγκαταλείφθηκε", "χαμένες",
        "aban calls", "abandoned contacts", "abandoned interactions",
        "missed calls", "calls missed", "missed", "unanswered calls", "unanswered", "calls not answered",
    ),
    Role.IN_TIME: (
        "in time", "within service level", "inside service level", "answered within sla", "answered in sla", "calls by queue sla in sla", "met service level",
        "answered within target", "answered in service level",
        "meets standard", "met standard", "calls within sla", "answered within threshold", "service level flag", "handled within sl", "handled in sl",
    ),
    Role.SERVICE_LEVEL: (
        "service level", "service level %", "% service level", "sl %", "sla %", "% sla", "service level 20 seconds", "service level percentage", "servicelevel",
        "% within service level", "within service level %", "% within sla", "within sla %", "% answered in time", "tsf", "tsf %", "servicegrad",
    ),
    Role.ANSWER_RATE: (
        "answer rate", "answer rate %", "answered rate", "answered %", "% answered", "answer %", "% answer", "calls answered %", "% calls answered",
        "answered percentage", "answer percentage", "percent answered", "pct answered", "annahmequote", "tasa de respuesta", "taux de reponse", "% отвеченных",
    ),
    Role.ABANDON_RATE: (
        "abandon rate", "abandonment rate", "abandoned rate", "abandon rate %", "abandonment rate %", "abandon %", "abandoned %", "% abandoned", "% abandon",
        "abandonment %", "% abandonment", "calls abandoned %", "% calls abandoned", "abandon percentage", "abandoned percentage", "percent abandoned",
        "pct abandoned", "abn %", "abbruchquote", "abbruchrate", "tasa de abandono", "% abandono", "taxa de abandono", "taux d abandon",
        "tasso di abbandono", "% пропущенных",
    ),
    Role.TRANSFERRED: ("transferred", "transfers", "transfer", "was transferred", "calls transferred", "transferred out", "calls segments transfers", "trans out", "transferred calls"),
    Role.ESCALATED: ("escalated", "is escalated", "escalation", "was escalated", "escalations", "eskaliert", "эскалация", "ескалація", "κλιμακώθηκε"),
    Role.RESOLVED: (
        "resolved", "solved", "resolved y n", "issue resolved", "is resolved", "resolved tickets", "solved tickets", "tickets resolved", "is closed",
        "problem solved", "gelöst", "решено", "вирішено", "επιλύθηκε",
    ),
    Role.FIRST_CONTACT: (
        "fcr", "first contact resolution", "first call resolution", "resolved on first contact", "resolved on first call", "first call resolved",
        "first contact resolved", "fcr lvl", "fcr y n", "one touch resolution",
    ),
    Role.WAIT: (
        "speed of answer", "wait time", "wait", "waiting time", "queue wait time", "queue time", "time in queue", "time to answer", "answer time",
        "total wait", "total answer", "hold time before answer", "queue duration", "wait duration", "ring time", "calls segments duration ringing",
        "wartezeit", "время ожидания", "ожидание", "час очікування", "очікування", "χρόνος αναμονής", "αναμονή",
        "wait length", "waited", "in queue time", "ringing",
    ),
    Role.TALK: (
        "talk time", "talk", "billsec", "talk duration", "total talk", "total talk time", "call duration", "conversation time", "conversation duration",
        "duration in call", "in call duration", "duration", "call length", "calls segments duration live talk", "conversation length",
        "gesprächszeit", "gesprächsdauer", "anrufdauer", "dauer", "длительность", "время разговора", "длительность разговора", "тривалість", "час розмови",
        "διάρκεια", "διάρκεια κλήσης", "χρόνος ομιλίας",
        "service length", "service time", "service duration", "acd time", "billable seconds", "active talk time", "agent interaction duration", "talking",
    ),
    Role.HOLD: ("hold time", "hold", "total hold", "total hold time", "hold duration", "calls segments duration holds", "haltezeit", "удержание", "утримання", "χρόνος κράτησης", "customer hold duration", "holding time"),
    Role.WRAP: (
        "acw", "acw time", "total acw", "after call work time", "after call work", "after contact work", "wrap up time", "wrap up", "wrap time", "wrap",
        "wrapup", "acw duration", "after call time", "nacharbeit", "nachbearbeitungszeit", "поствызов", "постобработка", "післяобробка", "μετά την κλήση",
        "acw seconds", "wrap up duration", "after contact work duration",
    ),
    Role.HANDLED: ("handled", "calls handled", "contacts handled", "handle", "handled calls", "handled contacts", "nhandled", "bearbeitet", "обработано", "оброблено", "handled interactions", "answered and handled"),
    Role.HANDLE: (
        "handle time", "total handle time", "total handle", "handling time", "connected handling time", "handle duration", "handling duration",
        "bearbeitungszeit", "bearbeitungsdauer", "время обработки", "час обробки", "χρόνος διαχείρισης", "χρόνος χειρισμού",
    ),
    Role.MEAN_WAIT: ("asa", "average speed to answer", "answer speed", "average answer speed", "avg speed ans", "average speed of answer"),
    Role.MEAN_TALK: ("att",),
    Role.MEAN_WRAP: (),
    Role.MEAN_HOLD: (),
    Role.MEAN_HANDLE: ("aht",),
    Role.READY: ("idle", "idle time", "ready time", "available time", "waiting for work", "not busy", "available", "ready"),
    Role.BUSY: ("interacting", "interacting time", "busy time"),
    Role.SCHEDULED: ("scheduled time", "scheduled minutes", "scheduled", "planned time"),
    Role.ADHERENT: ("adherent time", "time in adherence", "in adherence", "adherent minutes"),
    Role.RATINGS: ("ratings", "rated tickets", "survey responses", "rated satisfaction tickets", "responses", "surveys", "survey count", "number of surveys", "surveys completed", "surveys received", "completed surveys", "csat responses", "csat surveys", "ratings received", "total ratings", "total responses", "total surveys", "responses received"),
    Role.RATINGS_GOOD: ("good satisfaction tickets", "satisfied", "satisfied ratings", "positive ratings", "good ratings"),
    Role.RECOMMENDATIONS: ("nps responses", "nps answers", "nps surveys", "total nps responses"),
    Role.PROMOTERS: ("promoters", "promoter", "nps promoters", "promotoras", "promotores", "promoteurs", "promotori", "промоутеры", "промоутери"),
    Role.PASSIVES: ("passives", "passive", "neutrals", "nps passives", "neutras", "neutros", "passivos", "pasivos", "passifs", "нейтралы", "нейтрали"),
    Role.DETRACTORS: ("detractors", "detractor", "nps detractors", "detratoras", "detratores", "detractoras", "detractores", "detracteurs", "detrattori", "критики"),
    Role.CSAT_SHARE: (
        "csat %", "% csat", "csat percentage", "csat rate", "csat score %", "% satisfied", "satisfied %", "satisfaction %", "% satisfaction", "satisfaction rate",
        "customer satisfaction %", "customer satisfaction rate", "% positive", "positive %", "positive ratings %", "% good ratings", "good ratings %",
    ),
    Role.RATING: (
        "rating", "csat", "csat score", "csat rating", "satisfaction rating", "customer satisfaction rating", "satisfaction score", "customer satisfaction",
        "customer satisfaction score", "satisfaction", "survey results", "survey result", "conversation rating", "conversation rating value", "stars",
        "star rating", "customer rating", "survey score", "feedback score", "happiness", "happiness rating", "zufriedenheit", "bewertung", "оценка", "удовлетворенность", "оцінка",
        "задоволеність", "βαθμολογία", "ικανοποίηση", "αξιολόγηση",
        "level of satisfaction", "rating value", "survey rating", "user rating", "feedback rating", "last csat survey rating", "csat survey rating",
    ),
    Role.RECOMMENDATION: ("nps", "nps score", "likelihood to recommend", "recommendation", "nps rating", "net promoter score"),
    Role.EFFORT: ("ces", "ces score", "customer effort", "customer effort score", "effort", "effort score"),
    Role.FIRST_RESPONSE_AT: (
        "initial response time", "first response at", "first replied at", "issue responded", "responded at", "first reply at", "first agent reply date",
        "first responded at", "first reply date", "first response date", "first admin reply at", "response timestamp",
        "response date", "first human reply created at", "first reply created at", "first response time stamp", "date of first response", "responded on", "first responded on",
    ),
    Role.FIRST_RESPONSE: (
        "first reply time", "first response time", "frt", "time to first response", "time to first reply", "time to first agent reply", "time to first agent email reply", "initial response",
        "first response", "first response duration", "first reply", "response time", "zeit bis zur ersten antwort", "erste antwort",
        "время первого ответа", "час першої відповіді", "χρόνος πρώτης απάντησης",
    ),
    Role.NEXT_REPLY: ("next reply time",),
    Role.RESOLVED_AT: (
        "solved at", "resolved at", "resolved time", "solved date", "resolved date", "resolution date", "date resolved", "closed at", "closed time",
        "closed date", "close date", "date closed", "date time closed", "date solved", "closed", "closed on", "resolved on", "resolution timestamp", "gelöst am", "geschlossen am", "дата решения",
        "дата закрытия", "дата вирішення", "дата закриття", "ημερομηνία επίλυσης", "ημερομηνία κλεισίματος",
        "solution date", "resolved on date", "completed at", "completion date", "date completed", "date of resolution", "closure date",
    ),
    Role.FIRST_RESOLUTION: ("first resolution time", "time to first resolution", "time to first close"),
    Role.FULL_RESOLUTION: (
        "full resolution time", "resolution time", "time to resolution", "time to resolve", "time to close", "time to last close", "resolution duration", "age at close", "resolution",
        "lösungszeit", "время решения", "час вирішення", "χρόνος επίλυσης",
        "solution time", "calendar duration", "resolve time", "time to solve", "time to solution",
    ),
    Role.REOPENS: ("reopens", "reopened tickets", "reopen count", "reopened", "times reopened", "reopened count", "number of reopens", "count conversation reopens", "is reopened", "reopen"),
    Role.TARGET: (
        "resolution status", "first response status", "every response status", "sla status", "sla met", "within sla", "made sla", "sla", "sla compliance",
        "sla breached", "sla violated", "breached sla", "has breached", "sla result", "met sla", "response sla", "resolution sla", "sla hit",
        "sla compliant", "sla ok", "in sla", "sla adherence", "sla breach", "is sla breached", "sla violation", "breached", "sla violation type",
    ),
    Role.REVIEW: ("qa score", "quality score", "iqs", "evaluation score", "review score", "qa", "quality assurance score", "qm score", "call quality score", "quality assurance", "audit score", "monitoring score", "call score", "nota monitoria", "nota qualidade", "nota de qualidade", "calificacion de calidad"),
}  # fmt: skip
BREACH_HEADERS = (
    "sla breached",
    "sla violated",
    "breached sla",
    "has breached",
    "sla breach",
    "is sla breached",
    "sla violation",
    "breached",
)
"""Where yes is the bad news."""
OF_CALLS = frozenset({"call type", "type"})
"""What stands over “Inbound”, and sometimes over “Abandoned”."""
LABELS = (
    "manager", "shift", "tenure", "priority", "severity", "sub category", "subcategory", "product", "language", "brand", "region", "country",
    "site", "location", "call center", "prioridad", "prioridade", "priorite", "priorita", "turno", "приоритет", "пріоритет", "προτεραιοτητα", "direction", "campaign", "disposition", "sentiment", "supervisor", "urgency", "impact", "segment", "plan",
)  # fmt: skip
"""What people like to count by, beside person, team, channel and topic. The words of a header hold one of these."""
PERSONAL = frozenset(
    {
        "name",
        "email",
        "phone",
        "customer",
        "requester",
        "address",
        "contact",
        "comment",
        "remarks",
        "id",
    }
)
"""A header with one of these words is never counted by on Baton's own suggestion."""
ASKED: Mapping[Role, re.Pattern[str]] = {
    Role.RECOMMENDATION: re.compile(r"how likely\b.*\brecommend|likely\b.*\bto recommend\b|recommend us\b"),
    Role.EFFORT: re.compile(r"how easy\b|how much effort\b|made it easy\b"),
    Role.RATING: re.compile(r"how satisfied\b|rate your (?:overall |level of )*(?:experience|satisfaction)\b|how would you rate\b"),
}  # fmt: skip
"""The questions of forms, which are the headers of their answers."""
OTHER_DAYS = re.compile(
    r"last (?:log ?in|seen|activ\w+|sign ?in)|purchase|bought|birth|dob|join(?:ed|ing)|hired?|hiring|onboard|expir|warranty|renew|\bdue\b|deadline|signup|sign up|compra|nacimiento|nascimento|naissance"
    r"|nascita|ingreso|venc"
)
"""Headers of days on which nothing happened that a line tells of. Baton never takes one of them by itself."""
BEFORE = (
    "ticket", "case", "call", "conversation", "incident", "interaction", "property hs", "property", "hs", "sys", "number of", "issue", "request", "avg time to",
)  # fmt: skip
"""Words at the beginning that say nothing more."""
BEFORE_AMOUNTS = (
    "total number of",
    "total",
    "no of",
    "actual",
    "calls",
    "qtd",
    "quantidade",
    "cantidad",
)
"""Words that say no more of an amount; a time of day with `total` before it is none."""
AFTER_AMOUNTS = ("count", "per day", "daily", "diarios", "diarias")
AFTER = ("ticket", "chamado", "llamada", "caso", "atendimento")
"""The same at the end: `status_ticket`."""
