"""The form of one's own choices: whether others read one's thanks, and whether the team may hear of an anniversary."""

from bot.rules.kudos import Taste
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.kudos import ids

IN_PUBLIC, CELEBRATES = "in_public", "celebrates"


def tastes_form(taste: Taste, t: Text) -> Block:
    options = [
        b.option(t("My team may read what others thank me for"), IN_PUBLIC),
        b.option(t("My team may hear of my anniversary"), CELEBRATES),
    ]
    likes = {IN_PUBLIC: taste.in_public, CELEBRATES: taste.celebrates}
    chosen = [name for name, is_so in likes.items() if is_so]
    day: Block = {"type": "datepicker"}
    if taste.started_on:
        day["initial_date"] = taste.started_on.isoformat()
    blocks = [
        b.field("likes", t("What I like"), b.checkboxes(options, chosen), optional=True),
        b.field(
            "started_on",
            t("I have been here since"),
            day,
            hint=t("Only for the anniversary. Leave it empty if you want none."),
            optional=True,
        ),
    ]
    return b.modal(ids.TASTES_FORM, t("My choices"), blocks, submit=t("Save"), close=t("Back"))
