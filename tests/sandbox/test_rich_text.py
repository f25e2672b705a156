"""The rich text that comes beside what a person wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.block_kit import check
from sandbox.people_acts import rich_text, typing
from sandbox.server import Sandbox
from tests.sandbox.helpers import Json


def _section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def _text(words: str, *styles: str) -> Json:
    shape: Json = {"type": "text", "text": words}
    return shape | ({"style": dict.fromkeys(styles, True)} if styles else {})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one\ntwo", [_section(_text("one\ntwo"))]),
        ("a &lt; b &amp; c", [_section(_text("a < b & c"))]),
        (
            "*bold* _it_ ~no~ `x*y*`",
            [
                _section(
                    _text("bold", "bold"),
                    _text(" "),
                    _text("it", "italic"),
                    _text(" "),
                    _text("no", "strike"),
                    _text(" "),
                    _text("x*y*", "code"),
                )
            ],
        ),
        ("*_both_*", [_section(_text("both", "bold", "italic"))]),
        ("2 * 3 * 4 and snake_case_name", [_section(_text("2 * 3 * 4 and snake_case_name"))]),
        (
            "<@U1> in <#C1|leads> <!here> <!subteam^S1|@night>",
            [
                _section(
                    {"type": "user", "user_id": "U1"},
                    _text(" in "),
                    {"type": "channel", "channel_id": "C1"},
                    _text(" "),
                    {"type": "broadcast", "range": "here"},
                    _text(" "),
                    {"type": "usergroup", "usergroup_id": "S1"},
                )
            ],
        ),
        (
            "<https://a.example/?x=1&amp;y|here> :wave::skin-tone-3: :eyes:",
            [
                _section(
                    {"type": "link", "url": "https://a.example/?x=1&y", "text": "here"},
                    _text(" "),
                    {"type": "emoji", "name": "wave", "skin_tone": 3},
                    _text(" "),
                    {"type": "emoji", "name": "eyes"},
                )
            ],
        ),
        (
            "<!date^1789000000^{date}|soon>",
            [
                _section(
                    {
                        "type": "date",
                        "timestamp": 1789000000,
                        "format": "{date}",
                        "fallback": "soon",
                    }
                )
            ],
        ),
        (
            "so:\n• one\n• two\n1. first\n&gt; said\nend",
            [
                _section(_text("so:")),
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "indent": 0,
                    "border": 0,
                    "elements": [_section(_text("one")), _section(_text("two"))],
                },
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "indent": 0,
                    "border": 0,
                    "elements": [_section(_text("first"))],
                },
                {"type": "rich_text_quote", "elements": [_text("said")]},
                _section(_text("end")),
            ],
        ),
        (
            "see ```a &lt; b\n*c*``` there",
            [
                _section(_text("see ")),
                {"type": "rich_text_preformatted", "elements": [_text("a < b\n*c*")], "border": 0},
                _section(_text(" there")),
            ],
        ),
    ],
)
def test_signs_become_elements(text: str, parts: list[Json]) -> None:
    assert rich_text.block(text, "b1")["elements"] == parts


def _words(elements: list[Json]) -> str:
    return "".join(
        _words(one["elements"]) if "elements" in one else one.get("text", "") for one in elements
    )


@given(st.text(st.characters(exclude_characters=">:`*_~•◦▪‣-.\n"), min_size=1))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert _words(rich_text.block(typing.escaped(text), "b1")["elements"]) == text


@pytest.mark.parametrize("text", ["```", "``````", "```\n```", "a ``` b", "```\n\n"])
def test_a_fence_around_nothing_stays_what_was_typed(text: str) -> None:
    made = rich_text.block(text, "b1")
    assert [one["type"] for one in made["elements"]] == ["rich_text_section"]
    assert check.message([made]) == []


@given(st.text(alphabet="ab *_~`<>@#!|&;:.\n•1 -^", min_size=1, max_size=40))
def test_whatever_is_typed_becomes_a_valid_block(text: str) -> None:
    made = rich_text.block(typing.escaped(text), "b1")
    assert check.message([made]) == []


async def test_what_people_write_and_change_has_its_rich_text(slack: Sandbox) -> None:
    alice = slack.person("alice")
    message = await alice.says("billing", "ask @bob")
    shown = message.raw["blocks"][0]
    assert shown["elements"] == [_section(_text("ask "), {"type": "user", "user_id": "U0BOB"})]
    assert shown["block_id"]
    await alice.edits(message, "never mind")
    assert message.raw["blocks"][0]["elements"] == [_section(_text("never mind"))]
    file = await alice.uploads("x.txt", b"x")
    assert "blocks" not in (await alice.says("billing", "", files=(file,))).raw
