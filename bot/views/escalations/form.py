"""The form to escalate a case, empty, prefilled, or with what was typed and a word about it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from bot.rules.escalations import (
    CATEGORIES,
    Draft,
    Escalation,
    Need,
    State,
    claim_minutes,
    is_link,
)
from bot.rules.escalations.drafts import (
    CUSTOMER_MAX,
    PROMISE_MAX,
    SUMMARY_MAX,
    TICKET_MAX,
    TRIED_MAX,
)
from bot.rules.severities import Severity
from bot.rules.teams import Team
from bot.text import Text, escape, link, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, words

ANYWAY = "anyway"
TEAMS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Carried:
    """What a form carries along unseen (`private_metadata`): its team when there is no choice, where it came from,
    the escalation that it edits, 0 for a new one, whether the Home tab lies below it, who followed the case when it was drawn,
    and the blocker of a stand-up, or the alert, that becomes a case.
    """

    team_id: str = ""
    source: str = ""
    escalation_id: int = 0
    from_home: bool = False
    followers: tuple[str, ...] = ()
    blocker: str = ""
    alert: str = ""

    def packed(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


EMPTY = Carried()


def unpack(metadata: str) -> Carried:
    """The reverse of `Carried.packed`."""
    return Carried(**json.loads(metadata)) if metadata else Carried()


def form(
    teams: Sequence[Team],
    team: Team,
    draft: Draft,
    t: Text,
    twin: Escalation | None = None,
    *,
    opens: datetime | None = None,
    carried: Carried = EMPTY,
) -> Block:
    """A new escalation for `team`, which is one of `teams`. `twin` is an open case about the same ticket.

    `opens` is when the team opens, if it is closed; `carried` what it carried before, or is to carry.
    """
    only = "" if len(teams) > 1 else team.id
    carried = replace(carried, team_id=only, source=draft.source)
    return b.modal(
        ids.FORM,
        t("Escalate a case"),
        [*_which_team(teams, team, t), *_closed(team, opens, t), *fields(team, draft, t, twin)],
        submit=t("Escalate"),
        close=t("Cancel"),
        private_metadata=carried.packed(),
    )


def edit_form(escalation: Escalation, team: Team, t: Text) -> Block:
    """The form of a returned case, to add what is missing."""
    asked = t(
        "{who} asked for more: {why}",
        who=mention(escalation.returned_by or ""),
        why=words.short(escalation.return_why, 500),
    )
    return b.modal(
        ids.EDIT_FORM,
        t("Add what is missing"),
        [b.section(asked), *fields(team, escalation.draft, t)],
        submit=t("Send it back"),
        close=t("Cancel"),
        private_metadata=Carried(team.id, escalation.draft.source, escalation.id).packed(),
    )


def _which_team(teams: Sequence[Team], team: Team, t: Text) -> Iterator[Block]:
    if len(teams) > 1:
        options = [b.option(one.name, one.id) for one in teams[:TEAMS_SHOWN]]
        element = b.select(options, initial=team.id, action_id=ids.FORM_TEAM)
        yield b.field("team", t("Team"), element) | {"dispatch_action": True}


def _closed(team: Team, opens: datetime | None, t: Text) -> Iterator[Block]:
    if opens:
        told = t(
            "{team} is closed now and opens {when}. The time to find an owner counts from then.",
            team=escape(team.name),
            when=when(opens, t),
        )
        if team.hours.critical_always:
            told += " " + t("Critical cases do not wait for that.")
        yield b.context(told)


def fields(
    team: Team | None, draft: Draft, t: Text, twin: Escalation | None = None
) -> Iterator[Block]:
    """What is asked of every case. Without a team, nobody knows yet whose clocks will run."""
    yield b.field(
        "summary",
        t("What is wrong, in one line?"),
        b.text_input(initial=draft.summary, max_length=SUMMARY_MAX),
    )
    yield b.field(
        "ticket",
        t("Ticket number or link"),
        b.text_input(initial=draft.ticket, max_length=TICKET_MAX),
    )
    if twin:
        yield from _about_twin(twin, t)
    yield b.field(
        "customer",
        t("Customer"),
        b.text_input(initial=draft.customer, max_length=CUSTOMER_MAX),
        optional=True,
    )
    yield b.field("severity", t("How urgent is it?"), severities(team, draft, t))
    yield b.field("category", t("What is it about?"), _categories(draft, t))
    yield b.field(
        "tried",
        t("What was tried so far?"),
        b.text_input(multiline=True, initial=draft.tried, max_length=TRIED_MAX),
    )
    yield b.field("need", t("What do you need?"), _needs(draft, t))
    yield from _promise(draft, t)
    if is_link(draft.source):
        this = t("this message")
        yield b.context(t("From {message}", message=link(draft.source, this)))


def _promise(draft: Draft, t: Text) -> Iterator[Block]:
    yield b.field(
        "promise",
        t("What does the customer expect?"),
        b.text_input(multiline=True, initial=draft.promise, max_length=PROMISE_MAX),
        hint=t("What was promised, if anything was."),
        optional=True,
    )
    picker: Block = {"type": "datetimepicker"}
    if draft.promise_by:
        picker["initial_date_time"] = int(draft.promise_by.timestamp())
    yield b.field("promise_by", t("By when?"), picker, optional=True)


def _about_twin(twin: Escalation, t: Text) -> Iterator[Block]:
    if twin.state is State.CLAIMED:
        told = t(
            "This ticket is escalated already: #{number} ({summary}). {who} has it, so ask there first.",
            number=twin.id,
            summary=words.summary(twin),
            who=mention(twin.owner_id or ""),
        )
    else:
        told = t(
            "This ticket is escalated already: #{number} ({summary}). {state}.",
            number=twin.id,
            summary=words.summary(twin),
            state=words.state_line(twin, t),
        )
    yield b.section(told)
    boxes = {
        "type": "checkboxes",
        "options": [b.option(t("It is another matter: escalate it too"), "yes")],
    }
    yield b.field(ANYWAY, t("Same ticket"), boxes, optional=True)


def severities(team: Team | None, draft: Draft, t: Text) -> Block:
    """How urgent a case can be, with what that means for its clock. Normal is chosen at first."""
    options = [b.option(_severity(team, one, t), one) for one in Severity]
    return b.select(options, initial=draft.severity or Severity.NORMAL)


def _severity(team: Team | None, severity: Severity, t: Text) -> str:
    if team is None:
        return t(words.SEVERITIES[severity])
    return t(
        "{severity} · an owner within {time}",
        severity=words.severity_name(severity, team.severity_names, t),
        time=words.minutes(claim_minutes(team, severity), t),
    )


def _categories(draft: Draft, t: Text) -> Block:
    options = [b.option(t(words.CATEGORIES[one]), one) for one in CATEGORIES]
    return b.select(options, initial=draft.category, placeholder=t("Choose one"))


def _needs(draft: Draft, t: Text) -> Block:
    options = [b.option(t(words.NEEDS[one]), one) for one in Need]
    element: Block = {"type": "radio_buttons", "options": options}
    chosen = [one for one in options if one["value"] == draft.need]
    return element | ({"initial_option": chosen[0]} if chosen else {})
