"""What will be done later: one row per thing in the future, set and fired with its effect in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, delete
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace
from storage.database import Tx, insert_into


@dataclass(frozen=True, slots=True)
class Timer:
    """`kind` says what will happen, `subject` to what, `step` which of several. `due_at` is UTC."""

    kind: str
    subject: str
    due_at: datetime
    step: str = ""
    attempts: int = 0


class TimerRow(InWorkspace, Base):
    __tablename__ = "timers"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True, default="")
    due_at: Mapped[datetime]
    not_before: Mapped[datetime]
    """When to try: the due time at first, later after each failed try."""
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]

    __table_args__ = (Index(None, "not_before"),)


async def put(tx: Tx, *timers: Timer) -> None:
    """Set timers, or move those that are set already. The tick is woken after the commit."""
    if not timers:
        return
    values = [
        {
            "workspace_id": tx.workspace_id,
            "kind": timer.kind,
            "subject": timer.subject,
            "step": timer.step,
            "due_at": timer.due_at,
            "not_before": timer.due_at,
            "attempts": 0,
            "last_error": None,
        }
        for timer in timers
    ]
    statement = insert_into(tx, TimerRow).values(values)
    moved = {c: statement.excluded[c] for c in ("due_at", "not_before", "attempts", "last_error")}
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "kind", "subject", "step"], set_=moved
        )
    )
    tx.wakes.add("tick")


async def cancel(tx: Tx, subject: str, *kinds: str) -> None:
    """Forget the timers of these kinds for this subject. None there is no error."""
    await tx.execute(delete(TimerRow).where(TimerRow.subject == subject, TimerRow.kind.in_(kinds)))
