"""What takes the good out of a number, in words: one sentence for each pair of which both went the wrong way together."""

from collections.abc import Mapping

from bot.text import _

FEWER_CAME = _("Far fewer contacts came in than before, so this says little about how it was done.")
TOO_FEW_ANSWERS = _("Far fewer answers came in than before, so they may be from other people.")

CATCHES: Mapping[tuple[str, str], str] = {
    ("aht", "reopen"): _("Contacts are shorter, and more tickets are reopened. Perhaps they end too soon."),
    ("aht", "fcr"): _("Contacts are shorter, and fewer issues are solved the first time."),
    ("aht", "csat"): _("Contacts are shorter, and customers are less satisfied."),
    ("aht", "qa"): _("Contacts are shorter, and the reviews are lower."),
    ("frt", "csat"): _("First answers are quicker, and customers are less satisfied. Perhaps they say too little."),
    ("frt", "resolution"): _("First answers are quicker, and solutions take longer."),
    ("resolution", "reopen"): _("Solutions are quicker, and more tickets are reopened. Perhaps they are closed too soon."),
    ("backlog", "reopen"): _("Less is open, and more tickets are reopened. Perhaps they are closed too soon."),
    ("fcr", "reopen"): _("More is solved the first time, and more tickets are reopened. Both cannot be the whole truth."),
    ("sla", "csat"): _("More targets are met, and customers are less satisfied."),
    ("sla", "reopen"): _("More targets are met, and more tickets are reopened."),
    ("escalation", "reopen"): _("Less is escalated, and more tickets are reopened. Perhaps too little is escalated."),
    ("escalation", "csat"): _("Less is escalated, and customers are less satisfied. Perhaps too little is escalated."),
    ("service_level", "abandonment"): _("More are answered in time, and more give up. Perhaps those who give up are not counted."),
    ("asa", "abandonment"): _("Answered contacts waited less, and more give up. Those who give up are not in it."),
    ("claim", "resolve"): _("Escalations have an owner sooner, and take longer to resolve."),
    ("abandonment", "contacts"): FEWER_CAME,
    ("asa", "contacts"): FEWER_CAME,
    ("service_level", "contacts"): FEWER_CAME,
}  # fmt: skip
