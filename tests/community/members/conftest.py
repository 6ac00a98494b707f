"""A second browser, and no waiting for passwords."""

from typing import Any

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """The real hasher is slow on purpose; `test_passwords_are_kept_by_argon2` looks at that one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def other_browser() -> Client:
    return Client()
