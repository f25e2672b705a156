"""A policy's body as it is kept in its row, and checked again when it is read: no row can make a policy that does not end."""

from typing import Any

from bot.rules.policies import (
    LEVELS_AT_MOST,
    LONGEST_WAIT,
    REPEATS_AT_MOST,
    Level,
    Outside,
    Policy,
    Target,
    TargetKind,
)
from bot.rules.severities import Severity
from storage.base import Json


def to_json(policy: Policy) -> Json:
    return {
        "severities": [str(one) for one in Severity if one in policy.severities],
        "only_instead": policy.only_instead,
        "levels": [
            {"minutes": level.minutes, "targets": _targets(level.targets)}
            for level in policy.levels
        ],
        "repeats": policy.repeats,
        "repeat_from": policy.repeat_from,
        "outside": str(policy.outside),
        "other": policy.other_policy_id,
        "warned": _targets(policy.warned),
        "breached": _targets(policy.breached),
    }


def from_json(body: Any) -> dict[str, Any]:
    """The fields of a policy. Raises ValueError if it is none."""
    try:
        found = _read(body)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError("not the body of a policy") from error
    levels, repeats = found["levels"], found["repeats"]
    if not (
        1 <= len(levels) <= LEVELS_AT_MOST
        and all(0 <= one.minutes <= LONGEST_WAIT for one in levels)
        and 0 <= repeats <= REPEATS_AT_MOST
        and 0 <= found["repeat_from"] < len(levels)
    ):
        raise ValueError("a policy outside its limits")
    return found


def _read(body: Any) -> dict[str, Any]:
    return {
        "severities": frozenset(Severity(one) for one in body["severities"]),
        "only_instead": bool(body["only_instead"]),
        "levels": tuple(
            Level(_to_targets(one["targets"]), int(one["minutes"])) for one in body["levels"]
        ),
        "repeats": int(body["repeats"]),
        "repeat_from": int(body["repeat_from"]),
        "outside": Outside(body["outside"]),
        "other_policy_id": body["other"],
        "warned": _to_targets(body["warned"]),
        "breached": _to_targets(body["breached"]),
    }


def _targets(targets: tuple[Target, ...]) -> list[Json]:
    return [
        {"kind": str(one.kind)}
        | ({"id": one.id} if one.id else {})
        | ({"people": list(one.people)} if one.people else {})
        for one in targets
    ]


def _to_targets(kept: list[Json]) -> tuple[Target, ...]:
    return tuple(
        Target(TargetKind(one["kind"]), str(one.get("id", "")), tuple(one.get("people", ())))
        for one in kept
    )
