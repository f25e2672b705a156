"""The words of imports: what a column is for, what was found out about a file, what is asked and answered."""

from collections.abc import Mapping

from bot.rules.metrics.importing.asking.questions import NO_COLUMN
from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.moments import SWITCHED as SWITCHED_OF
from bot.rules.metrics.importing.cells.moments import WRITTEN, Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.cells.periods import Grain
from bot.rules.metrics.importing.files import Belongs, Trouble
from bot.rules.metrics.importing.mapping import Lines, Use, Wrong
from bot.rules.metrics.importing.recognising.roles import MEAN_OF, Role
from bot.rules.metrics.importing.words.headers import Source
from bot.text import Text, _, escape
from bot.views.blocks import shorten

LONGEST_SHOWN = 60

ROLES: Mapping[Role, str] = {
    Role.KEY: _("what names the line"),
    Role.UPDATED: _("when the line was changed"),
    Role.COMPLETE: _("whether the interval was over"),
    Role.DAY: _("day it counts on"),
    Role.TIME: _("time of day"),
    Role.YEAR: _("year it counts in"),
    Role.MONTH: _("month it counts in"),
    Role.WEEK: _("week it counts in"),
    Role.MONTH_DAY: _("day of the month"),
    Role.YEAR_DAY: _("day of the year"),
    Role.QUARTER: _("quarter"),
    Role.PERSON: _("team member"),
    Role.TEAM: _("team"),
    Role.CHANNEL: _("channel"),
    Role.TOPIC: _("topic"),
    Role.STATUS: _("status"),
    Role.CONTACTS: _("contacts"),
    Role.ANSWERED: _("answered"),
    Role.ABANDONED: _("abandoned"),
    Role.IN_TIME: _("answered in time"),
    Role.SERVICE_LEVEL: _("service level in percent"),
    Role.ANSWER_RATE: _("answered in percent"),
    Role.ABANDON_RATE: _("abandoned in percent"),
    Role.TRANSFERRED: _("passed on to somebody else"),
    Role.ESCALATED: _("escalated"),
    Role.RESOLVED: _("resolved"),
    Role.FIRST_CONTACT: _("resolved at first contact"),
    Role.WAIT: _("time waited"),
    Role.TALK: _("time talked"),
    Role.HOLD: _("time on hold"),
    Role.WRAP: _("time for work afterwards"),
    Role.HANDLED: _("contacts handled"),
    Role.HANDLE: _("handle time"),
    Role.MEAN_WAIT: _("mean time waited"),
    Role.MEAN_TALK: _("mean time talked"),
    Role.MEAN_HOLD: _("mean time on hold"),
    Role.MEAN_WRAP: _("mean time for work afterwards"),
    Role.MEAN_HANDLE: _("mean handle time"),
    Role.READY: _("time ready for contacts"),
    Role.BUSY: _("time busy with contacts"),
    Role.SCHEDULED: _("scheduled time"),
    Role.ADHERENT: _("time worked as scheduled"),
    Role.RATINGS: _("ratings, counted"),
    Role.RATINGS_GOOD: _("good ratings, counted"),
    Role.RECOMMENDATIONS: _("who said whether they recommend, counted"),
    Role.PROMOTERS: _("who recommend (9 and 10), counted"),
    Role.PASSIVES: _("who are neither (7 and 8), counted"),
    Role.DETRACTORS: _("who do not recommend (0 to 6), counted"),
    Role.CSAT_SHARE: _("good ratings in percent"),
    Role.RATING: _("customer's rating"),
    Role.RECOMMENDATION: _("would recommend, 0 to 10"),
    Role.EFFORT: _("customer's effort, 1 to 7"),
    Role.FIRST_RESPONSE_AT: _("when first answered"),
    Role.FIRST_RESPONSE: _("time to first answer"),
    Role.NEXT_REPLY: _("time to next answer"),
    Role.RESOLVED_AT: _("when resolved"),
    Role.FIRST_RESOLUTION: _("time to first solution"),
    Role.FULL_RESOLUTION: _("time to final solution"),
    Role.REOPENS: _("times reopened"),
    Role.TARGET: _("whether the target was met"),
    Role.REVIEW: _("quality review in percent"),
}
PROGRAMS: Mapping[Source, str] = {
    Source.ZENDESK: "Zendesk",
    Source.FRESHDESK: "Freshdesk",
    Source.FRESHSERVICE: "Freshservice",
    Source.GENESYS: "Genesys",
    Source.RINGCENTRAL: "RingCentral",
}
LINES: Mapping[Lines, str] = {
    Lines.CALLS: _("each line is one contact"),
    Lines.TICKETS: _("each line is one ticket"),
    Lines.ANSWERS: _("each line is one answer to a survey"),
    Lines.TOTALS: _("each line adds up many contacts"),
}
KINDS: Mapping[Lines, str] = {
    Lines.CALLS: _("One contact"),
    Lines.TICKETS: _("One ticket"),
    Lines.ANSWERS: _("One answer to a survey"),
    Lines.TOTALS: _("Many contacts, added up"),
}
ORDERS: Mapping[Order, str] = {
    Order.DAY_FIRST: _("day first: 31/12"),
    Order.MONTH_FIRST: _("month first: 12/31"),
    Order.YEAR_FIRST: _("year first"),
}
SWITCHED: Mapping[Order, str] = {
    **dict.fromkeys(WRITTEN, _("Yes: put day and month right")),
    **dict.fromkeys(SWITCHED_OF, _("No: take them as they stand")),
}
"""Whether a spreadsheet took days for months."""
SIGNS: Mapping[DecimalSign, str] = {
    DecimalSign.POINT: _("1.5 is one and a half"),
    DecimalSign.COMMA: _("1,5 is one and a half"),
}
UNITS: Mapping[Unit, str] = {
    Unit.MILLISECONDS: _("milliseconds"),
    Unit.SECONDS: _("seconds"),
    Unit.MINUTES: _("minutes"),
    Unit.HOURS: _("hours"),
    Unit.DAYS: _("days"),
}
SCORES: Mapping[str, str] = {
    Role.RATING: _("How satisfied a customer is (CSAT)"),
    Role.RECOMMENDATION: _("Whether a customer would recommend us, 0 to 10 (NPS)"),
    Role.EFFORT: _("How easy it was for a customer, 1 to 7 (CES)"),
    Role.REVIEW: _("How good our work was, by a review (QA)"),
    NO_COLUMN: _("Something else: leave it out"),
}
BELONGS: Mapping[Belongs, str] = {
    Belongs.TEAM: _("All lines are this team's"),
    Belongs.COLUMN: _("The team that each line names, if I know it"),
    Belongs.PEOPLE: _("The team of the person that each line names"),
}
WRONGS: Mapping[Wrong, str] = {
    Wrong.NO_DAY: _("No column says on which day a line counts. Please choose it."),
    Wrong.TOO_LONG: _(
        "“{header}”: a quarter or a year is too long to be counted on one day. Please export the file by days, weeks or months."
    ),
    Wrong.DAYS_ACROSS: _(
        "“{header}” and other days or months stand beside each other. Please export the file with one line for each of them."
    ),
    Wrong.NOTHING_COUNTED: _("No column holds anything to count yet. Please choose one."),
    Wrong.TWO_FOR_ONE: _("“{header}”: another column is used for this already."),
    Wrong.MEAN_WITHOUT_COUNT: _(
        "“{header}” is a mean, and no column says of how many. Please choose that column, or leave this one out."
    ),
    Wrong.SHARE_WITHOUT_COUNT: _(
        "“{header}” is a percentage, and no column says of how many. Please choose that column, or leave this one out."
    ),
    Wrong.SCORE_OF_TOTALS: _(
        "“{header}”: a line that adds up many contacts has no single score. Please leave it out."
    ),
    Wrong.TOO_MANY_LABELS: _(
        "Lines can be counted by at most four columns. Please leave some out."
    ),
    Wrong.NO_KEY_COLUMN: _(
        "No column names each line any more. Please choose one, or another way."
    ),
}
TROUBLES: Mapping[Trouble, str] = {
    Trouble.ALREADY: _("I have this very file already, so nothing was changed."),
    Trouble.GONE: _("Slack has this file no more. Please send it again."),
    Trouble.NO_SCOPE: _(
        "Slack does not let Baton read files yet. Whoever looks after Baton has to give it the permission `files:read` "
        "and install it again. Then please send the file once more."
    ),
    Trouble.ELSEWHERE: _(
        "Slack only has a link to this file. Please download it, and send me the file itself."
    ),
    Trouble.NOT_ALLOWED: _("You may not bring in numbers of this team any more."),
    Trouble.SLACK: _("Slack did not give me the file. Please send it again in a while."),
    Trouble.BROKEN: _(
        "Something broke on our side. Please send it again, and tell whoever looks after Baton if it stays so."
    ),
    Trouble.FORGOTTEN: _("Nobody answered for two weeks, so I let it go. You can send it again."),
}
GRAINS: Mapping[Grain, str] = {
    Grain.MONTH: _(
        "Each line is about a month and counts on its first day: right in numbers by the month, not by the week or the day."
    ),
    Grain.WEEK: _(
        "Each line is about a week and counts on its Monday: right in numbers by the week, not by the day. Week 1 is the one with the first Thursday of the year."
    ),
    Grain.SPAN: _(
        "Each line is about several days and counts on the first of them: right in numbers of all these days, not of single ones."
    ),
}
OWN_SUM = _("a number of its own, added up")
LABEL = _("something to count by")
NOT_USED = _("not used")


def use(given: Use, lines: Lines, t: Text) -> str:
    """What a column is for."""
    if given.role:
        return role(given.role, lines, t)
    if given.label:
        return t(LABEL)
    if given.part:
        return t(OWN_SUM)
    return t(NOT_USED)


def role(given: Role, lines: Lines, t: Text) -> str:
    """What a column holds. The mean of a single contact is simply its length."""
    is_of_many = lines is Lines.TOTALS
    return t(ROLES[given if is_of_many else MEAN_OF.get(given, given)])


def header(text: str) -> str:
    """A column's header, or what a cell holds, as a person is shown it."""
    return escape(shorten(" ".join(text.split()), LONGEST_SHOWN))


def file_name(name: str) -> str:
    return escape(shorten(" ".join(name.split()), 100))
