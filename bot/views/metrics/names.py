"""Who the names in a team's numbers are: a choice of a person for each that is nobody yet, and a way back for the rest."""

import json
from collections.abc import Iterator, Sequence

from bot.rules.metrics.look.named import Named, Names
from bot.rules.teams import Team
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.define import turns

A_PAGE = 20
NAME_SHOWN = 120
TEAMS_SHOWN = 100


def names(seen: Names, page: int, t: Text, said: str = "", mark: str = "") -> Block:
    """One page, as a modal. `said` is why somebody was not linked; `mark` tells this drawing from others."""
    team = seen.team
    pages = max(1, -(-len(seen.all) // A_PAGE))
    at = max(0, min(page, pages - 1))
    blocks = [
        b.header(t("{team}: whose names these are", team=team.name)),
        *([b.section(f"⚠ {said}")] if said else []),
        b.section(_title(seen, t)),
        *(
            block
            for one in seen.all[at * A_PAGE : (at + 1) * A_PAGE]
            for block in (_name(one, t, mark), *_besides(one, seen, t))
        ),
        *turns(at, pages, t, ids.NAMES_OPEN, lambda to: f"{team.id} {to}"),
        *_moved(seen, t),
        b.context(
            t(
                "Numbers of the past are corrected at once. From then on this person sees them as their own, "
                "and so do those who lead them."
            )
        ),
    ]
    carried = f"{team.id} {at}"
    return b.modal(ids.NAMES_OPEN, t("Names"), blocks, close=t("Close"), private_metadata=carried)


def place_of(value: str) -> tuple[str, int]:
    """The team and the page that a button or the modal carries."""
    team_id, _space, page = value.partition(" ")
    return team_id, int(page or 0)


def linked(value: str) -> tuple[str, str]:
    """The name and the person that a button to unlink them carries."""
    name_id, _space, person_id = value.partition(" ")
    return name_id, person_id


def _title(seen: Names, t: Text) -> str:
    if not seen.all:
        return t("No number of this team has a name yet. Bring in a file that says who did what.")
    if not seen.unknown:
        return t("Everybody in these numbers is known.")
    return t.n(
        "*{count} name is nobody yet.* Choose who that is. Names that Slack knows are linked by themselves.",
        "*{count} names are nobody yet.* Choose who they are. Names that Slack knows are linked by themselves.",
        seen.unknown,
    )


def _name(one: Named, t: Text, mark: str) -> Block:
    called = escape(b.shorten(one.name, NAME_SHOWN))
    if not one.person_id:
        # Its block has a name of its own each time, so that Slack does not keep what was chosen and refused.
        chooser = {
            "type": "users_select",
            "action_id": f"{ids.NAME_LINK}:{one.id}",
            "placeholder": b.plain(t("Who is that?"), 150),
        }
        return b.section(f"*{called}*", accessory=chooser) | {"block_id": f"name:{one.id}:{mark}"}
    label = b.shorten(t("{name} is somebody else", name=one.name), 75)
    other = b.button(
        t("Somebody else"),
        f"{ids.NAME_UNLINK}:{one.id}",
        f"{one.id} {one.person_id}",
        accessibility_label=label,
    )
    told = " · ".join(_linked(one, called, t))
    return b.section(told, accessory=other) | {"block_id": f"name:{one.id}:{one.person_id}"}


def move_form(
    team: Team,
    name: Named,
    others: Sequence[Team],
    listed: str,
    t: Text,
    *,
    is_in_place: bool = False,
) -> Block:
    """For which team the lines of a name count. `listed` is what the list shows: below, or where this stands in its place."""
    options = [b.option(one.name, one.id) for one in others[:TEAMS_SHOWN]]
    called = escape(b.shorten(name.name, NAME_SHOWN))
    said = t(
        "All lines of *{name}* that count for {team} count for the other team instead: those of the past, and those of files to come.",
        name=called,
        team=escape(team.name),
    )
    chooser = b.select(options, placeholder=t("Choose a team"))
    return b.modal(
        ids.NAME_MOVE_FORM,
        t("Another team's"),
        [b.section(said), b.field("team", t("They count for"), chooser)],
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps({"name": name.id, "listed": listed, "in_place": is_in_place}),
    )


def carried(metadata: str) -> tuple[str, str, bool]:
    """The name, what the list shows, and whether the form stands in its place."""
    held = json.loads(metadata)
    return str(held["name"]), str(held["listed"]), bool(held["in_place"])


def _besides(one: Named, seen: Names, t: Text) -> Iterator[Block]:
    """What else can be said of a name."""
    told, buttons = _shared(one, seen, t)
    is_stranger = one.id in seen.strangers
    if is_stranger and not told:
        told = t("They are not in this team, for which these lines count.")
    if seen.may_move and not one.team_id and (is_stranger or not one.person_id):
        label = b.shorten(t("Lines of {name} are another team's", name=one.name), 75)
        buttons.append(
            b.button(
                t("Another team's"),
                f"{ids.NAME_MOVE}:{one.id}",
                one.id,
                accessibility_label=label,
            )
        )
    if told:
        yield b.context(told)
    if buttons:
        yield b.actions(*buttons)


def _moved(seen: Names, t: Text) -> Iterator[Block]:
    """Names of this team whose lines count elsewhere, and the way back."""
    if not seen.moved:
        return
    yield b.divider()
    for one, team in seen.moved[:A_PAGE]:
        called = escape(b.shorten(one.name, NAME_SHOWN))
        told = t("Lines of *{name}* count for {team}.", name=called, team=escape(team))
        button = b.button(t("Count them here again"), f"{ids.NAME_MOVE_BACK}:{one.id}", one.id)
        yield b.section(told, accessory=button)
    if (more := len(seen.moved) - A_PAGE) > 0:
        yield b.context(t.n("and {count} more", "and {count} more", more))


def _shared(one: Named, seen: Names, t: Text) -> tuple[str, list[Block]]:
    """One written name can be two people: asked where it matters, and said where it was answered."""
    label = b.shorten(one.name, NAME_SHOWN)
    if one.team_id:
        told = t("In this team the name is a person of its own.")
        sure = b.confirm(
            t("One person after all?"),
            t("The numbers of this name here and in the other teams become one person's again."),
            t("One person"),
            t("Keep them apart"),
        )
        button = b.button(
            t("The same person everywhere"), f"{ids.NAME_TOGETHER}:{one.id}", one.id, confirm=sure
        )
    elif one.id in seen.shared:
        told = t("This name is in the lines of another team too. One person or two?")
        sure = b.confirm(
            t("Two people of that name?"),
            t(
                "In {team} “{name}” becomes a person of its own, also in the past. The other teams keep theirs.",
                team=escape(b.shorten(seen.team.name, NAME_SHOWN)),
                name=escape(label),
            ),
            t("Two people"),
            t("One person"),
        )
        button = b.button(
            t("Somebody of their own here"), f"{ids.NAME_APART}:{one.id}", one.id, confirm=sure
        )
    else:
        return "", []
    return told, [button]


def _linked(one: Named, called: str, t: Text) -> Iterator[str]:
    yield f"*{called}* → {mention(one.person_id)}"
    if one.linked_by:
        yield t("said by {person}", person=mention(one.linked_by))
    else:
        yield t("linked by the name")
