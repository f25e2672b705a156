"""Who thanked most often beside who was thanked most often, where a team has chosen to see it."""

from collections.abc import Sequence

from bot.rules.kudos.digests import Leaders
from bot.text import Text, mention
from bot.views import blocks as b
from bot.views.blocks import Block


def leaders(found: Leaders, t: Text) -> Block:
    """Both sides beside each other."""
    return b.section_of(columns(found, t))


def columns(found: Leaders, t: Text) -> list[str]:
    return [
        _column(t("Thanked others most often"), found.givers, t),
        _column(t("Were thanked most often"), found.receivers, t),
    ]


def _column(title: str, people: Sequence[tuple[str, int]], t: Text) -> str:
    lines = [f"{mention(one)} · {t.number(count)}" for one, count in people]
    return "\n".join([f"*{title}*", *(lines or ["–"])])
