"""What is drawn of giving thanks fits Slack's limits in every language, and what people typed becomes nothing else."""

from dataclasses import replace

import pytest

from bot.rules.kudos import (
    FlagKind,
    Kudos,
    KudosDraft,
    KudosSettings,
    Mine,
    Offered,
    Post,
    Receipt,
    Taste,
    Via,
)
from bot.rules.kudos.easing import Eased
from bot.rules.kudos.flagging import Noticed
from bot.rules.spans import Span
from bot.text import Text
from bot.views.kudos import form, mine, posted, settings, tastes, told
from sandbox.block_kit import check
from tests.casebook import TEAM
from tests.cast import ALICE, BEN, BILLING, NOON, WORKSPACE
from tests.services.kudos.acting import HOUR
from tests.views.drawn import mrkdwn_of

LANGUAGES = [Text(one, "Europe/Berlin") for one in ("en-US", "el-GR", "uk-UA")]
NASTY = "<!channel> <@U0MARA> `*&" * 20
MANY = tuple(Receipt(f"U{n:010}", BILLING) for n in range(10))
KUDOS = Kudos(
    *(WORKSPACE, "k" * 32, ALICE.id, MANY, "<!here>" * 2, NASTY),
    *(True, Via.FORM, NOON),
)
OFFERED = Offered(tuple(f"{'<' * 18}{n:02}" for n in range(12)), NASTY, 1, KUDOS.receivers)
DRAFT = KudosDraft(KUDOS.receivers, OFFERED.values[3], NASTY[:500], id="k" * 32)
every_language = pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.language)


def check_words(thing: object) -> None:
    found = "".join(mrkdwn_of(thing))
    assert "<!" not in found.replace("<!date", "")
    assert "<@U0MARA>" not in found


@every_language
def test_modals_fit(t: Text) -> None:
    seen = Mine([KUDOS] * 10, [KUDOS] * 10, 3, Taste(WORKSPACE, ALICE.id, celebrates=True))
    team = replace(TEAM, name=NASTY[:60])
    kept = KudosSettings(WORKSPACE, BILLING, OFFERED.values)
    views = [
        form.kudos_form(DRAFT, OFFERED, t),
        form.kudos_form(KudosDraft(), Offered(("Teamwork",)), t),
        mine.mine(seen, t, NOON),
        mine.mine(Mine(), t, NOON),
        tastes.tastes_form(Taste(WORKSPACE, ALICE.id, started_on=NOON.date()), t),
        settings.settings_form(team, kept, t),
        settings.settings_form(TEAM, replace(kept, digest_day=None, emoji="", values=()), t),
    ]
    for view in views:
        assert check.view(view, "modal") == []
        check_words(view)


@every_language
def test_messages_fit(t: Text) -> None:
    undone = replace(KUDOS, undone_at=NOON)
    private = replace(KUDOS, is_public=False, value="")
    eased = Eased(Via.ESCALATION, ALICE.id, KUDOS.receivers, NOON, number=12)
    noticed = Noticed(FlagKind.SAME_WORDS, ALICE.id, "", BILLING, (), (KUDOS,) * 3)
    messages = [
        posted.public(Post(KUDOS, KUDOS.receivers), t),
        posted.given(Post(KUDOS, KUDOS.receivers[:1], ("C1", "C2")), t, NOON),
        posted.given(Post(private, private.receivers), t, NOON + HOUR),
        *(posted.word(one, t) for one in (KUDOS, private, undone)),
        form.offer(DRAFT, OFFERED, t),
        form.offer(replace(DRAFT, is_public=False), OFFERED, t),
        told.given(KUDOS, t),
        told.eased(eased, "escalation:12", t),
        told.eased(replace(eased, span=Span(NOON, NOON + HOUR)), "cover:1", t),
    ]
    for text, blocks in messages:
        assert text
        assert check.blocks(blocks, "message") == []
        check_words(blocks)
    for found in (noticed, replace(noticed, kind=FlagKind.EACH_OTHER, receiver_id=BEN.id)):
        assert "<!channel>" not in told.hint(found, t)


def test_an_offer_comes_back_whole_from_its_button() -> None:
    for reason in (NASTY[:500], '"' * 500, "\n🎉" * 250):
        draft = replace(DRAFT, reason=reason)
        packed = form.packed(draft, OFFERED.values[3])
        assert len(packed) <= 2000
        assert form.unpacked(packed) == replace(draft, via=Via.COMMAND)


def test_a_refusal_repeats_what_was_typed_without_ending_its_quotes() -> None:
    said = form.refused(["Why."], "/kudos @ben `x` <!here>", LANGUAGES[0])
    assert said == "Why.\nThis is what you typed: `/kudos @ben 'x' &lt;!here&gt;`"
