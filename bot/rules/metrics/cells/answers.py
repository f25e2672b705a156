"""Yes and no as exports hold them."""

from bot.rules.metrics.cells.missing import trim

YES = frozenset(
    {"y", "yes", "true", "1", "1.0", "x", "✓", "ja", "oui", "si", "sí", "да", "так", "ναι"}
)
NO = frozenset({"n", "no", "false", "0", "0.0", "✗", "nein", "non", "нет", "ні", "όχι"})


def read(text: str) -> bool | None:
    said = trim(text).casefold()
    if said in YES:
        return True
    return False if said in NO else None
