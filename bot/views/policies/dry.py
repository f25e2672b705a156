"""The dry run: what would happen if a case were raised at a moment and nobody took it, in words and times."""

import json
from collections.abc import Iterator
from itertools import groupby

from bot.rules.policies import TargetKind
from bot.rules.policies.forecasts import Fired, Part
from bot.rules.policies.seen import Dry
from bot.rules.severities import Severity
from bot.text import Text, channel_link, escape, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.policies import ids, words
from bot.views.teams.words import mentions

STEPS_SHOWN = 60


def carried(metadata: str) -> str:
    """The team that the form was opened for."""
    found: dict[str, str] = json.loads(metadata)
    return found["team"]


def dry_form(dry: Dry, t: Text) -> Block:
    """The choice of a severity and a moment, and below it what would happen then."""
    severities = [b.option(words.severity(dry.team, one, t), one) for one in Severity]
    moment = {"type": "datetimepicker", "initial_date_time": int(dry.at.timestamp())}
    blocks = [
        b.context(
            t(
                "If you escalated a case to *{team}* and nobody ever took it. Nobody is told now.",
                team=escape(dry.team.name),
            )
        ),
        b.field("severity", t("Severity"), b.select(severities, initial=dry.severity)),
        b.field("at", t("At what time"), moment),
        b.divider(),
        *_result(dry, t),
    ]
    return b.modal(
        ids.DRY_FORM,
        t("What would happen?"),
        blocks,
        submit=t("Show"),
        close=t("Back"),
        private_metadata=json.dumps({"team": dry.team.id}),
    )


def lines(dry: Dry, t: Text) -> list[str]:
    """The same in plain lines, one for each thing that happens."""
    return [b["text"]["text"] for b in _result(dry, t)]


def _result(dry: Dry, t: Text) -> Iterator[Block]:
    called = escape(dry.policy.name) if dry.policy.name else t("Baton's own policy")
    yield b.section(t("*{policy}* applies.", policy=called))
    steps = dry.forecast.steps
    asked = {part.target.kind for one in steps for part in one.parts}
    if TargetKind.LEAD_ON_SHIFT in asked and not dry.has_shifts:
        yield b.section(t("No shifts are set up yet, so every lead counts as on shift."))
    if steps and steps[0].at > dry.at:
        opens = when(steps[0].at, t)
        yield b.section(t("The team is closed then, so the case waits until {when}.", when=opens))
    shown, running = 0, dry.policy.id
    for (policy_id, number), found in groupby(steps, lambda one: (one.policy.id, one.run.round)):
        fired = list(found)
        if shown >= STEPS_SHOWN:
            break
        if policy_id != running:
            name, running = escape(fired[0].policy.name), policy_id
            yield b.section(t("The team is closed then: “{name}” takes over.", name=name))
        shown += len(fired)
        yield from _round(fired, number, dry, t)
    yield from _end(dry, shown, t)


def _round(fired: list[Fired], number: int, dry: Dry, t: Text) -> Iterator[Block]:
    """The first time level by level; every other time in one block."""
    if not number:
        yield from (b.section(_step(one, dry, t)) for one in fired)
        return
    times = fired[0].policy.repeats
    title = t("*Again, {number} of {count}*", number=number, count=times)
    yield b.section(f"{title}\n{words.joined([_briefly(one, t) for one in fired], t)}")


def _step(one: Fired, dry: Dry, t: Text) -> str:
    """`Today 09:15: Ben, Cleo (all leads)`; why a level is skipped."""
    at, level = when(one.at, t), one.run.level + 1
    told = words.joined([_part(part, dry, t) for part in one.parts], t, "; ")
    if one.is_skipped:
        return t("{when}: level {level} reaches nobody: {why}", when=at, level=level, why=told)
    return t("{when}: {who}", when=at, who=told)


def _part(part: Part, dry: Dry, t: Text) -> str:
    meant = words.target(part.target, dry.groups, t)
    if part.why:
        return t("{who} ({why})", who=meant, why=t(words.WHY[part.why]))
    people = mentions(part.people, t)
    if not people or people == meant:
        return meant
    return f"{people} ({meant})"


def _briefly(one: Fired, t: Text) -> str:
    channels = [channel_link(channel) for channel in one.reached.channels]
    people = mentions(one.reached.people, t)
    who = ", ".join([*([people] if people else []), *channels]) or t("nobody")
    return t("{when}: {who}", when=when(one.at, t), who=who)


def _end(dry: Dry, shown: int, t: Text) -> Iterator[Block]:
    steps, is_cut = dry.forecast.steps, dry.forecast.is_cut
    if more := len(steps) - shown:
        yield b.section(t.n("and {count} more", "and {count} more", more))
    elif is_cut:
        yield b.section(
            t(
                "What comes more than eight weeks later is not shown: nobody knows the shifts of then."
            )
        )
    elif steps and steps[-1].is_skipped:
        yield b.section(
            t("Then Baton tries the last level again, until somebody is there and takes the case.")
        )
    else:
        yield b.section(t("Then the last level is told once a day, until somebody takes the case."))
