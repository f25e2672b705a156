"""The cases that one hangs together with, on its card and in its details: their numbers, teams and owners, and no more."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.rules.escalations import Escalation, Event, State, WaitingOn
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, lines, words

MOST_SHOWN = 10
TEXT_LIMIT = 3900  # chat.update refuses a text past 4,000


@dataclass(frozen=True, slots=True)
class Link:
    """Another case, as much of it as everybody may know. `is_open` is whether the reader may see the whole of it."""

    case: Escalation
    team: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """`asked` are other departments' cases that this one asked for; `asker` asked for this one, with a `question`.

    `merged` go on as this one; `goes_on` is the case as which this one goes on.
    """

    asked: Sequence[Link] = ()
    asker: Link | None = None
    question: str = ""
    merged: Sequence[Link] = ()
    goes_on: Sequence[Link] = field(default=())

    def __iter__(self) -> Iterator[Link]:
        yield from self.asked
        yield from [self.asker] if self.asker else []
        yield from self.merged
        yield from self.goes_on


def told(escalation: Escalation, links: Links, t: Text) -> list[str]:
    """One line for each: what the card says."""
    said = []
    if links.asker:
        said.append(_asker(links.asker, t))
        said += [f">{one}" for one in escape(b.shorten(links.question, 500)).splitlines()]
    waits = escalation.state is State.WAITING and escalation.waiting_on is WaitingOn.DEPARTMENT
    shown = links.asked[:MOST_SHOWN]
    said += [_asked(one, t, waits=waits and one.case.is_unfinished) for one in shown]
    if more := len(links.asked) - len(shown):
        said.append(t.n("and {count} more", "and {count} more", more))
    return said


def beside(
    text: str, blocks: Sequence[Block], escalation: Escalation, links: Links, t: Text
) -> tuple[str, list[Block]]:
    """The card with its links below where it stands."""
    said = told(escalation, links, t)
    if not said:
        return text, list(blocks)
    whole = "\n".join([text, *said])
    section = b.section("\n".join(said))
    return whole if len(whole) <= TEXT_LIMIT else text, [*blocks[:2], section, *blocks[2:]]


def openers(links: Links, t: Text) -> Iterator[Block]:
    """For the details: each with a button that opens it, where its reader may see it."""
    for one in list(links)[:MOST_SHOWN]:
        number = str(one.case.id)
        name = t("Open escalation #{number}", number=number)
        opener = b.button(t("Open"), f"{ids.OPEN}:{number}", number, accessibility_label=name)
        yield b.section(_short(one, t), accessory=opener if one.is_open else None)


def stub(
    escalation: Escalation, team: str, moved: Event | None, t: Text
) -> tuple[str, list[Block]]:
    """What stays of a card in the channel that the case has left."""
    gone = t("#{number} is with {team} now.", number=escalation.id, team=escape(team))
    said = f"*{words.summary(escalation)}*\n{gone}"
    blocks = [b.section(said)]
    if moved:
        blocks.append(b.context(lines.line(moved, t, escalation.severity_names)))
    return f"{words.summary(escalation)}: {gone}", blocks


def _asked(link: Link, t: Text, *, waits: bool) -> str:
    values = {"team": escape(link.team), "number": link.case.id, "state": _state(link.case, t)}
    if waits:
        return t("Waits for {team} · #{number} · {state}", **values)
    return t("Asked {team} · #{number} · {state}", **values)


def _asker(link: Link, t: Text) -> str:
    values = {"team": escape(link.team), "number": link.case.id}
    if not link.case.is_unfinished:
        return t("Asked by {team} · #{number}, which is closed", **values)
    if not link.case.owner_id:
        return t("Asked by {team} · #{number}", **values)
    owner = mention(link.case.owner_id)
    return t("Asked by {team} · #{number} · owned by {owner}", owner=owner, **values)


def _short(link: Link, t: Text) -> str:
    return t(
        "*#{number}* {team} · {state}",
        number=link.case.id,
        team=escape(link.team),
        state=_state(link.case, t),
    )


def _state(case: Escalation, t: Text) -> str:
    return STATES[case.state](case, t)


STATES: Mapping[State, Callable[[Escalation, Text], str]] = {
    State.OPEN: lambda _case, t: t("no owner yet"),
    State.CLAIMED: lambda case, t: t("owned by {owner}", owner=mention(case.owner_id or "")),
    State.WAITING: lambda case, t: t("owned by {owner}, waits", owner=mention(case.owner_id or "")),
    State.RETURNED: lambda case, t: t("{who} was asked for more", who=mention(case.raised_by)),
    State.RESOLVED: lambda _case, t: t("resolved"),
    State.WITHDRAWN: lambda _case, t: t("withdrawn"),
    State.MERGED: lambda case, t: t("goes on as #{number}", number=case.merged_into),
}
