"""A discussion with a post that somebody may report, and a second of staff."""

import pytest
from allauth.mfa.models import Authenticator

from groups.threads.models import Thread
from tests import make
from tests.community.moderation.deeds import first
from tests.community.moderation.sealed import named


@pytest.fixture
def post(group, lead, member):
    thread = Thread(group=group, title="Induction checklist")
    thread.start(first(lead), "What do you give to new tutors?")
    return thread.reply(first(member), "The boy in the front row at Ashgrove Lane told me")


@pytest.fixture
def colleague(db):
    """Staff as well."""
    found = make.person("staff-facilitator", is_staff=True)
    Authenticator.objects.create(user=found, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return found


@pytest.fixture
def third(db):
    """One more of staff."""
    found = make.person("third-moderator", is_staff=True)
    Authenticator.objects.create(user=found, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return found


@pytest.fixture
def deputy(colleague):
    return colleague


@pytest.fixture
def keeper(db):
    """The safeguarding lead."""
    found = make.person("safeguarding-lead", is_staff=True)
    Authenticator.objects.create(user=found, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return found


@pytest.fixture
def both(keeper, deputy):
    named(keeper, deputy)
