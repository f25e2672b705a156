"""The ids by which Slack calls back about cover."""

COVER_FORM = "cover_form"
ARRANGE_FORM = "cover_arrange_form"
CHANGED = "cover_changed"

OPEN = "cover_open"
WHOSE = "cover_whose"
TAKE = "cover_take"
CANCEL = "cover_cancel"
ARRANGE = "cover_arrange"
UNDO = "cover_undo"
