"""What is said of one kudos: to everybody in the team's channel, to who is thanked, and to who thanked them."""

from datetime import datetime

from bot.rules.kudos import Kudos, Post
from bot.text import Text, channel_link, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations.words import short
from bot.views.kudos import ids
from bot.views.teams.words import mentions

Message = tuple[str, list[Block]]
TOLD_LIMIT = 300


def public(post: Post, t: Text) -> Message:
    """For the team's channel. Who likes to be thanked in private is not named."""
    kudos = post.kudos
    giver, receivers = mention(kudos.giver_id), mentions(post.named, t)
    if kudos.undone_at is not None:
        return _alone(t("_These thanks were taken back._"))
    told = t("🎉 {giver} thanks {receivers}", giver=giver, receivers=receivers)
    return _with_reason(told, kudos)


def word(kudos: Kudos, t: Text) -> Message:
    """For who is thanked."""
    giver = mention(kudos.giver_id)
    if kudos.undone_at is not None:
        return _alone(t("_{giver} has taken these thanks back._", giver=giver))
    if kudos.is_public:
        told = t("🎉 {giver} thanks you", giver=giver)
    else:
        told = t("🎉 {giver} thanks you, in private", giver=giver)
    return _with_reason(told, kudos)


def given(post: Post, t: Text, now: datetime) -> Message:
    """For who thanked: what became of it, and for ten minutes a way back."""
    kudos = post.kudos
    if kudos.undone_at is not None:
        return _alone(t("_You have taken these thanks back._"))
    who = mentions(kudos.receivers, t)
    told = t("You thanked {who}", who=who)
    text, blocks = _with_reason(told, kudos)
    blocks.append(b.context(*where(post, t)))
    if kudos.may_be_undone(now):
        blocks.append(b.actions(undoer(kudos, t)))
    return text, blocks


def where(post: Post, t: Text) -> list[str]:
    """Who reads it, in words for who gave it."""
    kudos = post.kudos
    if not kudos.is_public:
        return [t("In private: nobody else reads it.")]
    if not post.channels:
        return [t("Their team has no channel, so only they are told.")]
    channels = ", ".join(channel_link(one) for one in post.channels)
    found = [t("Posted in {channels}.", channels=channels)]
    if unnamed := [one for one in kudos.receivers if one not in post.named]:
        found.append(
            t(
                "Told in private, and not named there, as they like it: {who}",
                who=mentions(unnamed, t),
            )
        )
    return found


def undoer(kudos: Kudos, t: Text) -> Block:
    return b.button(t("Undo"), f"{ids.UNDO}:{kudos.id}", kudos.id)


def quoted(reason: str) -> str:
    """A person's words with a bar beside every line."""
    return "\n".join(f"> {escape(line)}" for line in reason.splitlines() if line.strip())


def _with_reason(told: str, kudos: Kudos) -> Message:
    """The message's own text is all that a notification shows and a screen reader reads."""
    text = f"{told}: {short(kudos.reason, TOLD_LIMIT)}" if kudos.reason else told
    lines = [f"{told}:", quoted(kudos.reason)] if kudos.reason else [told]
    blocks = [b.section("\n".join(lines))]
    if kudos.value:
        blocks.append(b.context(f"*{escape(kudos.value)}*"))
    return text, blocks


def _alone(told: str) -> Message:
    return told, [b.section(told)]
