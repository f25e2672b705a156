"""What people chose the last time they asked for a file."""

from sqlalchemy import select

from bot.rules.reports import About, Choice
from storage.coaching.rows import ExportChoiceRow
from storage.database import Tx, insert_into


async def choice_of(tx: Tx, person_id: str, about: About) -> Choice:
    """As it was; all there is, if they have never chosen."""
    asked = select(ExportChoiceRow.choice).where(
        ExportChoiceRow.person_id == person_id, ExportChoiceRow.about == about
    )
    found = await tx.scalar(asked)
    return Choice.from_json(found) if found else Choice()


async def save_choice(tx: Tx, person_id: str, about: About, choice: Choice) -> None:
    key = {"workspace_id": tx.workspace_id, "person_id": person_id, "about": about.value}
    values = {"choice": choice.to_json()}
    statement = insert_into(tx, ExportChoiceRow).values(**key, **values)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "person_id", "about"], set_=values
        )
    )
