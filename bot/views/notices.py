"""A sentence on top of a form, where an ephemeral message has no place. What was typed below stays."""

from bot.text import Text
from bot.views.blocks import Block, modal, section

NOTICE = "notice"


def notice(text: str, t: Text, *, is_done: bool = False) -> Block:
    title = t("Done") if is_done else t("Not done")
    return modal(NOTICE, title, [section(text)], close=t("Back"))
