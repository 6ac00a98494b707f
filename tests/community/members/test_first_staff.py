"""An empty site gets its first person by command, once."""

import pytest
from django.core.management import CommandError, call_command

from community.members.models import Member

pytestmark = pytest.mark.django_db
WHO = ("ana@example.org", "Ana Abbot", "Music Association")


def test_the_first_staff_can_come_in_once_they_have_a_second_step(client):
    call_command("first_staff", *WHO, verbosity=0)
    ana = Member.objects.get()
    assert ana.is_staff
    assert ana.has_standing()
    client.force_login(ana)
    assert client.get("/desk/").status_code in {302, 403}, "no page but the way to the second step"


def test_there_is_only_one_first():
    call_command("first_staff", *WHO, verbosity=0)
    with pytest.raises(CommandError):
        call_command("first_staff", "second@example.org", "Second", "Music Association")
    assert Member.objects.count() == 1
