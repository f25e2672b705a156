"""The story of a program: an admin lets it in, it sends numbers over HTTP, and is sent away again."""

import re

import aiohttp

from bot.services.metrics.store import numbers
from handlers.listening.openapi import FACTS
from storage import teams
from storage.people import set_admins
from tests import cast
from tests.scenarios.stage import Stage


async def post(stage: Stage, token: str, key: str) -> int:
    """One call of today."""
    now = stage.clock.now().isoformat(timespec="seconds")
    body = {"facts": [{"key": "call-1", "at": now, "parts": {"contacts": 1}}]}
    headers = {"authorization": f"Bearer {token}", "idempotency-key": key}
    url = f"http://127.0.0.1:{stage.baton.http.port}{FACTS}"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json=body, headers=headers) as got,
    ):
        return got.status


async def contacts(stage: Stage) -> float:
    today = stage.clock.now().date()
    async with stage.baton.db.read(cast.WORKSPACE) as tx:
        team = await teams.find_by_name(tx, "Billing")
        assert team
        return sum(
            row.bundle.amount("contacts") or 0
            for row in await numbers.read(tx, [team.id], today, today)
        )


async def test_a_program_is_let_in_sends_numbers_and_is_sent_away(stage: Stage) -> None:
    ada = stage.person("ada")
    async with stage.baton.db.write(cast.WORKSPACE) as tx:
        await set_admins(tx, [ada.id])
    assert (await ada.slash("/baton")).ok
    await ada.click(ada.modal, "Programs")
    assert "No program is let in" in ada.modal.text
    await ada.click(ada.modal, "New token")
    form: dict[str, object] = {
        "Which program is it?": " Dialler *1* ",
        "Where do its numbers come from?": "BATON",
        "Whose numbers does it send?": "Billing",
    }
    assert not (await ada.fill(form).submit()).ok
    assert (await ada.fill({"Where do its numbers come from?": "Phones"}).submit()).ok
    assert "Dialler *1*" in ada.modal.text
    found = re.search(r"baton_\S{40,}", ada.modal.text.replace("`", " "))
    assert found
    await sends_until_revoked(stage, found[0])


async def sends_until_revoked(stage: Stage, token: str) -> None:
    ada = stage.person("ada")
    assert await post(stage, token, "1") == 200
    assert await contacts(stage) == 1
    refused = await stage.person("bob").slash("/metrics", "programs")
    assert "Only Baton's admins can let programs send numbers" in refused.text
    assert (await ada.slash("/metrics", "programs")).ok
    assert "Phones, for Billing" in ada.modal.text
    assert token not in ada.modal.text
    await ada.click(ada.modal, "Take back")
    assert "No program is let in" in ada.modal.text
    assert await post(stage, token, "2") == 401
    assert token not in str([one.sent for one in stage.slack.log if one.name == "views.open"])
