"""Ids of everything that kudos draw."""

COMMAND = "/kudos"

EXPORT_FORM = "kudos_export_form"
