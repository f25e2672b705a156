"""The demo's support floor: an online shop with two teams, nine people, three languages and two time zones."""

from dataclasses import dataclass
from datetime import time, timedelta

from bot.people import Role
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


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


TALK = (
    Said(minutes(205), "helen", "general", "Summer sale starts on Monday. Thank you all for the work on the new price list!"),
    Said(minutes(201), "maria", "general", "We are ready. Both floors know the new return rules :sunflower:"),
    Said(minutes(188), "oksana", "orders-billing", "Доброго ранку! The payment provider had a hiccup last night, so expect questions about double charges."),
    Said(minutes(186), "taras", "orders-billing", "Already three of them in my queue."),
    Said(minutes(121), "eleni", "orders-billing", "Does anybody know what to say when the refund shows as done and the bank has nothing?"),
    Said(minutes(118), "nikos", "orders-billing", "If it is more than five days, escalate it. `/escalate`, and I take it."),
    Said(minutes(74), "priya", "deliveries", "The courier's tracking page is slow again."),
    Said(minutes(72), "james", "deliveries", "They know. Promise customers an answer by tonight, not by noon."),
    Said(minutes(31), "dana", "deliveries-leads", "I am in the warehouse call until the half hour, James is on his own."),
    Said(minutes(9), "maria", "general", "Lunch is in the small kitchen today."),
)  # fmt: skip
