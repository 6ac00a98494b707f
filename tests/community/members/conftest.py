"""A second browser."""

import pytest
from django.test import Client


@pytest.fixture
def other_browser() -> Client:
    return Client()
