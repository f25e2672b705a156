"""What an admin is told when something urgent could not be said, and how to mend it."""

from bot.text import Text, _, channel_link, mention

NOT_THERE = {"not_in_channel", "channel_not_found"}


def words(channel: str, reason: str, t: Text) -> str:
    """`channel` is a channel's id or a person's, `reason` Slack's own word."""
    if channel.startswith(("U", "W")):
        told = t(
            _("Baton could not write to {person}, so they missed something urgent."),
            person=mention(channel),
        )
    else:
        told = t(
            _("Baton could not post in {channel}, so something urgent was missed there."),
            channel=channel_link(channel),
        )
    return f"{told} {_remedy(reason, t)}"


def _remedy(reason: str, t: Text) -> str:
    if reason in NOT_THERE:
        return t(_("Please type `/invite @Baton` in that channel."))
    if reason == "is_archived":
        return t(_("The channel is archived: please choose another one with `/baton`."))
    return t(_("Slack's answer was `{reason}`."), reason=reason)
