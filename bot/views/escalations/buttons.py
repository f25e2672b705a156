"""What can be done from the card, by state: the buttons, the menu behind them, and who holds how much before one claims."""

from collections.abc import Iterator, Mapping, Sequence

from bot.rules.escalations import Escalation, Load, State, heaviest_first
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, words

LOADS_LENGTH = 200
"""So many characters of names and numbers leave room for the sentence around them, in any language."""

AT_WORK = ("resolve", "update", "wait", "hand_over", "return", "details")
BUTTONS: Mapping[State, Sequence[str]] = {
    State.OPEN: ("claim", "assign", "return", "details"),
    State.CLAIMED: AT_WORK,
    State.WAITING: ("resume", *AT_WORK),
    State.RETURNED: ("details",),
    State.RESOLVED: ("reopen", "details"),
    State.WITHDRAWN: ("reopen", "details"),
    State.MERGED: ("reopen", "details"),
}
ANY_TIME = ("escalate", "severity", "followers", "note")
ELSEWHERE = ("move", "merge")
MORE: Mapping[State, Sequence[str]] = {
    **dict.fromkeys((State.OPEN, State.RETURNED), (*ANY_TIME, *ELSEWHERE)),
    **dict.fromkeys((State.CLAIMED, State.WAITING), (*ANY_TIME, "ask", *ELSEWHERE, "release")),
    State.RESOLVED: ("followers", "note"),
    State.WITHDRAWN: ("note",),
    State.MERGED: (),
}


def of_card(escalation: Escalation, loads: Sequence[Load], t: Text) -> Block:
    """One row. It keeps its id, so that a click is not lost when the card is drawn anew under the question."""
    known = _buttons(escalation, loads, t)
    elements = [known[name] for name in BUTTONS[escalation.state]]
    return b.actions(*elements, *_more(escalation, t), block_id=f"card:{escalation.id}")


def holding(loads: Sequence[Load], t: Text) -> str:
    """Who holds how much, within what a question may hold; nothing while all hands are free."""
    found = heaviest_first(loads)
    said = [_load(one, t) for one in found]
    shown = said
    while len(", ".join(shown)) > LOADS_LENGTH:
        shown = shown[:-1]
    if left := len(said) - len(shown):
        shown = [*shown, t.n("and {count} more", "and {count} more", left)]
    return ", ".join(shown)


def choice(label: str, click: str, escalation: Escalation) -> Block:
    """An option of the menu: it does what a button with this id would do."""
    return b.option(label, f"{click}:{escalation.id}")


def _buttons(escalation: Escalation, loads: Sequence[Load], t: Text) -> Mapping[str, Block]:
    number = str(escalation.id)
    return {
        "claim": b.button(
            t("Claim"), ids.CLAIM, number, style="primary", **_sure(escalation, loads, t)
        ),
        "resolve": b.button(t("Resolve"), ids.RESOLVE, number, style="primary"),
        "resume": b.button(t("Go on"), ids.RESUME, number),
        "update": b.button(t("Update"), ids.UPDATE, number),
        "wait": b.button(_wait(escalation, t), ids.WAIT, number),
        "hand_over": b.button(t("Hand over"), ids.HAND_OVER, number),
        "assign": b.button(t("Assign"), ids.HAND_OVER, number),
        "return": b.button(t("Return"), ids.RETURN, number),
        "reopen": b.button(t("Reopen"), ids.REOPEN, number),
        "details": b.button(t("Details"), ids.OPEN, number),
    }


def _wait(escalation: Escalation, t: Text) -> str:
    return t("Wait longer") if escalation.state is State.WAITING else t("Wait")


def _more(escalation: Escalation, t: Text) -> Iterator[Block]:
    known = {
        "escalate": choice(t("Escalate further"), ids.ESCALATE, escalation),
        "deescalate": choice(t("One level down"), ids.DEESCALATE, escalation),
        "severity": choice(t("Change how urgent it is"), ids.CHANGE_SEVERITY, escalation),
        "followers": choice(t("Who follows it"), ids.FOLLOWERS, escalation),
        "note": choice(t("Add to the timeline"), ids.NOTE, escalation),
        "ask": choice(t("Ask another department"), ids.ASK_DEPARTMENT, escalation),
        "move": choice(t("Move to another team"), ids.MOVE, escalation),
        "merge": choice(t("Merge"), ids.MERGE, escalation),
        "release": choice(t("I can't go on"), ids.RELEASE, escalation),
    }
    names = list(MORE[escalation.state])
    if "escalate" in names and escalation.level:
        names.insert(1, "deescalate")
    if names:
        options = [known[name] for name in names]
        # Its id is new with each version, so that Slack forgets what was chosen.
        yield b.select(
            options, placeholder=t("More…"), action_id=f"{ids.MORE}:{escalation.version}"
        )


def _sure(escalation: Escalation, loads: Sequence[Load], t: Text) -> Block:
    """A question before the claim, if somebody holds something. It was drawn a while ago, and says so."""
    if not (held := holding(loads, t)):
        return {}
    told = t("Open cases, when this card was last updated: {loads}.", loads=held)
    title = t("Claim #{number}?", number=escalation.id)
    return {"confirm": b.confirm(title, told, t("Claim"), t("Not now"))}


def _load(load: Load, t: Text) -> str:
    name = escape(b.shorten(load.name, 40))
    if load.next_due is None:
        return t("{name} {count}", name=name, count=t.number(load.cases))
    return t(
        "{name} {count} (next due {when})",
        name=name,
        count=t.number(load.cases),
        when=words.day_and_time(load.next_due, t),
    )
