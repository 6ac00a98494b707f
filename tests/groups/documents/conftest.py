"""A document in the group, and a lead at the keyboard."""

import pytest
from django.test import Client

from community.members.models import Member
from groups.documents.models import Document
from groups.models import Group
from tests import make


@pytest.fixture
def document(group: Group, lead: Member) -> Document:
    return make.document(group, lead)


@pytest.fixture
def leading(client: Client, lead: Member) -> Client:
    client.force_login(lead)
    return client
