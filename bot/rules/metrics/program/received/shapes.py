"""What programs send over HTTP: its shape, from which the API's document is made, and what it means as facts."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.rules import zones
from bot.rules.metrics.store.facts import (
    LARGEST,
    LONGEST_KEY,
    LONGEST_NAME,
    MOST_LABELS,
    SCALE,
    Fact,
    sortable,
    thousandths,
)
from bot.rules.metrics.store.parts import BY_KEY, OWN_PART, Way, is_own

MOST_FACTS = 1_000
MOST_PARTS = 40
MOST_SAMPLES = 100
LONGEST_LABEL = 40
YEARS = range(2000, 2101)
_PRINTED = r"^[^\u0000-\u001f\u007f]*$"
_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_NOTHING_ELSE: dict[str, Any] = {"additionalProperties": False}
SUMS = sorted(one.key for one in BY_KEY.values() if one.way is Way.SUM)
SAMPLES = sorted(one.key for one in BY_KEY.values() if one.way is Way.SAMPLE)


def moment_of(text: str) -> datetime:
    """RFC 3339 with its offset, in UTC. Raises ValueError."""
    if not _RFC_3339.fullmatch(text):
        raise ValueError("no such moment")
    whole, dot, rest = text.upper().replace(" ", "T").partition(".")
    if dot:  # as many digits as there are microseconds
        digits = re.match(r"\d+", rest)
        assert digits
        whole += f".{digits[0][:6]:0<6}{rest[digits.end() :]}"
    found = datetime.fromisoformat(whole).astimezone(UTC)
    if found.year not in YEARS:
        raise ValueError("of no year that has numbers")
    return found


def _moment(text: str) -> str:
    try:
        moment_of(text)
    except (ValueError, OverflowError):
        raise PydanticCustomError(
            "moment",
            "is no moment with an offset, such as 2026-03-02T09:30:00+01:00, from 2000 to 2100",
        ) from None
    return text


def _zone(name: str) -> str:
    if not zones.is_zone(name):
        raise PydanticCustomError("zone", "is no IANA time zone, such as Europe/Berlin")
    return name


def _sum_key(key: str) -> str:
    if key in SUMS or is_own(key):
        return key
    raise PydanticCustomError("part", "is no part that is added up; own ones begin with own_")


def _sample_key(key: str) -> str:
    if key in SAMPLES:
        return key
    raise PydanticCustomError("sample", "is no part that is kept value by value")


def _text(longest: int, *, at_least: int = 0) -> Any:
    return StringConstraints(
        strip_whitespace=True, min_length=at_least, max_length=longest, pattern=_PRINTED
    )


Moment = Annotated[
    str, AfterValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]
Name = Annotated[str, _text(LONGEST_NAME)]
Label = Annotated[str, _text(LONGEST_LABEL, at_least=1)]
Amount = Annotated[float, Field(ge=-(LARGEST // SCALE), le=LARGEST // SCALE, allow_inf_nan=False)]
Length = Annotated[float, Field(ge=0, le=LARGEST // SCALE, allow_inf_nan=False)]
SumKey = Annotated[
    str,
    AfterValidator(_sum_key),
    WithJsonSchema({"type": "string", "pattern": f"^({'|'.join(SUMS)}|{OWN_PART})$"}),
]
SampleKey = Annotated[
    str,
    AfterValidator(_sample_key),
    WithJsonSchema({"type": "string", "pattern": f"^({'|'.join(SAMPLES)})$"}),
]


class Item(BaseModel):
    """One thing that happened, or one person's day: what it counts for, and whose it is."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="Fact")

    key: Annotated[str, _text(LONGEST_KEY, at_least=1)] = Field(
        description="Names the fact in its feed, such as a ticket's number. The same key again replaces what it said.",
        examples=["ticket-4711"],
    )
    at: Moment = Field(
        description="When it happened: RFC 3339 with an offset.",
        examples=["2026-03-02T09:30:00+01:00"],
    )
    zone: Annotated[str, AfterValidator(_zone)] | None = Field(
        None,
        description="By whose clock its day and hour are told: an IANA zone. Without it, its team's.",
        examples=["Europe/Berlin"],
    )
    person: Name = Field(
        "", description="Who did it: a name as the program knows it, or a Slack id."
    )
    team: Name = Field(
        "",
        description="A team's name in Baton: the token's own, or one that reports to it. Without it, the person's.",
    )
    channel: Name = Field("", description="By which way it came, such as chat.")
    topic: Name = Field("", description="What it was about.")
    labels: dict[Label, Name] = Field(
        default_factory=dict, max_length=MOST_LABELS, description="Further things to count by."
    )
    parts: dict[SumKey, Amount] = Field(
        default_factory=dict,
        max_length=MOST_PARTS,
        description="Counts and amounts by part, to three decimals. Durations are in seconds.",
        examples=[{"ratings": 1, "ratings_good": 1, "rating_points": 5}],
        json_schema_extra=_NOTHING_ELSE,
    )
    samples: dict[
        SampleKey, Annotated[list[Length], Field(min_length=1, max_length=MOST_SAMPLES)]
    ] = Field(
        default_factory=dict,
        description="Single durations in seconds, of which medians are told.",
        examples=[{"first_response": [95.5]}],
        json_schema_extra=_NOTHING_ELSE,
    )
    updated: Moment | None = Field(
        None,
        description="When the program changed it last. Of two with one key the later one holds, in whatever order they come.",
    )

    @model_validator(mode="after")
    def _says_something(self) -> "Item":
        if not self.parts and not self.samples:
            raise PydanticCustomError("nothing", "needs at least one of parts and samples")
        return self

    def fact(self, zone: str) -> Fact:
        """As the numbers know it. `zone` is its team's, for when it names none."""
        at = moment_of(self.at)
        here = at.astimezone(ZoneInfo(self.zone or zone))
        return Fact(
            key=self.key,
            at=at,
            day=here.date(),
            hour=here.hour,
            person=self.person,
            team=self.team,
            channel=self.channel,
            topic=self.topic,
            labels={name: said for name, said in self.labels.items() if said},
            sums={key: _kept(amount) for key, amount in self.parts.items()},
            samples={key: tuple(map(_kept, held)) for key, held in self.samples.items()},
            updated=sortable(moment_of(self.updated)) if self.updated else "",
        )


class Batch(BaseModel):
    """Facts that are taken together, or not at all."""

    model_config = ConfigDict(extra="forbid", title="Facts")

    facts: list[Item] = Field(min_length=1, max_length=MOST_FACTS)


class Taken(BaseModel):
    """What became of them. The three together are as many as were sent."""

    model_config = ConfigDict(title="Taken")

    taken: int = Field(description="Facts whose key was new.")
    replaced: int = Field(
        description="Facts that say something else than what was known of their key."
    )
    unchanged: int = Field(
        description="Facts that were known already, or are older than what is known."
    )


class ItemProblem(BaseModel):
    """What is wrong with one fact."""

    model_config = ConfigDict(title="FactProblem")

    index: int | None = Field(
        description="Its place among the facts, from 0; null for all of them."
    )
    field: str = Field(description="Such as at or parts.ratings; empty for the fact as a whole.")
    reason: str = Field(description="What is wrong, in words.")


class Problem(BaseModel):
    """RFC 9457: why nothing was taken."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(description="Which problem it is; stays the same in every version.")
    title: str
    status: int
    detail: str = Field(description="What to do about it.")
    errors: list[ItemProblem] = Field(
        default_factory=list, description="For each fact what is wrong with it."
    )


def _kept(amount: float) -> int:
    return thousandths(Decimal(repr(amount)))
