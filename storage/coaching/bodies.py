"""A note's words as one text, so that they are sealed as a whole, and back."""

import json
from typing import Any

from bot.rules.coaching import Body, Evidence, Part


def to_text(body: Body) -> str:
    held: dict[str, Any] = {
        "parts": {part.value: words for part, words in body.parts.items()},
        "evidence": [[one.label, one.url, one.case] for one in body.evidence],
    }
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def to_body(text: str) -> Body:
    held = json.loads(text)
    parts = {Part(name): words for name, words in held["parts"].items()}
    return Body(parts, tuple(Evidence(*one) for one in held["evidence"]))
