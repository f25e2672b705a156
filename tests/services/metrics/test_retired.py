"""A metric that was retired leaves every digest that names it, and the digest says so."""

from dataclasses import replace

from bot.rules.metrics.definition.own import OwnDraft
from bot.services.metrics.look import defining
from storage.database import Database
from tests.cast import BOB, NOON
from tests.services.metrics.digests import DRAFT, EIGHT, live, make, rate, said, set_up
from tests.services.metrics.store import FIRST


async def test_a_digest_says_which_of_its_numbers_were_retired(db: Database) -> None:
    await set_up(db)
    draft = OwnDraft("Unhappy & <sad>", "Ratings of 1 to 3.", "ratings - ratings_good", "ratings")
    own = await defining.save(db, BOB, "", 0, draft, key="own", now=NOON)
    await make(db, replace(DRAFT, metrics=("csat", own.id)))
    await make(db, replace(DRAFT, name="Only that", metrics=(own.id,), channel="C0OTHER"), key="2")
    await rate(db, FIRST, 81, 100)
    await live(db, EIGHT)
    assert "Unhappy &amp; &lt;sad&gt;: 19 % of 100" in await said(db)
    await defining.retire(db, BOB, own.id, is_retired=True, key="retire", now=EIGHT)
    told = await said(db)
    assert "CSAT: 81 % of 100" in told
    assert "19 %" not in told
    for channel in ("C0BILLING", "C0OTHER"):
        told = await said(db, channel)
        assert "Retired, and not told any more: Unhappy &amp; &lt;sad&gt;" in told
        assert "still being added up" not in told
