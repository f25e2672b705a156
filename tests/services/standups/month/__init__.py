"""A month of stand-ups, said twice: by a small oracle of its own, and by the services."""

import pytest

pytest.register_assert_rewrite(f"{__name__}.living", f"{__name__}.stage")
