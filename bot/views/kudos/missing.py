"""What leads see of their team in private: who has had no kudos for long, with a way to thank them, and no ranking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.rules.kudos import Flag, FlagKind
from bot.rules.kudos.breadth import Breadth
from bot.rules.kudos.missing import Missed
from bot.rules.teams import Team
from bot.text import Text, mention
from bot.views import blocks as b
from bot.views.blocks import Block, shorten
from bot.views.kudos import ids
from bot.views.kudos.breadth import breadth
from bot.views.kudos.thanks import and_more

A_PAGE = 20
TEAMS_SHOWN = 100  # what a select can hold
HINTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Hints:
    """What was noticed: in public thanks with the names, in private ones only how often."""

    public: Sequence[Flag] = ()
    private: int = 0


@dataclass(frozen=True, slots=True)
class TeamSeen:
    """One team of all that the reader leads. `hints` are for its manager, and None for everybody else."""

    team: Team
    teams: Sequence[Team]
    weeks: int
    missed: Sequence[Missed]
    breadth: Breadth
    hints: Hints | None = None


def team(seen: TeamSeen, page: int, t: Text) -> Block:
    """One page, as a modal that only its reader sees."""
    pages = max(1, -(-len(seen.missed) // A_PAGE))
    at = min(page, pages - 1)
    blocks = [
        b.header(t("{team}: kudos", team=seen.team.name)),
        b.context(t("Only those who lead the team see this.")),
        *_other_teams(seen, t),
        b.section(t("*The last 8 weeks.* {breadth}", breadth=breadth(seen.breadth, t))),
        b.section(_title(seen, t)),
        *(_missed(one, t) for one in seen.missed[at * A_PAGE : (at + 1) * A_PAGE]),
        *_turns(seen, at, pages, t),
        b.context(
            t(
                "Private thanks count too, whoever gave them. Baton does not know since when somebody is in the team: "
                "who is new is here as well."
            )
        ),
        *_hints(seen, t),
    ]
    return b.modal(ids.TEAM, t("Your team's kudos"), blocks, close=t("Close"))


def page_of(value: str) -> tuple[int, str]:
    """What a button or the choice carries: the page, and the team."""
    page, _colon, team_id = value.partition(":")
    return int(page or 0), team_id


def _title(seen: TeamSeen, t: Text) -> str:
    if not seen.missed:
        return t.n(
            "Everybody has had kudos within the last week.",
            "Everybody has had kudos within the last {count} weeks.",
            seen.weeks,
        )
    return t.n(
        "*No kudos for {count} week or longer.* Is there something that nobody has put into words yet?",
        "*No kudos for {count} weeks or longer.* Is there something that nobody has put into words yet?",
        seen.weeks,
    )


def _missed(one: Missed, t: Text) -> Block:
    since = (
        t("none so far")
        if one.weeks is None
        else t.n("none for {count} week", "none for {count} weeks", one.weeks)
    )
    told = f"{mention(one.person_id)} · {since}"
    if one.is_away:
        away = t("away at present")
        told = f"{told} · {away}"
    # Of whom nothing is known yet there is only the id.
    is_known = one.name != one.person_id
    label = t("Thank {name}", name=shorten(one.name, 30)) if is_known else t("Thank them")
    return b.section(told, accessory=b.button(label, ids.OPEN_FORM, one.person_id))


def _other_teams(seen: TeamSeen, t: Text) -> Iterator[Block]:
    if len(seen.teams) > 1:
        options = [b.option(one.name, f"0:{one.id}") for one in seen.teams[:TEAMS_SHOWN]]
        chosen = f"0:{seen.team.id}"
        yield b.actions(b.select(options, initial=chosen, action_id=f"{ids.TEAM}:choose"))
    if more := len(seen.teams[TEAMS_SHOWN:]):
        yield b.context(and_more(more, t))


def _turns(seen: TeamSeen, at: int, pages: int, t: Text) -> Iterator[Block]:
    turns = [(t("Back"), at - 1)] if at else []
    turns += [(t("More"), at + 1)] if at + 1 < pages else []
    if turns:
        yield b.context(t("Page {page} of {pages}", page=at + 1, pages=pages))
        yield b.actions(
            *(b.button(text, f"{ids.TEAM}:{to}", f"{to}:{seen.team.id}") for text, to in turns)
        )


def _hints(seen: TeamSeen, t: Text) -> Iterator[Block]:
    """For the manager alone: hints, in words that accuse nobody."""
    if seen.hints is None or not (seen.hints.public or seen.hints.private):
        return
    yield b.divider()
    yield b.section(
        t("*Noticed in the last 30 days.* These are hints and no verdicts; only you see them.")
    )
    lines = [f"• {_hint(one, t)}" for one in seen.hints.public[:HINTS_SHOWN]]
    if more := len(seen.hints.public[HINTS_SHOWN:]):
        lines.append(and_more(more, t))
    if seen.hints.private:
        lines.append(
            t.n(
                "• Something like that was noticed in private thanks, {count} time.",
                "• Something like that was noticed in private thanks, {count} times.",
                seen.hints.private,
            )
        )
    yield b.section("\n".join(lines))


def _hint(flag: Flag, t: Text) -> str:
    giver, receiver = mention(flag.giver_id), mention(flag.receiver_id)
    if flag.kind is FlagKind.SAME_WORDS:
        return t("{giver} has used the same words several times.", giver=giver)
    return t("{giver} and {receiver} mostly thank each other.", giver=giver, receiver=receiver)
