"""A metric that was retired leaves every digest and target that names it, and these say so."""

from dataclasses import replace
from datetime import timedelta

from bot.people import Person
from bot.rules.metrics.alert.targets import Draft, Target
from bot.rules.metrics.definition.own import OwnDraft
from bot.services.metrics.alert import targets
from bot.services.metrics.look import defining
from bot.text import Text
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.targets import page
from sandbox.block_kit import check
from storage.database import Database
from tests.cast import ALICE, BILLING, BOB, NOON
from tests.services.metrics.digests import DRAFT, EIGHT, live, make, places, rate, said, set_up
from tests.services.metrics.store import FIRST
from tests.views.drawn import mrkdwn_of


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


async def test_its_targets_stay_in_the_list_with_what_to_do(db: Database) -> None:
    """Last and greyed; whoever may set targets can end them there, and once it is back all is as it was."""
    await set_up(db)
    draft = OwnDraft("Unhappy & <sad>", "Ratings of 1 to 3.", "ratings - ratings_good", "ratings")
    own = await defining.save(db, BOB, "", 0, draft, key="own", now=NOON)
    target = await aim(db, own.id, "20", key="target")
    await aim(db, "csat", "80", key="other")
    await defining.retire(db, BOB, own.id, is_retired=True, key="retire", now=NOON)
    drawn = mrkdwn_of((await listed(db, BOB))["blocks"])
    [at] = [place for place, one in enumerate(drawn) if "judges nothing. End the target" in one]
    assert drawn[at].startswith("Unhappy &amp; &lt;sad&gt; 20 % · since Mar 2, 2026")
    assert "*CSAT* 80 %" in "".join(drawn[:at])
    theirs = await listed(db, ALICE)
    assert "judges nothing." in str(theirs)
    assert ids.TARGET_END not in str(theirs)
    await targets.end(db, BOB, BILLING, target.id, key="end", now=NOON)
    assert "judges nothing" not in str(await listed(db, BOB))


async def aim(db: Database, metric: str, amount: str, *, key: str) -> Target:
    draft = Draft(metric, "", amount, FIRST)
    return await targets.save(db, BOB, BILLING, draft, None, key=key, now=NOON)


async def listed(db: Database, person: Person) -> Block:
    view = page(await targets.see(db, person, BILLING, now=NOON), 0, Text())
    assert check.view(view, "modal") == []
    return view


async def test_where_nothing_is_left_to_tell_it_is_said_once(db: Database) -> None:
    await set_up(db)
    own = await defining.save(
        db, BOB, "", 0, OwnDraft("Unhappy", "Few stars.", "ratings - ratings_good", "ratings"), key="own", now=NOON
    )  # fmt: skip
    await make(db, replace(DRAFT, metrics=(own.id,)))
    await defining.retire(db, BOB, own.id, is_retired=True, key="retire", now=NOON)
    for days in range(3):
        await rate(db, FIRST + timedelta(days=days), 81, 100)
        await live(db, EIGHT + timedelta(days=days))
    assert len(await places(db)) == 1
