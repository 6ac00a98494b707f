"""Whoever is to be erased."""

import pytest

from tests import make


@pytest.fixture
def peri(group):
    found = make.person("Quillon Brass", email="quillon@example.org")
    make.place(group, found)
    return found
