"""The sheets that list notes and commitments, a row each, with the columns that a coach or a quality lead looks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules.coaching import (
    Commitment,
    CommitmentState,
    Entry,
    EntryKind,
    Evidence,
    Note,
    Part,
    Promiser,
    Visibility,
)
from bot.rules.coaching.taken import Taken
from bot.rules.escalations import is_link
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of
from bot.text import Text, _
from bot.views.coaching import words
from bot.views.coaching.columns import COMMITMENTS, NOTES, TABLES, Field, Group, Layout
from bot.views.reports.cells import Cell, Link, Look, Mark, Row, Sheet
from bot.views.reports.plain import Names, name_of, on_the_wall

SHARED_WITH: Mapping[Visibility, str] = {
    Visibility.AGENT: _("The agent"),
    Visibility.CHAIN: _("The agent and the managers above"),
}
SIDES: Mapping[Promiser, str] = {Promiser.AGENT: _("Agent"), Promiser.LEAD: _("Coach")}
COMMENTS = (EntryKind.ACKNOWLEDGED, EntryKind.COMMENTED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A note to be listed, with all that its row needs. `number` joins it with its commitments, within the file.

    It was shared on `day`, by the team's clock.
    """

    number: int
    taken: Taken
    note: Note
    day: date
    team: Team
    names: Names

    @classmethod
    def of(cls, number: int, taken: Taken, team: Team, names: Names) -> "Listed":
        note = taken.note
        day = day_of(note.shared_at or note.written_at, team.zone)
        return cls(number, taken, note, day, team, names)

    def entries(self, *kinds: EntryKind) -> list[Entry]:
        return [one for one in self.taken.entries if one.kind in kinds]

    def name(self, person_id: str | None) -> str:
        return name_of(person_id, self.names)


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment to be listed, with its note. `today` is the reader's."""

    of: Listed
    one: Commitment
    today: date

    @property
    def is_overdue(self) -> bool:
        return self.one.is_overdue(self.today)


def notes_sheet(layout: Layout[Listed], t: Text) -> Sheet:
    """What is disputed or withdrawn stands out, also on paper."""
    state = layout.place("state")
    marks = [
        Mark(Look.DISPUTED, state, t("Disputed"), columns=[layout.place("agent"), state]),
        Mark(Look.VOID, state, t("Withdrawn")),
    ]
    return Sheet(t(NOTES), layout.columns(t), table=TABLES[NOTES], marks=marks)


def commitments_sheet(layout: Layout[Promised], t: Text) -> Sheet:
    """What is overdue stands out, also on paper."""
    overdue, due = layout.place("overdue"), layout.place("due")
    marks = [Mark(Look.LATE, overdue, t("Overdue"), columns=[due, overdue])]
    return Sheet(t(COMMITMENTS), layout.columns(t), table=TABLES[COMMITMENTS], marks=marks)


def commitment_rows(
    listed: Listed, layout: Layout[Promised], today: date, t: Text
) -> Iterator[Row]:
    for one in listed.taken.commitments:
        yield layout.row(Promised(listed, one, today), t)


def _part(part: Part) -> "Field[Listed]":
    def cell(listed: Listed, _t: Text) -> Cell:
        return listed.note.body.parts.get(part, "")

    return Field(part.value, words.PARTS[part], 44, Group.WORDS, cell)


def _first_link(listed: Listed, _t: Text) -> Cell:
    first = _linked(listed.note.body.evidence)
    return Link(first.url, first.label or first.url) if first else ""


def _evidence(listed: Listed, t: Text) -> Cell:
    """What is left beside the first link, a line each."""
    evidence = listed.note.body.evidence
    first = _linked(evidence)
    return "\n".join(_line(one, t) for one in evidence if one is not first)


def _linked(evidence: Iterable[Evidence]) -> Evidence | None:
    return next((one for one in evidence if is_link(one.url)), None)


def _line(one: Evidence, t: Text) -> str:
    case = t("Escalation {number}", number=one.case) if one.case is not None else ""
    parts = [part for part in (case, one.label, one.url) if part]
    return ": ".join(dict.fromkeys(parts))


def _days(listed: Listed, _t: Text) -> Cell:
    """From the sharing to the acknowledgement, by the calendar."""
    done = on_the_wall(listed.note.acknowledged_at, listed.team.zone)
    return (done.date() - listed.day).days if done else None


def _said(listed: Listed, *kinds: EntryKind) -> Cell:
    """Whole, with who said it where several did."""
    found = [one for one in listed.entries(*kinds) if one.words]
    if len(found) == 1 and EntryKind.AMENDED not in kinds:
        return found[0].words
    return "\n".join(f"{listed.name(one.by)}: {one.words}" for one in found)


def _decision(listed: Listed, t: Text) -> Cell:
    verdict = listed.note.verdict
    if verdict is None:
        return ""
    said = str(_said(listed, EntryKind.DECIDED) or "")
    return "\n".join(part for part in (t(words.VERDICTS[verdict]), said) if part)


