"""How long tests wait for the database: what they show must not depend on what else the machine does."""

from storage.engines import Patience

PATIENT = Patience(turn=60, lock=60, ping=60, connection=60, statement=60)
"""Who waits for long is only slow. Who waits for each other is told by PostgreSQL after a second, all the same."""
