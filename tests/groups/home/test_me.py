"""The viewer's own style sheet shows each viewer what is theirs, and nobody else's."""

import pytest
from django.utils import timezone

from groups.models import Role
from tests import make


def sheet(client, person=None):
    if person:
        client.force_login(person)
    return client.get("/me.css")


def test_an_author_sees_the_controls_of_what_they_wrote(client, member):
    css = sheet(client, member).content.decode()
    assert f'.own[data-author="{member.pk}"]' in css
    assert f'.face[data-member="{member.pk}"]' in css


def test_a_lead_sees_the_leads_controls_of_that_group_and_a_member_does_not(client, group, lead, member):
    make.place(make.group("Other"), lead)
    css = sheet(client, lead).content.decode()
    assert f'[data-group="{group.pk}"] .for-leads' in css
    assert css.count(".for-leads") == 1
    assert ".for-leads" not in sheet(client, member).content.decode()


def test_a_co_lead_is_a_lead(client, group, member):
    group.admit(member.affiliations.get(), Role.CO_LEAD)
    assert f'[data-group="{group.pk}"] .for-leads' in sheet(client, member).content.decode()


def test_the_leads_controls_go_with_the_role_the_affiliation_and_the_group(client, group, lead):
    assert ".for-leads" in sheet(client, lead).content.decode()
    group.archived_at = timezone.now()
    group.save()
    assert ".for-leads" not in sheet(client).content.decode()
    group.archived_at = None
    group.save()
    lead.affiliations.get().end()
    assert sheet(client).content == b"@layer states{}\n"


def test_staff_see_the_controls_of_staff_and_others_do_not(client, staff, lead):
    assert ".for-staff" in sheet(client, staff).content.decode()
    assert ".for-staff" not in sheet(client, lead).content.decode()


def test_who_is_not_signed_in_gets_an_empty_sheet(client, db):
    assert sheet(client).content == b"@layer states{}\n"


def test_it_is_kept_by_one_browser_alone_and_asked_again(client, lead):
    first = sheet(client, lead)
    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]
    assert client.get("/me.css", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("groups", [1, 30])
def test_its_cost_does_not_grow_with_the_groups(client, django_assert_num_queries, lead, groups):
    for _ in range(groups):
        make.place(make.group(), lead, Role.LEAD)
    client.force_login(lead)
    with django_assert_num_queries(6):
        client.get("/me.css")
