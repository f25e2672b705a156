"""What stand-ups have put into the outbox, and what Slack is pretended to have."""

from sqlalchemy import select, update

from storage.database import Database
from storage.outbox import CardRow, OutboxRow, State
from tests.cast import WORKSPACE


async def cards_waiting(db: Database, kind: str) -> list[tuple[str, str]]:
    """Subject and channel of each card of a kind that waits to be drawn."""
    asked = select(OutboxRow.card_subject, OutboxRow.channel).where(
        OutboxRow.card_kind == kind, OutboxRow.is_card, OutboxRow.state == State.PENDING.value
    )
    async with db.read(WORKSPACE) as tx:
        found = await tx.execute(asked.order_by(OutboxRow.channel))
        return [(str(subject), channel) for subject, channel in found]


async def send_cards(db: Database, kind: str) -> None:
    """All of a kind that wait are on their way to Slack now, and nobody knows yet where they are."""
    async with db.write(WORKSPACE) as tx:
        await tx.execute(
            update(OutboxRow)
            .where(OutboxRow.card_kind == kind)
            .values(state=State.SENDING.value)
            .execution_options(synchronize_session=False)
        )


async def post_cards(db: Database, kind: str) -> None:
    """All of a kind that wait are in Slack now."""
    posted = await cards_waiting(db, kind)
    async with db.write(WORKSPACE) as tx:
        tx.add_all(
            CardRow(
                workspace_id=WORKSPACE,
                kind=kind,
                subject=subject,
                channel=channel,
                posted_in=f"D{channel}",
                ts="1.0",
            )
            for subject, channel in posted
        )
        await tx.execute(
            update(OutboxRow)
            .where(OutboxRow.card_kind == kind)
            .values(state=State.SENT.value)
            .execution_options(synchronize_session=False)
        )
