"""One thread, started by the group's lead."""

import pytest

from groups.threads.models import Thread
from tests import make


@pytest.fixture
def thread(group, lead) -> Thread:
    return make.thread(group, lead)
