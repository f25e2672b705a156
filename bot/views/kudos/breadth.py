"""How widely thanks are spread, in one sentence that says what is counted."""

from bot.rules.kudos.breadth import Breadth
from bot.text import Text


def breadth(found: Breadth, t: Text) -> str:
    return t(
        "Kudos breadth: {gave} of {people} in the team thanked somebody, {got} of {people} were thanked, {pairs}.",
        gave=t.number(found.gave),
        got=t.number(found.got),
        people=t.number(found.people),
        pairs=t.n("between {count} pair of people", "between {count} pairs of people", found.pairs),
    )
