"""What is said beside a team's numbers: one note for each metric."""

from datetime import date

from sqlalchemy import delete, select

from bot.rules.metrics.comparison.notes import Note
from storage.database import Tx, insert_into
from storage.metrics.deciding_rows import MetricNoteRow


async def of_team(tx: Tx, team_id: str) -> list[Note]:
    """All of them, those that are over too."""
    rows = await tx.scalars(
        select(MetricNoteRow)
        .where(MetricNoteRow.team_id == team_id)
        .order_by(MetricNoteRow.metric)
        .execution_options(populate_existing=True)
    )
    return [
        Note(row.team_id, row.metric, row.words, row.by, row.at, date.fromisoformat(row.until_day))
        for row in rows
    ]


async def put(tx: Tx, note: Note) -> None:
    """In place of the one that was there."""
    values = {
        "words": note.words,
        "by": note.by,
        "at": note.at,
        "until_day": note.until.isoformat(),
    }
    key = {"workspace_id": tx.workspace_id, "team_id": note.team_id, "metric": note.metric}
    statement = insert_into(tx, MetricNoteRow).values(**key, **values)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "team_id", "metric"], set_=values
        )
    )


async def remove(tx: Tx, team_id: str, metric: str) -> None:
    await tx.execute(
        delete(MetricNoteRow)
        .where(MetricNoteRow.team_id == team_id, MetricNoteRow.metric == metric)
        .execution_options(synchronize_session=False)
    )
