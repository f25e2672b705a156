"""Yes and no as exports hold them."""

from bot.rules.metrics.importing.cells.plain import plain

YES = frozenset(
    plain(one)
    for one in (
        *(
            "y",
            "yes",
            "true",
            "1",
            "1.0",
            "x",
            "✓",
            "ja",
            "oui",
            "s",
            "si",
            "sim",
            "да",
            "так",
            "ναι",
        ),
        *("wahr", "vrai", "vero", "verdadero", "verdadeiro", "истина", "істина", "αληθής"),
    )
)
"""The second line is what spreadsheets of other languages write for `TRUE`."""
NO = frozenset(
    plain(one)
    for one in (
        *("n", "no", "false", "0", "0.0", "✗", "nein", "non", "nao", "нет", "ні", "όχι"),
        *("falsch", "faux", "falso", "ложь", "хибність", "ψευδής"),
    )
)


def read(text: str) -> bool | None:
    said = plain(text)
    if said in YES:
        return True
    return False if said in NO else None
