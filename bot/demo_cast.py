"""The demo's support floor: an online shop with two teams, nine people, three languages and two time zones."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from bot.people import Role
from bot.rules.escalations import Draft, Update, Verdict
from bot.rules.severities import Severity
from sandbox.seed import Cast, ChannelSeed, GroupSeed, WorkspaceSeed

ATHENS, NEW_YORK = "Europe/Athens", "America/New_York"
GREEK, UKRAINIAN, ENGLISH = "el-GR", "uk-UA", "en-US"

PEOPLE = (
    Cast("helen", "Helen Marsh", title="Owner", tz=NEW_YORK, locale=ENGLISH, is_owner=True),
    Cast("maria", "Maria Papadaki", title="Head of support", tz=ATHENS, locale=GREEK),
    Cast("nikos", "Nikos Georgiou", title="Lead, Orders & Billing", tz=ATHENS, locale=GREEK),
    Cast("oksana", "Oksana Shevchuk", title="Lead, Orders & Billing", tz=ATHENS, locale=UKRAINIAN),
    Cast("eleni", "Eleni Vlachou", title="Agent, Orders & Billing", tz=ATHENS, locale=GREEK),
    Cast("taras", "Taras Kovalenko", title="Agent, Orders & Billing", tz=ATHENS, locale=UKRAINIAN),
    Cast("james", "James Whitfield", title="Lead, Deliveries", tz=NEW_YORK, locale=ENGLISH),
    Cast("dana", "Dana Brooks", title="Lead, Deliveries", tz=NEW_YORK, locale=ENGLISH),
    Cast("priya", "Priya Raman", title="Agent, Deliveries", tz=NEW_YORK, locale=ENGLISH),
)

SEED = WorkspaceSeed(
    team_id="T0DEMO",
    team_name="Kelp & Linen",
    domain="kelp-and-linen",
    people=PEOPLE,
    channels=(
        ChannelSeed(
            "general", tuple(one.name for one in PEOPLE), topic="Everybody, about anything"
        ),
        ChannelSeed(
            "orders-billing",
            ("nikos", "oksana", "eleni", "taras", "maria"),
            has_app=True,
            topic="Orders, invoices, refunds",
        ),
        ChannelSeed(
            "orders-billing-leads",
            ("nikos", "oksana", "maria", "helen"),
            private=True,
            has_app=True,
            topic="What agents cannot solve alone",
        ),
        ChannelSeed(
            "deliveries", ("james", "dana", "priya", "maria"), has_app=True, topic="Parcels"
        ),
        ChannelSeed(
            "deliveries-leads",
            ("james", "dana", "maria", "helen"),
            private=True,
            has_app=True,
            topic="What agents cannot solve alone",
        ),
    ),
    usergroups=(GroupSeed("orders-billing-agents", ("eleni", "taras"), "Orders & Billing agents"),),
)


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """A team by the names of the seed. Its shift is from Monday to Friday, by the clocks of its city."""

    name: str
    city: str
    zone: str
    shift: tuple[time, time]
    channel: str
    leads_channel: str
    people: dict[Role, tuple[str, ...]]


ORDERS = DemoTeam(
    "Orders & Billing",
    "Athens",
    ATHENS,
    (time(9), time(17)),
    "orders-billing",
    "orders-billing-leads",
    {
        Role.LEAD: ("nikos", "oksana"),
        Role.AGENT: ("eleni", "taras"),
        Role.MANAGER: ("maria",),
        Role.OBSERVER: ("helen",),
    },
)
DELIVERIES = DemoTeam(
    "Deliveries",
    "New York",
    NEW_YORK,
    (time(9), time(18)),
    "deliveries",
    "deliveries-leads",
    {
        Role.LEAD: ("james", "dana"),
        Role.AGENT: ("priya",),
        Role.MANAGER: ("maria",),
        Role.OBSERVER: ("helen",),
    },
)
TEAMS = (ORDERS, DELIVERIES)


@dataclass(frozen=True, slots=True)
class Said:
    """Something that somebody wrote, so long before the demo was first started."""

    ago: timedelta
    who: str
    where: str
    text: str


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


TALK = (
    Said(_minutes(205), "helen", "general", "Summer sale starts on Monday. Thank you all for the work on the new price list!"),
    Said(_minutes(201), "maria", "general", "We are ready. Both floors know the new return rules :sunflower:"),
    Said(_minutes(188), "oksana", "orders-billing", "Доброго ранку! The payment provider had a hiccup last night, so expect questions about double charges."),
    Said(_minutes(186), "taras", "orders-billing", "Already three of them in my queue."),
    Said(_minutes(121), "eleni", "orders-billing", "Does anybody know what to say when the refund shows as done and the bank has nothing?"),
    Said(_minutes(118), "nikos", "orders-billing", "If it is more than five days, escalate it. `/escalate`, and I take it."),
    Said(_minutes(74), "priya", "deliveries", "The courier's tracking page is slow again."),
    Said(_minutes(72), "james", "deliveries", "They know. Promise customers an answer by tonight, not by noon."),
    Said(_minutes(31), "dana", "deliveries-leads", "I am in the warehouse call until the half hour, James is on his own."),
    Said(_minutes(9), "maria", "general", "Lunch is in the small kitchen today."),
)  # fmt: skip


class Fate(StrEnum):
    """What has become of a case by the time the demo is first seen."""

    WAITS = "waits"
    CLAIMED = "claimed"
    RETURNED = "returned"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Case:
    """A case as somebody raised it, so long ago, and who did what with it after `then`. `words` are the owner's, each after a while."""

    ago: timedelta
    team: DemoTeam
    who: str
    draft: Draft
    fate: Fate = Fate.WAITS
    by: str = ""
    then: timedelta = field(default_factory=timedelta)
    reason: str = ""
    why: str = ""
    verdict: Verdict | None = None
    words: tuple[tuple[timedelta, Update], ...] = ()


