"""Ids of everything that kudos draw."""

COMMAND = "/kudos"

CARD = "kudos"

FORM = "kudos_form"
OPEN_FORM = "kudos_open_form"
WHOM = "kudos_whom"
GIVE = "kudos_give"
IN_FORM = "kudos_in_form"
UNDO = "kudos_undo"
MINE = "kudos_mine"
TASTES = "kudos_tastes"
TASTES_FORM = "kudos_tastes_form"
