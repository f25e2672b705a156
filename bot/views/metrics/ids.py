"""Ids of everything that the numbers draw."""

COMMAND = "/metrics"

# Targets and alerts
TARGETS_OPEN = "metrics_targets"
TARGET_NEW = "metrics_target_new"
TARGET_CHANGE = "metrics_target_change"
TARGET_END = "metrics_target_end"
TARGET_FORM = "metrics_target_form"
