"""Services run over both databases: in `make test` most of them over one of the two, in `make soak` over the other."""

from pathlib import Path

import pytest

from tests.conftest import DATABASES
from tests.thrift import leave_the_rest_to_the_soak

DELIVERY = Path(__file__).parent / "delivery"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who may do what, and what is said of it, is the same in both. Delivery is not: it is made of what databases do."""
    here = [
        one
        for one in items
        if one.path.is_relative_to(Path(__file__).parent) and not one.path.is_relative_to(DELIVERY)
    ]
    leave_the_rest_to_the_soak(here, "database_url", DATABASES)
