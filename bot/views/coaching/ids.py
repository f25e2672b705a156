"""Ids of everything that coaching draws."""

COMMAND = "/coach"

# Commitments and follow-ups.
SETTLE = "coaching_settle"
FOLLOW_UP_DONE = "coaching_follow_up_done"
FOLLOW_UP_MOVE = "coaching_follow_up_move"
FOLLOW_UP_FORM = "coaching_follow_up_form"
FOLLOW_UP_WRITE = "coaching_follow_up_write"
