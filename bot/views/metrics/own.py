"""The form of a metric of the workspace's own, with what it would come to."""

import json
from collections.abc import Iterator

from bot.rules.metrics.definition.formulas import LONGEST
from bot.rules.metrics.definition.own import (
    MOST_DECIMALS,
    NAME_LIMIT,
    WORDS_LIMIT,
    Definition,
    OwnDraft,
)
from bot.rules.metrics.definition.registry import Direction, Unit
from bot.rules.metrics.look.seen import Tried
from bot.rules.metrics.store.parts import PARTS, Way
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.amounts import count, whole
from bot.views.metrics.define import DIRECTIONS, UNITS


def own_form(
    draft: OwnDraft, definition: Definition | None, t: Text, tried: Tried | None = None
) -> Block:
    """With what is typed in it so far. `definition` is the one that is to be changed; `tried` what the draft comes to."""
    carried = {"id": definition.id, "version": definition.version} if definition else {}
    return b.modal(
        ids.OWN_FORM,
        t("A metric of your own"),
        [
            b.context(_about(t)),
            *_words(draft, t),
            *_formula(draft, t),
            *_trying(tried, t),
            *_showing(draft, t),
        ],
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps(carried),
    )


def carried(metadata: str) -> tuple[str, int]:
    """The id of the metric that is changed and the version that the form showed, or nothing for a new one."""
    found = json.loads(metadata or "{}")
    return str(found.get("id", "")), int(found.get("version", 0))


def _about(t: Text) -> str:
    return t(
        "It holds for the whole workspace. You own it: only you and Baton's admins can change it."
    )


def _words(draft: OwnDraft, t: Text) -> Iterator[Block]:
    yield b.field("name", t("Name"), b.text_input(initial=draft.name, max_length=NAME_LIMIT))
    yield b.field(
        "words",
        t("What it counts, in words"),
        b.text_input(multiline=True, initial=draft.words, max_length=WORDS_LIMIT),
        hint=t("Say what is left out, too. This is what others read."),
    )


def _formula(draft: OwnDraft, t: Text) -> Iterator[Block]:
    yield b.field(
        "numerator",
        t("What is added up"),
        b.text_input(initial=draft.numerator, max_length=LONGEST),
        hint=t(
            "Parts, numbers, + - * / and brackets, such as “ratings_good” or “talk_seconds + hold_seconds”."
        ),
    )
    yield b.field(
        "denominator",
        t("Divided by"),
        b.text_input(initial=draft.denominator, max_length=LONGEST),
        hint=t("The whole that it is a part of, such as “ratings”. Empty: it is an amount."),
        optional=True,
    )
    sums = ", ".join(f"`{one.key}`" for one in PARTS if one.way is Way.SUM)
    yield b.context(t("Parts: {parts}", parts=sums))


def _trying(tried: Tried | None, t: Text) -> Iterator[Block]:
    yield b.actions(b.button(t("Try it"), ids.OWN_TRY))
    if tried is not None:
        yield b.section("\n".join(_tried(tried, t)))


def _tried(tried: Tried, t: Text) -> Iterator[str]:
    if tried.metric is None:
        yield from (f"⚠ {escape(t.of(one))}" for one in tried.problems.values())
        return
    days = tried.days
    if tried.value.amount is None:
        yield t.n(
            "It comes to nothing: there are no numbers for it of the last {count} day.",
            "It comes to nothing: there are no numbers for it of the last {count} days.",
            days,
        )
    else:
        value = whole(tried.value, tried.metric, t)
        of = count(tried.value, tried.metric, t)
        yield t.n(
            "Over the last {count} day, in all teams whose numbers you see: *{value}* of {whole}",
            "Over the last {count} days, in all teams whose numbers you see: *{value}* of {whole}",
            days,
            value=value,
            whole=of,
        )
    if tried.unknown:
        yield t(
            "Of this there was nothing: {parts}",
            parts=", ".join(f"`{one}`" for one in tried.unknown),
        )
    if tried.parts:
        yield t("Your own parts: {parts}", parts=", ".join(f"`{one}`" for one in tried.parts))


def _showing(draft: OwnDraft, t: Text) -> Iterator[Block]:
    units = [b.option(t(UNITS[one]), one.value) for one in Unit]
    yield b.field("unit", t("Told in"), b.select(units, initial=draft.unit))
    ways = [b.option(t(DIRECTIONS[one]), one.value) for one in Direction]
    yield b.field("direction", t("Which way is good"), b.select(ways, initial=draft.direction))
    places = [b.option(t.number(one), str(one)) for one in range(MOST_DECIMALS + 1)]
    yield b.field("decimals", t("Decimals"), b.select(places, initial=str(draft.decimals)))
