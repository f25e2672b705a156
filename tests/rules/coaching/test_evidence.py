"""Evidence as people type it: links, tickets and case numbers, and the same as lines again."""

import pytest

from bot.rules.coaching import Evidence
from bot.rules.coaching.evidence import problem, read, written

PERMALINK = "https://acme.slack.com/archives/C01/p1700000000"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("#12", Evidence("", case=12)),
        ("12", Evidence("", case=12)),
        (" #0012 ", Evidence("", case=12)),
        ("#4821300000", Evidence("#4821300000")),
        ("SUP-12", Evidence("SUP-12")),
        ("call 12", Evidence("call 12")),
        (PERMALINK, Evidence("", PERMALINK)),
        (f"The call {PERMALINK} of Monday", Evidence("The call of Monday", PERMALINK)),
        ("http://", Evidence("http://")),
        ("javascript:alert(1)", Evidence("javascript:alert(1)")),
    ],
)
def test_each_line_means_something(line: str, meant: Evidence) -> None:
    assert read(line) == (meant,)
    assert read(written([meant])) == (meant,)


def test_empty_lines_and_repeats_are_left_out() -> None:
    assert read(f"\n #12 \n\n{PERMALINK}\r\n#12\n") == (
        Evidence("", case=12),
        Evidence("", PERMALINK),
    )
    assert read("") == ()


def test_what_is_too_much() -> None:
    assert problem("\n".join(f"T-{one}" for one in range(10))) is None
    assert problem("\n".join(f"T-{one}" for one in range(11)))
    assert problem("x" * 500) is None
    assert problem("x" * 501)
