"""What ends in a note when its author does not lead there any more, or whom it is about has gone. No I/O."""

from dataclasses import dataclass

from bot.rules.coaching.commitments import Promiser


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A note in which something may still be waited for. `open_of` is whose commitments are open.

    `told_of` are those of both of whom the note says already that they have gone. Only a shared note says so.
    """

    note_id: str
    team_id: str
    author_id: str
    agent_id: str
    is_shared: bool = True
    is_disputed: bool = False
    is_followed_up_later: bool = False
    open_of: frozenset[Promiser] = frozenset()
    told_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ends:
    """`gone` is of whom the note will say that they have gone, if it does not say so yet; `drops` whose promises end."""

    gone: str = ""
    drops: frozenset[Promiser] = frozenset()
    follow_up: bool = False

    def __bool__(self) -> bool:
        return bool(self.gone or self.drops or self.follow_up)


def ends(one: Unfinished, *, leads: bool, is_here: bool) -> Ends:
    """`leads`: its author still has something to say there. `is_here`: whom it is about was not deactivated.

    What an agent has promised is theirs: it stays open when only the author has gone.
    """
    if leads and is_here:
        return Ends()
    gone = one.author_id if is_here else one.agent_id
    over = frozenset({Promiser.LEAD}) if is_here else frozenset(Promiser)
    return Ends(
        gone if one.is_shared and gone not in one.told_of else "",
        over & one.open_of,
        one.is_followed_up_later,
    )
