"""Words of headers that say little: whose an id is, and that something is a score."""

OF_OTHERS = frozenset(
    {
        *("customer", "contact", "client", "requester", "user", "agent", "employee", "account", "company", "organization"),
        *("group", "team", "queue", "product", "order", "lead", "parent", "caller", "cliente", "agente", "usuario", "operador"),
    }
)  # fmt: skip
"""An id with one of these words names somebody or something that comes again in the next file."""
OF_ANSWERS = frozenset({"survey", "response", "feedback", "csat", "nps", "ces"})
"""An id with one of these words names an answer."""
VAGUE_SCORES = frozenset(
    {
        *("score", "final score", "total score", "overall score", "score value", "points", "grade", "nota", "nota final"),
        *("punkte", "punktzahl", "punteggio", "баллы", "бали", "βαθμος"),
    }
)  # fmt: skip
"""What may be a score of anything."""
