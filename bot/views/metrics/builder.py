"""The list of digests: when each came last and comes next, and the buttons beside it."""

from collections.abc import Container, Iterator, Sequence

from bot.rules.calendars import WEEKDAYS
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digests import (
    About,
    Digest,
)
from bot.rules.metrics.digest.posts import Post
from bot.rules.metrics.digest.telling import Listed
from bot.rules.teams import Team
from bot.text import Text, channel_link, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import digest as views
from bot.views.metrics import ids
from bot.views.reports.words import period
from bot.views.teams.words import DAYS

LISTED = 25
"""Digests on one page: each is two blocks of a modal's hundred."""


def digest_list(
    teams: Sequence[Team],
    found: Sequence[Listed],
    team_id: str,
    t: Text,
    *,
    gone: Container[str] = (),
    mine: Sequence[Listed] = (),
    reader_id: str = "",
) -> Block:
    """The modal. `team_id` is the one team that it shows, or empty; `gone` are channels in which nothing can be said.

    `mine` are those that come to its reader privately, who may be in no team for which they could make any.
    """
    said = t("A digest brings numbers to a channel or to people, on time and by itself.")
    entries = [block for one in found[:LISTED] for block in _entry(one, t, gone)]
    if (more := len(found) - LISTED) > 0:
        entries.append(b.context(t.n("and {count} more", "and {count} more", more)))
    if not entries:
        entries = [b.section(t("There is none yet. The first takes a minute to make."))]
    return b.modal(
        ids.DIGESTS,
        t("Digests"),
        [
            b.context(said),
            *(entries if teams else ()),
            *(_mine(mine, reader_id, t) if mine else ()),
            *([b.divider(), *_new(teams, t)] if teams else ()),
            *_all(team_id, t),
        ],
        close=t("Close"),
        private_metadata=team_id,
    )


def named(digest: Digest) -> str:
    """What a button carries: the digest as it is now."""
    return f"{digest.team_id}:{digest.id}:{digest.version}"


def schedule(digest: Digest, t: Text) -> str:
    """How often, on which day and at what time it comes."""
    at = t.clock(digest.at)
    match digest.cadence:
        case Cadence.DAILY:
            return t("every working day at {time}", time=at)
        case Cadence.WEEKLY:
            day = t(DAYS[WEEKDAYS[digest.on_day]])
            return t("every week, {day} at {time}", day=day, time=at)
        case Cadence.MONTHLY:
            return t(
                "every month, on working day {number} at {time}", number=digest.on_day, time=at
            )
        case Cadence.QUARTERLY:
            return t(
                "every quarter, on working day {number} at {time}", number=digest.on_day, time=at
            )


def _entry(one: Listed, t: Text, gone: Container[str]) -> Iterator[Block]:
    digest = one.digest
    facts = [
        f"*{escape(digest.name)}* · {_subject(one, t)}",
        f"{schedule(digest, t)} · {_where(digest, t)}",
    ]
    facts.append(f"{_last(one.last, t)} · {_next(one, t)}")
    if digest.is_on and digest.channel in gone:
        lost = t("Baton can't post there any more. Invite it, or choose another channel.")
        facts.append(f"⚠️ {lost}")
    yield b.section("\n".join(facts))
    yield b.actions(*_entry_buttons(digest, t))


def _entry_buttons(digest: Digest, t: Text) -> Iterator[Block]:
    value = named(digest)
    label = b.shorten(t("Change {name}", name=digest.name), b.BUTTON_LIMIT)
    yield b.button(
        t("Change"), f"{ids.DIGEST_CHANGE}:{digest.id}", value, accessibility_label=label
    )
    if digest.is_on:
        label = b.shorten(t("Pause {name}", name=digest.name), b.BUTTON_LIMIT)
        yield b.button(
            t("Pause"), f"{ids.DIGEST_PAUSE}:{digest.id}", value, accessibility_label=label
        )
    else:
        label = b.shorten(t("Let {name} come again", name=digest.name), b.BUTTON_LIMIT)
        yield b.button(
            t("Go on"), f"{ids.DIGEST_RESUME}:{digest.id}", value, accessibility_label=label
        )
    sure = b.confirm(
        t("Take this digest out?"),
        t("It comes no more. What it has told stays where it is."),
        t("Take out"),
        t("Keep it"),
    )
    label = b.shorten(t("Take out {name}", name=digest.name), b.BUTTON_LIMIT)
    yield b.button(
        t("Take out"),
        f"{ids.DIGEST_REMOVE}:{digest.id}",
        value,
        style="danger",
        confirm=sure,
        accessibility_label=label,
    )


def _subject(one: Listed, t: Text) -> str:
    if one.digest.choice.about is About.PERSON:
        return f"{mention(one.digest.person_id)} · {escape(one.team_name)}"
    if one.digest.choice.about is About.DEPARTMENT:
        return t("{team} with the teams that report to it", team=escape(one.team_name))
    return escape(one.team_name)


def _where(digest: Digest, t: Text) -> str:
    if digest.channel:
        return channel_link(digest.channel)
    if not digest.places:
        return t("to nobody at present")
    return t.n("privately to {count} person", "privately to {count} people", len(digest.places))


def _mine(found: Sequence[Listed], reader_id: str, t: Text) -> Iterator[Block]:
    """What its reader gets, and a button for each not to get it, or to get it again."""
    yield b.divider()
    title = t("Sent to you privately")
    yield b.section(f"*{title}*")
    for one in found[:LISTED]:
        digest = one.digest
        is_stopped = reader_id in digest.stopped
        when_next = t("stopped by you") if is_stopped else _next(one, t)
        facts = (
            f"*{escape(digest.name)}* · {_subject(one, t)}",
            f"{schedule(digest, t)} · {when_next}",
        )
        button = views.want(digest, reader_id, digest.id, t, f":{digest.id}")
        yield b.section("\n".join(facts), accessory=button)
    if (more := len(found) - LISTED) > 0:
        yield b.context(t.n("and {count} more", "and {count} more", more))


def _last(post: Post | None, t: Text) -> str:
    if post is None:
        return t("has not come yet")
    return t("came {when}, about {days}", when=when(post.posted_at, t), days=period(post.period, t))


def _next(one: Listed, t: Text) -> str:
    if one.next_at is None:
        return t("paused")
    return t("comes next {when}", when=when(one.next_at, t))


def _new(teams: Sequence[Team], t: Text) -> Iterator[Block]:
    """A button for the one team, or a choice of them."""
    if len(teams) == 1:
        yield b.actions(b.button(t("New digest"), ids.DIGEST_NEW, teams[0].id, style="primary"))
        return
    options = [b.option(one.name, one.id) for one in teams]
    choose = b.select(options, placeholder=t("For which team"), action_id=ids.DIGEST_NEW)
    yield b.section(f"*{t('New digest')}*", accessory=choose)


def _all(team_id: str, t: Text) -> Iterator[Block]:
    if team_id:
        yield b.actions(b.button(t("Digests of all your teams"), ids.BUILDER_OPEN))
