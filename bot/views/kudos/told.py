"""Short answers about kudos, to who did something."""

from bot.errors import Refused
from bot.rules.kudos import FlagKind, Kudos
from bot.rules.kudos.easing import Eased
from bot.rules.kudos.flagging import Noticed
from bot.text import Text, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations.words import short
from bot.views.kudos import ids
from bot.views.kudos.posted import Message, undoer
from bot.views.shifts.words import stretch
from bot.views.teams.words import mentions

WORDS_SHOWN = 200


def given(kudos: Kudos, t: Text) -> Message:
    """Beside the offer of a command, once it is taken."""
    told = t(
        "Done: {who} will read it. You can take it back for ten minutes.",
        who=mentions(kudos.receivers, t),
    )
    return told, [b.section(told), b.actions(undoer(kudos, t))]


def taken_back(t: Text) -> str:
    return t("These thanks are taken back, as if they had not been given.")


def did_not_count(emoji: str, problem: Refused, t: Text) -> str:
    """For who reacted once more than their thanks of the day reach."""
    return t(
        "Your :{emoji}: is seen where you set it, but it did not count as thanks. {why}",
        emoji=emoji,
        why=t.of(problem),
    )


def hint(noticed: Noticed, t: Text) -> str:
    """For a manager alone, of public thanks alone. Nobody is accused: what looks odd in numbers is often a good week together."""
    giver, receiver = mention(noticed.giver_id), mention(noticed.receiver_id)
    if noticed.kind is FlagKind.SAME_WORDS:
        told = t.n(
            "{giver} has thanked people {count} time in the last 30 days with the same words.",
            "{giver} has thanked people {count} times in the last 30 days with the same words.",
            len(noticed.found),
            giver=giver,
        )
    else:
        told = t.n(
            "{giver} and {receiver} have thanked each other {count} time in the last 30 days, and others less.",
            "{giver} and {receiver} have thanked each other {count} times in the last 30 days, and others less.",
            len(noticed.found),
            giver=giver,
            receiver=receiver,
        )
    lines = [told]
    if noticed.kind is FlagKind.SAME_WORDS:
        lines.append(f"> {short(noticed.found[0].reason, WORDS_SHOWN)}")
    lines.append(
        t("_Only you are told, once a month. It may be perfectly fine: you know them best._")
    )
    return "\n".join(lines)


def eased(seen: Eased, source: str, t: Text) -> Message:
    """For whom it was made easier: a question, and no duty."""
    who = mentions(seen.helpers, t)
    if seen.span is not None:
        told = t("{who} worked in your place: {time}", who=who, time=stretch(seen.span, t))
    else:
        told = t(
            "You resolved #{number}, and said who made it easier: {who}",
            number=seen.number,
            who=who,
        )
    text = told + "\n" + t("Would you like to thank them? It takes a sentence.")
    return text, [b.section(text), b.actions(thanker(source, t))]


def thanker(source: str, t: Text) -> Block:
    """Opens the form with who helped, and for what."""
    return b.button(t("Thank them"), ids.THANK, source)
