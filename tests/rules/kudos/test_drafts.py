"""Which reasons are a sentence, in whatever script, and whom one may name."""

import pytest

from bot.rules.kudos import KudosDraft, problems
from bot.rules.kudos.drafts import normalised, reason_problem

SENTENCES = (
    "Stayed an hour longer for me",
    "thank you very much",
    "I owe Ben one now, really",
    "Με βοήθησε με τον θυμωμένο πελάτη",
    "Допоміг мені з розлюченим клієнтом",
    "मेरी बहुत मदद की आज",
    "ساعدني مع العميل الغاضب",
    "谢谢你帮我处理投诉",
    "お客様を助けてくれてありがとう",
    "ขอบคุณที่ช่วยลูกค้าของฉัน",
    "화난 고객을 정말 잘 도와주셨어요",
    "helped :tada: with the parcels 🎉",
    "Took 2000 calls on Monday",
)
NO_SENTENCES = (
    "",
    "thanks",
    "thank you",
    "good job!!!!!!!!!!!!!!!!!",
    "🎉🎉🎉🎉🎉🎉 🎉🎉🎉 🎉🎉🎉 🎉🎉🎉",
    ":tada: :heart: :thumbsup: :wave: :smile:",
    "@anna @ben @carl @dora @emil",
    "<@U0ANNA> <@U0BEN> <@U0CARL> <@U0DORA>",
    "https://example.com/a https://example.com/b https://example.com/c",
    "aaaaaaa bbbbbbbb cccccccc dddddddd",
    "ha ha ha ha ha ha ha ha ha ha",
    "thanks thanks thanks thanks thanks thanks",
    "............ ------------ !!!!!!!!!",
    "谢谢",
    "a b c d e",
)


@pytest.mark.parametrize("reason", SENTENCES)
def test_a_sentence_is_one_in_any_script(reason: str) -> None:
    assert reason_problem(reason) is None


@pytest.mark.parametrize("reason", NO_SENTENCES)
def test_noise_is_no_sentence(reason: str) -> None:
    assert "3 words and 15 characters" in str(reason_problem(reason))


def test_a_novel_is_too_long() -> None:
    assert "under 501" in str(reason_problem("many words here " * 40))


def test_whom_one_may_name() -> None:
    fine = KudosDraft(("U1", "U2"), reason="Stayed an hour longer for me")
    assert problems(fine, "U0") == {}
    told = {
        (): "name somebody",
        ("U1", "U0"): "can't thank yourself",
        tuple(f"U{n}" for n in range(1, 12)): "10 people at once",
    }
    for receivers, why in told.items():
        found = problems(KudosDraft(receivers, reason=fine.reason), "U0")
        assert set(found) == {"receivers"}
        assert why in str(found["receivers"])


def test_everybody_is_named_once() -> None:
    assert KudosDraft(("U1", "U2", "U1"), reason=" a\x00 ").cleaned() == KudosDraft(
        ("U1", "U2"), reason="a"
    )


def test_the_same_words_are_the_same_however_they_are_set() -> None:
    assert normalised("Great help, Ben!!! 🎉") == normalised("great   HELP ben :tada:")
    assert normalised("Great help, Ben") != normalised("Great help, Anna")
