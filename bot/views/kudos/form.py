"""The form of `/kudos`: whom, for what, for which value, and who may read it; and the same from a command in one click."""

import json
from collections.abc import Iterator, Sequence

from bot.rules.kudos import KudosDraft, Offered, Via
from bot.rules.kudos.giving import MOST_RECEIVERS, REASON_MAX
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.kudos import ids
from bot.views.kudos.posted import quoted
from bot.views.teams.words import mentions

PUBLIC, PRIVATE = "public", "private"


def kudos_form(draft: KudosDraft, offered: Offered, t: Text, below: str = "") -> Block:
    """With what is typed in it. `below` is the view of the reader's own kudos, if it lies on top of that."""
    return b.modal(
        ids.FORM,
        t("Thank somebody"),
        [*_fields(draft, offered, t), b.context(*_hints(offered, t))],
        submit=t("Thank them"),
        close=t("Cancel"),
        private_metadata=json.dumps(
            {"via": draft.via, "source": draft.source, "id": draft.id, "below": below}
        ),
    )


def carried(metadata: str) -> KudosDraft:
    """What the form carries along unseen: how it was opened, and what for."""
    found = json.loads(metadata)
    return KudosDraft(via=Via(found["via"]), source=found["source"], id=found["id"])


def below(metadata: str) -> str:
    """The view that is to be drawn anew once somebody is thanked, or nothing."""
    return str(json.loads(metadata)["below"])


def offer(draft: KudosDraft, offered: Offered, t: Text) -> tuple[str, list[Block]]:
    """What the command answers: nothing is said to anybody before a value is chosen."""
    told = t("You are about to thank {who}:", who=mentions(draft.receivers, t))
    blocks = [b.section(f"{told}\n{quoted(draft.reason)}"), b.context(_what_happens(draft, t))]
    if unnamed := offered.only_private:
        blocks.append(b.context(_likes_it_private(unnamed, t)))
    buttons = [
        b.button(shown, f"{ids.GIVE}:{number}", packed(draft, shown))
        for number, shown in enumerate(offered.values)
    ]
    buttons.append(b.button(t("More choices …"), ids.IN_FORM, packed(draft, "")))
    return told, [*blocks, b.section(t("*For which value?*")), b.actions(*buttons)]


def packed(draft: KudosDraft, value: str) -> str:
    """The offer in a button: `unpacked` reads it. Nothing of it is kept anywhere before the click."""
    found = [draft.id, draft.receivers, draft.is_public, value, draft.reason]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def unpacked(clicked: str) -> KudosDraft:
    kudos_id, receivers, is_public, value, reason = json.loads(clicked)
    return KudosDraft(tuple(receivers), value, reason, is_public, Via.COMMAND, id=kudos_id)


def refused(problems: Sequence[str], typed: str, t: Text) -> str:
    """Why the command did nothing, with what was typed, to be copied and mended."""
    again = t("This is what you typed: `{words}`", words=escape(typed).replace("`", "'"))
    return "\n".join([*problems, again])


def _fields(draft: KudosDraft, offered: Offered, t: Text) -> Iterator[Block]:
    whom: Block = {
        "type": "multi_users_select",
        "action_id": ids.WHOM,
        "max_selected_items": MOST_RECEIVERS,
    }
    if draft.receivers:
        whom["initial_users"] = list(draft.receivers)
    yield b.field("receivers", t("Whom"), whom) | {"dispatch_action": True}
    reason = b.text_input(multiline=True, initial=draft.reason, max_length=REASON_MAX)
    yield b.field("reason", t("What for"), reason, hint=t("What they did, in a sentence or two."))
    values = [b.option(one, one) for one in offered.values]
    chosen = b.select(values, initial=draft.value, placeholder=t("Choose one"))
    yield b.field("value", t("Which value of {team}", team=offered.team or t("the team")), chosen)
    choices = [
        b.option(t("In public: the team's channel reads it"), PUBLIC),
        b.option(t("In private: only they read it"), PRIVATE),
    ]
    shown = PUBLIC if draft.is_public else PRIVATE
    yield b.field("how", t("Who reads it"), b.radios(choices, shown))


def _hints(offered: Offered, t: Text) -> Iterator[str]:
    yield t.n(
        "You can thank {count} more person today.",
        "You can thank {count} more people today.",
        offered.left,
    )
    if unnamed := offered.only_private:
        yield _likes_it_private(unnamed, t)


def _likes_it_private(unnamed: Sequence[str], t: Text) -> str:
    who = mentions(unnamed, t)
    return t("Like to be thanked in private, so the channel does not name them: {who}", who=who)


def _what_happens(draft: KudosDraft, t: Text) -> str:
    if draft.is_public:
        return t("Their team's channel reads it as soon as you choose.")
    return t("Only they read it, as soon as you choose.")
