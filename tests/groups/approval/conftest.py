"""A discussion where first posts wait, one that does, and the keepers of what is sealed."""

from typing import Any

import pytest

from groups.approval.models import Waiting
from groups.threads.models import Thread
from tests import make
from tests.community.moderation.conftest import both as both
from tests.community.moderation.conftest import colleague as colleague
from tests.community.moderation.conftest import deputy as deputy
from tests.community.moderation.conftest import keeper as keeper
from tests.groups.approval.deeds import reply


@pytest.fixture
def thread(group, lead) -> Thread:
    group.approves_first = 1
    group.save()
    return make.thread(group, lead)


@pytest.fixture
def other(group) -> Any:
    found = make.person("cello-peri")
    make.place(group, found)
    return found


@pytest.fixture
def waiting(thread, member) -> Waiting:
    answered = reply(member, thread)
    found = Waiting.objects.get()
    assert answered.url == found.get_absolute_url()
    return found
