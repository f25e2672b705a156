"""The ids by which Slack calls back, and the kind of card, of handovers."""

COMMAND = "/handover"

CARD = "handover"

FORM = "handover_form"
DECLINE_FORM = "handover_decline_form"
HISTORY = "handover_history"

OPEN_FORM = "handover_open_form"
ACCEPT = "handover_accept"
DECLINE = "handover_decline"
WITHDRAW = "handover_withdraw"
ASKED_AGAIN = "handover_asked_again"
SEE_HISTORY = "handover_see_history"


def subject(handover_id: str, person_id: str) -> str:
    """What a card is about: the handover, as one of its people sees it."""
    return f"{handover_id}:{person_id}"


def value(handover_id: str, number: int | None = None) -> str:
    """What a button carries: one case of a handover, or all of it."""
    return f"{handover_id}:{number or ''}"


def carried(value: str) -> tuple[str, int | None]:
    handover_id, _colon, number = value.partition(":")
    return handover_id, int(number) if number else None