CASES = (
    Case(
        _minutes(183),
        ORDERS,
        "taras",
        Draft(
            "Charged twice for one order",
            ticket="KL-48190",
            customer="Mrs Andreou",
            severity=Severity.CRITICAL,
            category="billing",
            tried="Both payments are in the provider's list, one minute apart. I may not cancel payments.",
            need="permission",
            promise="She has her money back today.",
        ),
        Fate.RESOLVED,
        "oksana",
        _minutes(52),
        verdict=Verdict(
            cause="The provider repeated the charge after a time-out.",
            decision="refund",
            amount="64.90",
            currency="EUR",
            solvable="permission",
        ),
        words=(
            (_minutes(27), Update("The provider says it was their fault.", "I wait for the form.")),
        ),
    ),
    Case(
        _minutes(116),
        ORDERS,
        "eleni",
        Draft(
            "Refund done nine days ago, nothing at the bank",
            ticket="KL-48213",
            customer="Mr Lindqvist",
            severity=Severity.HIGH,
            category="billing",
            tried="Sent the reference number; his bank does not find it.",
            need="department",
        ),
        Fate.CLAIMED,
        "nikos",
        _minutes(8),
        words=(
            (_minutes(45), Update("The bank looks for it.", "I call them again at the full hour.")),
            (_minutes(96), Update("They found it: a digit was wrong.", "Paid out anew today.")),
        ),
    ),
    Case(
        _minutes(66),
        DELIVERIES,
        "priya",
        Draft(
            "Marked as delivered, never arrived, and it is a wedding dress",
            ticket="KL-48241",
            customer="Ms Ortega",
            severity=Severity.CRITICAL,
            category="delivery",
            tried="Asked the courier for the photo. It shows another door.",
            need="decision",
            promise="We call her before six.",
        ),
        Fate.CLAIMED,
        "james",
        _minutes(4),
        words=(
            (
                _minutes(22),
                Update("Number 12 does not open.", "The driver goes back.", "Her phone number"),
            ),
            (_minutes(46), Update("The driver is on his way.", "I call her at five.")),
        ),
    ),
    Case(
        _minutes(49),
        ORDERS,
        "eleni",
        Draft(
            "Invoice without the company's VAT number",
            ticket="KL-48262",
            severity=Severity.NORMAL,
            category="billing",
            tried="Nothing yet",
            need="knowledge",
        ),
        Fate.RETURNED,
        "nikos",
        _minutes(11),
        reason="missing_information",
        why="Which company is it, and which country? Then I can have it printed anew.",
    ),
    Case(
        _minutes(38),
        DELIVERIES,
        "priya",
        Draft(
            "Pallet for the Boston shop stands in customs",
            ticket="KL-48270",
            customer="Boston shop",
            severity=Severity.HIGH,
            category="delivery",
            tried="The broker wants a form that I do not know.",
            need="knowledge",
        ),
    ),
    Case(
        _minutes(17),
        ORDERS,
        "taras",
        Draft(
            "Voucher is refused although it is valid until Sunday",
            ticket="KL-48277",
            customer="Mr Haddad",
            severity=Severity.NORMAL,
            category="product",
            tried="Tried it in a test basket: refused as well.",
            need="department",
        ),
    ),
    Case(
        _minutes(6),
        DELIVERIES,
        "eleni",
        Draft(
            "Customer moved, and the parcel is on its way to the old address",
            ticket="KL-48281",
            customer="Family Brandt",
            severity=Severity.LOW,
            category="delivery",
            tried="The address in the order is changed; the label is not.",
            need="department",
        ),
    ),
)
