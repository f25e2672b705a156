"""A menu in place of many buttons: each choice does what a button of its id with its value does."""

from bot.views import blocks as b
from bot.views.blocks import Block


def choice(label: str, action_id: str, value: str = "") -> Block:
    """One of the menu's choices."""
    return b.option(label, f"{action_id} {value}".strip())


def read_choice(chosen: str) -> tuple[str, str]:
    """The id and the value of the button that was chosen in the menu."""
    action_id, _space, value = chosen.partition(" ")
    return action_id, value
