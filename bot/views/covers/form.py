"""The form of `/baton cover`: whose shift, which part of it, and below it what is asked for already."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from bot.rules.covers import Cover, Coverable, CoverSeen, CoversSeen, State
from bot.rules.covers.drafts import REASON_LIMIT
from bot.rules.shifts import Span
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.covers import ids
from bot.views.covers.card import canceller, taker
from bot.views.shifts.form import time_picker
from bot.views.shifts.words import stretch

SHIFTS_SHOWN = 100
ASKED_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Carried:
    """What the form carries along unseen: whose shifts it shows (none is the reader), in which team if only in one,
    and whether that team's shifts lie below it.
    """

    person_id: str = ""
    team_id: str = ""
    over_shifts: bool = False


def carried(metadata: str) -> Carried:
    return Carried(**json.loads(metadata)) if metadata else Carried()


def opened_for(value: str) -> Carried:
    """What the button of `opener` says."""
    person_id, team_id, below = value.split(":")
    return Carried(person_id, team_id, bool(below))


def cover_of(metadata: str) -> str:
    """The request for which the form of a lead was opened."""
    return str(json.loads(metadata)["cover"])


def cover_form(seen: CoversSeen, t: Text, held: Carried) -> Block:
    """Ask for cover. Who can arrange it for others chooses whose shift it is, and may name who works."""
    blocks = [*_whose(seen, t), *_which(seen, t)]
    has_fields = bool(seen.shifts) or seen.may_arrange
    return b.modal(
        ids.COVER_FORM,
        t("Cover"),
        [*blocks, *_asked(seen, t)],
        close=t("Close"),
        private_metadata=json.dumps(asdict(replace(held, person_id=seen.person_id))),
        submit=t("Ask") if has_fields else "",
    )


def arrange_form(team: Team, cover: Cover, t: Text) -> Block:
    """A lead names who works, for a request that is open."""
    told = t(
        "{who} needs cover in {team}: {time}",
        who=mention(cover.person_id),
        team=escape(team.name),
        time=stretch(cover.span, t),
    )
    hint = t("They are told, and so is everybody concerned.")
    return b.modal(
        ids.ARRANGE_FORM,
        t("Who works?"),
        [b.section(told), b.field("taker", t("Who works?"), {"type": "users_select"}, hint=hint)],
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps({"cover": cover.id}),
    )


def done(cover: Cover, team: Team, t: Text) -> Block:
    """What the form becomes once the team is asked, or somebody is named."""
    values = {"team": escape(team.name), "time": stretch(cover.span, t)}
    if cover.state is State.TAKEN:
        works, who = mention(cover.taken_by or ""), mention(cover.person_id)
        told = t(
            "{works} works in place of {who} in {team}: {time}", works=works, who=who, **values
        )
    else:
        told = t(
            "{team} is asked: {time}. You are told as soon as somebody takes it, "
            "and `/baton cover` shows and cancels it.",
            **values,
        )
    more = b.actions(opener(t, person_id=cover.person_id))
    return b.modal(ids.CHANGED, t("Cover"), [b.section(told), more], close=t("Close"))


def opener(t: Text, *, person_id: str = "", team_id: str = "", over_shifts: bool = False) -> Block:
    """The button that opens the form: for whom, and for which team if it stands for one."""
    value = f"{person_id}:{team_id}:{'shifts' if over_shifts else ''}"
    return b.button(t("Ask for cover"), f"{ids.OPEN}:{team_id}", value)


def shift_of(chosen: str) -> tuple[str, Span | None]:
    """The team and the time of a choice, or nothing."""
    try:
        team_id, start, end = chosen.split(":")
        times = [datetime.fromtimestamp(int(at), UTC) for at in (start, end)]
    except (ValueError, OverflowError, OSError):
        return "", None
    return team_id, Span(*times)


def value_of(one: Coverable) -> str:
    """A shift as a choice carries it; `shift_of` reads it."""
    start, end = (int(at.timestamp()) for at in (one.span.start, one.span.end))
    return f"{one.team.id}:{start}:{end}"


def _whose(seen: CoversSeen, t: Text) -> Iterator[Block]:
    if seen.may_arrange:
        element = {
            "type": "users_select",
            "action_id": ids.WHOSE,
            "initial_user": seen.person_id,
        }
        hint = t("Yourself, or somebody of a team for which you arrange shifts.")
        asked = b.field("person", t("Whose shift?"), element, hint=hint)
        yield asked | {"dispatch_action": True}


def _which(seen: CoversSeen, t: Text) -> Iterator[Block]:
    if not seen.shifts:
        who = mention(seen.person_id)
        yield b.section(t("{who} has no shift in the next four weeks to ask for.", who=who))
        return
    several = len({one.team.id for one in seen.shifts}) > 1
    choices = [
        b.option(_label(one, t, with_team=several), value_of(one))
        for one in seen.shifts[:SHIFTS_SHOWN]
    ]
    only = choices[0]["value"] if len(choices) == 1 else None
    shifts = b.select(choices, initial=only, placeholder=t("Choose one"))
    yield b.field("shift", t("Which shift"), shifts)
    part = t("Only if a part of it is meant. By your own clock.")
    yield b.field("start", t("From"), time_picker(None), hint=part, optional=True)
    yield b.field("end", t("To"), time_picker(None), hint=part, optional=True)
    yield b.field(
        "reason",
        t("Why"),
        b.text_input(multiline=True, max_length=REASON_LIMIT),
        hint=t("Only the person and the leads of the team can read it."),
        optional=True,
    )
    if seen.may_arrange:
        hint = t("Leave it empty to ask the team. The first to accept has it.")
        element: Block = {"type": "users_select"}
        yield b.field("taker", t("Who works?"), element, hint=hint, optional=True)


def _asked(seen: CoversSeen, t: Text) -> Iterator[Block]:
    if not seen.asked:
        return
    yield b.divider()
    yield b.header(t("Asked for"))
    for one in seen.asked[:ASKED_SHOWN]:
        yield b.section(_line(one, t))
        if buttons := list(_buttons(one, t)):
            yield b.actions(*buttons)
    if more := max(0, len(seen.asked) - ASKED_SHOWN):
        yield b.context(t.n("and {count} more", "and {count} more", more))


def _line(seen: CoverSeen, t: Text) -> str:
    cover = seen.cover
    values = {
        "who": mention(cover.person_id),
        "team": escape(seen.team.name),
        "time": stretch(cover.span, t),
    }
    if cover.state is State.TAKEN:
        works = mention(cover.taken_by or "")
        line = t("{works} works in place of {who} in {team}: {time}", works=works, **values)
    else:
        line = t("{who} needs cover in {team}: {time}", **values)
    reason = escape(" ".join(cover.reason.split()))
    return f"{line}\n_{reason}_" if reason else line


def _buttons(seen: CoverSeen, t: Text) -> Iterator[Block]:
    cover = seen.cover
    if seen.may_take:
        yield taker(cover, t)
    if seen.may_arrange:
        yield b.button(t("Name who works"), f"{ids.ARRANGE}:{cover.id}", cover.id)
    if seen.may_cancel:
        yield canceller(cover, t)
    if seen.may_undo:
        yield _undoer(cover, t)


def _undoer(cover: Cover, t: Text) -> Block:
    sure = b.confirm(
        t("Undo this?"),
        t("Then {who} works as planned, and both are told.", who=mention(cover.person_id)),
        t("Undo"),
        t("Keep it"),
    )
    return b.button(t("Undo"), f"{ids.UNDO}:{cover.id}", cover.id, style="danger", confirm=sure)


def _label(one: Coverable, t: Text, *, with_team: bool) -> str:
    """A shift in plain words, by the reader's clock: choices show no formatted times."""
    told = plain_stretch(one.span, t)
    return f"{told} · {one.team.name}" if with_team else told


def plain_stretch(span: Span, t: Text) -> str:
    """`Mon, 2 Mar 2026, 09:00 – 17:00`; the day of the end only where it is more than a night away."""
    start, end = _day_and_time(span.start, t), t.time(span.end)
    first, last = day_of(span.start, t.zone), day_of(span.end, t.zone)
    if (last - first).days > 1:
        end = _day_and_time(span.end, t)
    return f"{start} – {end}"


def _day_and_time(at: datetime, t: Text) -> str:
    day = day_of(at, t.zone)
    return f"{t.weekday(day.weekday())}, {t.day(day)}, {t.time(at)}"
