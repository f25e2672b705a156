"""Whom a row means: a Slack id, an e-mail or a name, found among the people and channels that Slack listed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from bot.errors import Refused
from bot.rules.people import Profile
from bot.text import _

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that Baton can see. `is_member` says whether Baton is in it."""

    id: str
    name: str
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """What Slack lists, indexed by everything that somebody may write."""

    people: Sequence[Profile]
    channels: Sequence[Channel] = ()
    _by_word: dict[str, list[Profile]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found: defaultdict[str, list[Profile]] = defaultdict(list)
        for one in self.people:
            names = {one.id, one.email, one.name, one.real_name, one.username}
            for word in {_plain(name) for name in names} - {""}:
                found[word].append(one)
        object.__setattr__(self, "_by_word", found)

    def person(self, written: str) -> Profile:
        """The one person that is meant. Raises Refused, saying what to write instead."""
        found = self._by_word.get(_plain(written), [])
        exact = [one for one in found if one.id == _bare(written)]
        here = exact or [one for one in found if one.can_have_roles] or found
        if not here:
            raise Refused(
                _("Nobody here is called “{person}”. Write a Slack id, an e-mail or a full name."),
                person=written,
            )
        if len(here) > 1:
            raise Refused(
                _("“{person}” may be any of {people}. Write the id or the e-mail."),
                person=written,
                people=", ".join(
                    f"{one.id} ({one.real_name or one.called})" for one in here[:SHOWN]
                ),
            )
        if not here[0].can_have_roles:
            raise Refused(
                _("“{person}” is a bot or has left, and cannot have a role."), person=written
            )
        return here[0]

    def channel(self, written: str) -> Channel:
        """By id or name, with or without `#`. Raises Refused if Baton cannot see it."""
        word = _bare(written).removeprefix("#")
        for one in self.channels:
            if word == one.id or word.casefold() == one.name.casefold():
                return one
        raise Refused(
            _("Baton sees no channel “{channel}”. If it is private, invite Baton there first."),
            channel=written,
        )

    def find_channel(self, channel_id: str) -> Channel | None:
        return next((one for one in self.channels if one.id == channel_id), None)


def _bare(written: str) -> str:
    """`<@U123|anna>` and `<#C123|billing>` are what Slack makes of a mention when it is copied."""
    if written.startswith(("<@", "<#")) and written.endswith(">"):
        return written[2:-1].partition("|")[0]
    return written


def _plain(written: str) -> str:
    return " ".join(normalize("NFKC", _bare(written)).casefold().removeprefix("@").split())
