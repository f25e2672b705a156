"""The cases that the demo's people have raised by the time it is first seen, and what has become of them."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.demo_cast import DELIVERIES, ORDERS, DemoTeam, minutes
from bot.rules.escalations import Draft, Update, Verdict
from bot.rules.severities import Severity


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


PRACTICE = Verdict(
    cause="The way to it leads through three screens, and one of them is well hidden.",
    decision="explanation",
    solvable="practice",
)
"""Three of one kind from one person are a reason to sit down together."""
CASES = (
    Case(
        timedelta(days=5, hours=2),
        DELIVERIES,
        "priya",
        Draft(
            "How do I send one parcel of three to another address?",
            ticket="KL-47811",
            severity=Severity.NORMAL,
            category="delivery",
            tried="I can only change all of them.",
            need="knowledge",
        ),
        Fate.RESOLVED,
        "james",
        minutes(35),
        verdict=PRACTICE,
    ),
    Case(
        timedelta(days=4, hours=1),
        DELIVERIES,
        "priya",
        Draft(
            "The neighbour is to get the parcel, not the customer",
            ticket="KL-47902",
            severity=Severity.NORMAL,
            category="delivery",
            tried="The courier says that we have to enter it.",
            need="knowledge",
        ),
        Fate.RESOLVED,
        "dana",
        minutes(41),
        verdict=PRACTICE,
    ),
    Case(
        timedelta(days=2, hours=1),
        DELIVERIES,
        "priya",
        Draft(
            "Customer is on holiday and wants it a week later",
            ticket="KL-48077",
            severity=Severity.NORMAL,
            category="delivery",
            tried="There is no button for it.",
            need="knowledge",
        ),
        Fate.RESOLVED,
        "james",
        minutes(28),
        verdict=PRACTICE,
    ),
    Case(
        minutes(183),
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
        minutes(52),
        verdict=Verdict(
            cause="The provider repeated the charge after a time-out.",
            decision="refund",
            amount="64.90",
            currency="EUR",
            solvable="permission",
        ),
        words=(
            (minutes(27), Update("The provider says it was their fault.", "I wait for the form.")),
        ),
    ),
    Case(
        minutes(116),
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
        minutes(8),
        words=(
            (minutes(45), Update("The bank looks for it.", "I call them again at the full hour.")),
            (minutes(96), Update("They found it: a digit was wrong.", "Paid out anew today.")),
        ),
    ),
    Case(
        minutes(66),
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
        minutes(4),
        words=(
            (
                minutes(22),
                Update("Number 12 does not open.", "The driver goes back.", "Her phone number"),
            ),
            (minutes(46), Update("The driver is on his way.", "I call her at five.")),
        ),
    ),
    Case(
        minutes(49),
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
        minutes(11),
        reason="missing_information",
        why="Which company is it, and which country? Then I can have it printed anew.",
    ),
    Case(
        minutes(38),
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
        minutes(17),
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
        minutes(6),
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