def _shared_with(listed: Listed, t: Text) -> Cell:
    found = SHARED_WITH.get(listed.note.visibility)
    return t(found) if found else ""


FIELDS: Sequence[Field[Listed]] = (
    Field("number", _("No."), 7, Group.ALWAYS, lambda one, _t: one.number),
    Field("agent", _("Agent"), 18, Group.ALWAYS, lambda one, _t: one.name(one.note.agent_id)),
    Field("coach", _("Coach"), 18, Group.WHO, lambda one, _t: one.name(one.note.author_id)),
    Field("team", _("Team"), 16, Group.WHO, lambda one, _t: one.team.name),
    Field("date", _("Date"), 12, Group.ALWAYS, lambda one, _t: one.day),
    Field("kind", _("Kind"), 15, Group.ALWAYS, lambda one, t: t(words.KINDS[one.note.kind])),
    Field("skill", _("Skill"), 18, Group.WHO, lambda one, _t: one.note.skill),
    Field("topic", _("Topic"), 16, Group.WHO, lambda one, _t: one.note.topic),
    Field("shared_with", _("Shared with"), 18, Group.WHO, _shared_with),
    Field("state", _("State"), 14, Group.ALWAYS, lambda one, t: words.state(one.note, t)),
    *(_part(one) for one in Part),
    Field("link", _("Evidence"), 30, Group.WORDS, _first_link),
    Field("evidence", _("More evidence"), 36, Group.WORDS, _evidence),
    Field(
        "acknowledged",
        _("Acknowledged on"),
        19,
        Group.OUTCOME,
        lambda one, _t: on_the_wall(one.note.acknowledged_at, one.team.zone),
    ),
    Field("days", _("Days to acknowledge"), 13, Group.OUTCOME, _days),
    Field("comment", _("Comment"), 36, Group.OUTCOME, lambda one, _t: _said(one, *COMMENTS)),
    Field(
        "dispute", _("Dispute"), 36, Group.OUTCOME, lambda one, _t: _said(one, EntryKind.DISPUTED)
    ),
    Field(
        "decider",
        _("Who decides"),
        18,
        Group.OUTCOME,
        lambda one, _t: one.name(one.note.decider_id),
    ),
    Field("decision", _("Decision"), 30, Group.OUTCOME, _decision),
    Field(
        "amendments",
        _("Amendments"),
        36,
        Group.OUTCOME,
        lambda one, _t: _said(one, EntryKind.AMENDED),
    ),
    Field("follow_up", _("Follow-up"), 12, Group.OUTCOME, lambda one, _t: one.note.follow_up_on),
    Field(
        "closed",
        _("Closed on"),
        19,
        Group.OUTCOME,
        lambda one, _t: on_the_wall(one.note.closed_at, one.team.zone),
    ),
    Field("agent_id", _("Agent's Slack ID"), 14, Group.ALWAYS, lambda one, _t: one.note.agent_id),
)
PROMISES: Sequence[Field[Promised]] = (
    Field("note", _("Note"), 7, Group.ALWAYS, lambda one, _t: one.of.number),
    Field(
        "promised_by",
        _("Promised by"),
        18,
        Group.ALWAYS,
        lambda one, _t: one.of.name(one.one.promised_by),
    ),
    Field("side", _("Side"), 9, Group.PROMISES, lambda one, t: t(SIDES[one.one.promiser])),
    Field(
        "coached",
        _("Whose coaching"),
        18,
        Group.PROMISES,
        lambda one, _t: one.of.name(one.one.agent_id),
    ),
    Field("promise_team", _("Team"), 16, Group.PROMISES, lambda one, _t: one.of.team.name),
    Field("words", _("Commitment"), 56, Group.PROMISES, lambda one, _t: one.one.words),
    Field("due", _("Due"), 12, Group.ALWAYS, lambda one, _t: one.one.due_on),
    Field(
        "promise_state",
        _("State"),
        22,
        Group.ALWAYS,
        lambda one, t: t(words.COMMITMENT_STATES[one.one.state]),
    ),
    Field(
        "overdue",
        _("Overdue"),
        11,
        Group.ALWAYS,
        lambda one, t: t("Overdue") if one.is_overdue else "",
    ),
    Field(
        "settled",
        _("Settled on"),
        19,
        Group.PROMISES,
        lambda one, _t: on_the_wall(one.one.settled_at, one.of.team.zone),
    ),
    Field(
        "settled_by",
        _("Settled by"),
        18,
        Group.PROMISES,
        lambda one, _t: one.of.name(one.one.settled_by),
    ),
    Field(
        "carried",
        _("From an earlier note"),
        12,
        Group.PROMISES,
        lambda one, t: t("yes") if one.one.carried_from else "",
    ),
    Field(
        "promiser_id",
        _("Slack ID"),
        14,
        Group.ALWAYS,
        lambda one, _t: one.one.promised_by,
    ),
)
OPEN = words.COMMITMENT_STATES[CommitmentState.OPEN]
