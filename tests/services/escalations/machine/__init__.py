"""Chance runs a floor for weeks; what fails says what differs."""

import pytest

pytest.register_assert_rewrite(f"{__name__}.laws", f"{__name__}.house")
