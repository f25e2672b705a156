"""The whole table of control calls: importing a module fills its part of it."""

from sandbox.page_api.control import clock, faults, log
from sandbox.page_api.control.calls import CALLS

__all__ = ["CALLS", "clock", "faults", "log"]
