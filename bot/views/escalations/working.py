"""The small forms of a case that is worked on: wait, update, give up, another owner, how urgent, who follows, a note, the policy."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.rules.calendars import Calendar
from bot.rules.escalations import (
    Ahead,
    Escalation,
    State,
    WaitingOn,
    times_ahead,
    update_minutes,
)
from bot.rules.escalations.outcomes import WHY_MAX
from bot.rules.teams import Team
from bot.text import Text, _, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, lines, words
from bot.views.escalations.form import Carried, severities

AHEAD: Mapping[Ahead, str] = {
    Ahead.OPENING: _("When the team next opens"),
    Ahead.TOMORROW: _("Tomorrow morning"),
}
IN_AN_HOUR = (60,)
SOON = (15, 60, 240)
FOLLOWERS_AT_MOST = 50


def wait_form(escalation: Escalation, team: Team, t: Text, *, now: datetime) -> Block:
    """For whom, why, and until when. A case that waits already keeps what it says."""
    sides = [b.option(t(words.WAITING_FOR[one]), one) for one in WaitingOn]
    return b.modal(
        ids.WAIT_FORM,
        t("#{number} waits", number=escalation.id),
        [
            _about(escalation),
            b.context(
                t("Its owner keeps it. The clock stands until then, and the owner is called back.")
            ),
            b.field("on", t("For whom does it wait?"), _radio(sides, escalation.waiting_on)),
            b.field(
                "why",
                t("What are you waiting for?"),
                b.text_input(multiline=True, initial=escalation.waiting_why, max_length=WHY_MAX),
                hint=t("Whoever raised it reads this."),
            ),
            b.field(
                "soon",
                t("Until when?"),
                _radio(_later(IN_AN_HOUR, team.calendar, t, now=now)),
                optional=True,
            ),
            b.field(
                "until",
                t("Or at another time"),
                {"type": "datetimepicker"},
                hint=t("This counts if you choose both."),
                optional=True,
            ),
        ],
        submit=t("Let it wait"),
        **_frame(escalation, t),
    )


def update_form(escalation: Escalation, team: Team, t: Text, *, now: datetime) -> Block:
    """How it stands, what is being done, what is needed, and perhaps a reminder."""
    none = b.option(t("No reminder"), "-")
    options = [none, *_later(SOON, team.calendar, t, now=now)]
    return b.modal(
        ids.UPDATE_FORM,
        t("Update of #{number}", number=escalation.id),
        [
            _about(escalation),
            b.context(*_before(escalation, team, t)),
            b.field("conditions", t("How it stands"), _text()),
            b.field("actions", t("What is being done"), _text(), optional=True),
            b.field("needs", t("What is needed"), _text(), optional=True),
            b.field("remind_at", t("Remind me"), b.select(options, initial="-"), optional=True),
        ],
        submit=t("Send"),
        **_frame(escalation, t),
    )


def release_form(escalation: Escalation, t: Text) -> Block:
    told = t("The leads are asked to take it. What you write helps whoever goes on.")
    return b.modal(
        ids.RELEASE_FORM,
        t("I can't go on"),
        [
            _about(escalation),
            b.context(told),
            b.field("why", t("Why, and what should the next one know?"), _text()),
        ],
        submit=t("Give it up"),
        **_frame(escalation, t),
    )


def owner_form(escalation: Escalation, t: Text) -> Block:
    who: Block = {"type": "users_select"}
    return b.modal(
        ids.OWNER_FORM,
        t("Assign #{number}", number=escalation.id),
        [
            _about(escalation),
            b.field(
                "owner",
                t("Who takes it?"),
                who,
                hint=t("They have it at once and are told so."),
            ),
            b.field("why", t("What should they know?"), _text(), optional=True),
        ],
        submit=t("Assign"),
        **_frame(escalation, t),
    )


def severity_form(escalation: Escalation, team: Team, t: Text) -> Block:
    return b.modal(
        ids.SEVERITY_FORM,
        t("How urgent is #{number}?", number=escalation.id),
        [
            _about(escalation),
            b.field("severity", t("How urgent is it?"), severities(team, escalation.draft, t)),
            b.field("why", t("Why?"), _text(), hint=t("Its clocks follow.")),
        ],
        submit=t("Change it"),
        **_frame(escalation, t),
    )


def followers_form(escalation: Escalation, t: Text) -> Block:
    """Whoever follows it now is chosen already, and is carried along: another may have joined when it is sent."""
    drawn = sorted(escalation.followers)
    people: Block = {"type": "multi_users_select", "max_selected_items": FOLLOWERS_AT_MOST}
    chosen = {"initial_users": drawn} if drawn else {}
    return b.modal(
        ids.FOLLOWERS_FORM,
        t("Who follows #{number}", number=escalation.id),
        [
            _about(escalation),
            b.field(
                "people",
                t("Who hears of every change?"),
                people | chosen,
                hint=t("They can look at it, too. The owner and the reporter hear of it anyway."),
                optional=True,
            ),
        ],
        submit=t("Save"),
        **_frame(escalation, t, drawn),
    )


def note_form(escalation: Escalation, t: Text) -> Block:
    return b.modal(
        ids.NOTE_FORM,
        t("Add to the timeline"),
        [
            _about(escalation),
            b.field(
                "text",
                t("What should be kept?"),
                _text(),
                hint=t(
                    "A message of the card's thread is kept by its menu “…”: choose “Add to timeline”."
                ),
            ),
        ],
        submit=t("Add"),
        **_frame(escalation, t),
    )


def escalate_form(escalation: Escalation, t: Text) -> Block:
    told = t("The next level of the policy is told at once, with what you write.")
    if escalation.owner_id:
        told = t(
            "The next level of the policy is told at once, with what you write. Its owner keeps it."
        )
    return b.modal(
        ids.ESCALATE_FORM,
        t("Escalate further"),
        [
            _about(escalation),
            b.context(told),
            b.field("why", t("What is needed, and why now?"), _text()),
        ],
        submit=t("Escalate"),
        **_frame(escalation, t),
    )


def deescalate_form(escalation: Escalation, t: Text) -> Block:
    told = t("The level above is told later, if nobody has taken it by then.")
    return b.modal(
        ids.DEESCALATE_FORM,
        t("One level down"),
        [_about(escalation), b.context(told), b.field("why", t("Why is that enough?"), _text())],
        submit=t("Take it down"),
        **_frame(escalation, t),
    )


def _before(escalation: Escalation, team: Team, t: Text) -> list[str]:
    """What the owner should know before they write: what was said last, and when the next word is due after this one."""
    every = words.minutes(update_minutes(team, escalation.severity), t)
    told = t(
        "{severity}: after this word the next one is due within {time} of working time.",
        severity=words.severity(escalation, t),
        time=every,
    )
    if escalation.state is State.WAITING:
        told = t("It goes on waiting; no other word is due until then.")
    if escalation.updated_at is None:
        return [told]
    last = t("Your last word, {when}:", when=when(escalation.updated_at, t))
    return [told, "\n".join([last, *lines.update(escalation.update, t, limit=180)])]


def _later(minutes: Sequence[int], calendar: Calendar, t: Text, *, now: datetime) -> list[Block]:
    """So many minutes from when the form is sent, or a moment that is known already: as seconds since 1970."""
    soon = [b.option(t("In {time}", time=words.minutes(one, t)), f"+{one}") for one in minutes]
    known = [
        b.option(t(AHEAD[name]), f"{at.timestamp():.0f}", words.day_and_time(at, t))
        for name, at in times_ahead(calendar, now=now).items()
    ]
    return [*soon, *known]


def chosen_time(value: str, *, now: datetime) -> datetime | None:
    """What an option of these forms stands for; None if it is none."""
    if value.startswith("+"):
        return now + timedelta(minutes=int(value[1:]))
    return datetime.fromtimestamp(int(value), now.tzinfo) if value.isdigit() else None


def _frame(escalation: Escalation, t: Text, followers: Sequence[str] = ()) -> Block:
    """What every form has around its fields."""
    carried = Carried(escalation.team_id, escalation_id=escalation.id, followers=tuple(followers))
    return {"close": t("Cancel"), "private_metadata": carried.packed()}


def _about(escalation: Escalation) -> Block:
    return b.section(f"*{words.summary(escalation)}*")


def _text() -> Block:
    return b.text_input(multiline=True, max_length=WHY_MAX)


def _radio(options: Sequence[Block], initial: str | None = None) -> Block:
    element: Block = {"type": "radio_buttons", "options": list(options)}
    chosen = [one for one in options if one["value"] == initial]
    return element | ({"initial_option": chosen[0]} if chosen else {})
