"""How cells look: the formats of numbers and words, and how rows stand out."""

from typing import Any

from bot.views.reports.cells import Look, Style

MOST_DECIMALS = 3


def _decimals(whole: str, many: int) -> str:
    return f"{whole}.{'0' * many}" if many else whole


FORMATS: dict[str, dict[str, Any]] = {
    "text": {"valign": "top", "text_wrap": True},
    "quoted": {"valign": "top", "text_wrap": True, "quote_prefix": True},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF3"},
    "heading": {"bold": True, "font_size": 13},
    "number": {"valign": "top"},
    "money": {"valign": "top", "num_format": "#,##0.00##"},
    "length": {"valign": "top", "num_format": "[h]:mm"},
    "seconds": {"valign": "top", "num_format": "[h]:mm:ss"},
    **{
        f"percent{many}": {"valign": "top", "num_format": f"{_decimals('0', many)}%"}
        for many in range(MOST_DECIMALS + 1)
    },
    **{
        f"fixed{many}": {"valign": "top", "num_format": _decimals("#,##0", many)}
        for many in range(MOST_DECIMALS + 1)
    },
    "link": {"valign": "top", "font_color": "#1264A3", "underline": 1},
}
LOOKS: dict[Look, dict[str, Any]] = {
    Look.LATE: {"bold": True, "border": 1, "bg_color": "#FBE3D6"},
    Look.DISPUTED: {"bold": True, "italic": True, "bottom": 1, "bg_color": "#FFF4CC"},
    Look.VOID: {"font_strikeout": True, "italic": True, "font_color": "#767676"},
}
STYLES = {Style.HEADING: "heading", Style.LABELS: "head"}
