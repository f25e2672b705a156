"""Chance lets people write, share, answer and settle for weeks; what fails says what differs."""

import pytest

pytest.register_assert_rewrite(f"{__name__}.laws")
