"""Who can see and change what, and who has opened a document: for those who look after them, and nobody else."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.models import Entry
from community.notifications.models import Notification
from groups.documents.models import Collection, Document, Look, Version
from groups.documents.models.look import KEPT
from groups.models import Role
from tests import make
from tests.groups.documents.door import at, download


@pytest.fixture(autouse=True)
def forgetful():
    cache.clear()


def who(group):
    return reverse("documents:who", args=[group.slug])


def words(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def open_as(client, person, *addresses):
    client.force_login(person)
    for address in addresses:
        client.get(address)


def test_opening_is_noted_once_a_day_and_taking_along_too(client, document, member, lead):
    open_as(
        client, member, document.get_absolute_url(), document.get_absolute_url(), document.current.get_absolute_url()
    )
    look = Look.objects.get()
    assert (look.member, look.document, look.on, look.is_download) == (member, document, timezone.localdate(), False)
    open_as(client, member, download(document.current), download(document.current))
    assert Look.objects.get().is_download
    Look.objects.update(on=timezone.localdate() - dt.timedelta(days=1))
    cache.clear()
    open_as(client, member, document.get_absolute_url())
    assert Look.objects.count() == 2


def test_what_is_shown_in_the_browser_is_no_download_and_a_zip_is(client, document, member):
    open_as(client, member, f"{download(document.current)}?show")
    assert not Look.objects.get().is_download
    client.force_login(member)
    b"".join(client.get(reverse("documents:library_zip", args=[document.group.slug])).streaming_content)
    assert Look.objects.get().is_download


def test_its_owner_and_leads_read_who_it_was_and_nobody_else_does(client, document, group, member, lead, observer):
    open_as(client, observer, document.get_absolute_url(), download(document.current))
    client.force_login(lead)
    page = words(client, at("activity", document))
    assert observer.name in page
    assert "took it along" in page
    for person in (member, observer):
        client.force_login(person)
        assert client.get(at("activity", document)).status_code == 403
        page = words(client, document.get_absolute_url())
        assert "For 90 days its owner and the leads can see who opened it" in page
        assert at("activity", document) not in page


def test_a_member_reads_who_opened_the_document_they_own_and_of_a_hidden_one_there_is_nothing(
    client, group, member, observer, staff
):
    document = make.document(group, member)
    open_as(client, observer, document.get_absolute_url())
    client.force_login(member)
    assert observer.name in words(client, at("activity", document))
    document.hide(staff, "No")
    assert client.get(at("activity", document)).status_code == 404


def test_staff_who_do_not_lead_the_group_do_not_read_who_opened_a_document(client, document, staff, lead):
    client.force_login(staff)
    assert at("activity", document) not in client.get(document.get_absolute_url()).content.decode()
    assert client.get(at("activity", document)).status_code == 403
    client.force_login(lead)
    assert at("activity", document) in client.get(document.get_absolute_url()).content.decode()
    assert client.get(at("activity", document)).status_code == 200


def test_after_its_time_a_look_is_told_to_nobody_and_deleted_daily_or_by_command_with_a_dry_run(
    leading, document, member, observer
):
    old = timezone.localdate() - KEPT
    Look.objects.create(document=document, member=member, on=old)
    Look.objects.create(document=document, member=observer, on=old + dt.timedelta(days=1))
    page = words(leading, at("activity", document))
    assert member.name not in page
    assert observer.name in page
    said = io.StringIO()
    call_command("retention", stdout=said)
    assert "Who opened which document: 1. Kept: 90 days" in said.getvalue()
    assert Look.objects.filter(member=member).exists()
    call_command("retention", for_real=True, stdout=said)
    assert not Look.objects.filter(member=member).exists()
    assert Look.objects.filter(member=observer).exists()


def test_many_looks_come_in_pages_for_the_same_questions(leading, document):
    today = timezone.localdate()
    person = make.person("Reader")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            leading.get(at("activity", document))
        return len(found)

    leading.get(at("activity", document))
    Look.objects.bulk_create(Look(document=document, member=person, on=today - dt.timedelta(days=n)) for n in range(5))
    few = asked()
    others = [make.person() for _each in range(60)]
    Look.objects.bulk_create(
        Look(document=document, member=other, on=today - dt.timedelta(days=n)) for n, other in enumerate(others)
    )
    assert asked() == few
    page = words(leading, at("activity", document))
    older = page.partition("?before=")[2].partition('"')[0]
    assert f"<bdi>{others[59].name}</bdi>" not in page
    assert f"<bdi>{others[59].name}</bdi>" in words(leading, at("activity", document) + f"?before={older}")


def test_leads_see_by_role_and_by_name_who_may_what(leading, group, lead, member, observer):
    gone, other = make.person("Gone Owner"), make.person("Asked Person")
    make.place(group, other)
    make.document(group, gone, "Left behind")
    paper = make.document(group, lead, "To review")
    paper.ask_review(lead, [other], timezone.localdate() + dt.timedelta(days=5))
    held = make.document(group, lead, "Being worked on")
    held.hold(member)
    page = words(leading, who(group))
    assert f"<bdi>{gone.name}</bdi>, not in this group any more: 1 document" in page
    assert f"<bdi>{other.name}</bdi>: <a" in page
    assert f"<bdi>{observer.name}</bdi>" in page
    assert "Being worked on" in page
    assert "Only its people know it exists" in page or group.get_visibility_display() in page


def test_what_differs_is_counted_and_without_it_the_page_says_so(leading, group, lead, staff):
    make.document(group, lead)
    assert "Nothing: every document follows the roles above" in words(leading, who(group))
    make.document(group, lead, "Sealed").hide(staff, "No")
    make.document(group, lead).declare(lead, "archived")
    page = words(leading, who(group))
    assert "Hidden by staff" in page
    assert "Archived" in page
    assert "Sealed" not in page


def test_a_collection_elsewhere_is_named_to_whoever_can_see_it(leading, group, lead, document):
    for name, roles in (("Seen pack", [lead]), ("Secret pack", [])):
        other = make.group(f"Group of {name}", visibility="hidden")
        curator = make.person()
        make.place(other, curator, Role.LEAD)
        for person in roles:
            make.place(other, person)
        pack = Collection(group=other)
        pack.describe(curator, name, "")
        pack.add(curator, document)
    page = words(leading, who(group))
    assert "Seen pack" in page
    assert "Secret pack" not in page


def test_a_document_whose_owner_left_reminds_the_leads_and_is_handed_over(client, group, lead, member, document):
    parting = make.person("parting")
    make.place(group, parting, Role.LEAD)
    theirs = make.document(group, parting, "Loan list", review_on=timezone.localdate())
    group.remove(parting)
    Document.objects.remind_owners()
    assert list(Notification.objects.filter(kind="look-again").values_list("member", flat=True)) == [lead.pk]
    address = reverse("documents:hand_over", args=[group.slug, theirs.pk])
    client.force_login(lead)
    assert address in words(client, who(group))
    assert client.post(address, {"owner": parting.handle}).status_code == 422, "they are not here any more"
    assert client.post(address, {"owner": f"@{member.handle}"}).status_code == 302
    theirs.refresh_from_db()
    assert (theirs.author, theirs.posted_as) == (member, member.affiliations.get())
    assert Version.objects.get(document=theirs).author == parting
    assert Entry.objects.get(act="hand-over").details == {"was": parting.pk, "to": member.pk}
    assert Notification.objects.get(member=member).kind == "yours-now"
    Document.objects.remind_owners()
    assert Notification.objects.filter(kind="look-again", member=member).exists()


def test_nobody_hands_over_what_is_not_theirs_and_its_owner_does(client, group, lead, member, observer):
    theirs = make.document(group, member)
    address = reverse("documents:hand_over", args=[group.slug, theirs.pk])
    another = make.person("another")
    make.place(group, another)
    client.force_login(another)
    assert client.post(address, {"owner": another.handle}).status_code == 403
    client.force_login(member)
    assert client.post(address, {"owner": observer.handle}).status_code == 422, "who observes cannot keep it up"
    report = theirs.report(lead, "rules", "Look")
    assert client.post(address, {"owner": another.handle}).status_code == 403, "staff look at it"
    theirs.leave(make.person("staff-who-looks", is_staff=True), f"Nothing wrong with {report}")
    assert client.post(address, {"owner": another.handle}).status_code == 302
    theirs.refresh_from_db()
    assert theirs.author == another


@pytest.mark.parametrize(("role", "status"), [("member", 403), ("observer", 403), ("co-lead", 200)])
def test_only_leads_and_staff_look_through_it(client, group, role, status):
    person = make.person()
    make.place(group, person, role)
    client.force_login(person)
    assert client.get(who(group)).status_code == status


def test_many_owners_cost_no_more_questions_than_few(leading, group):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            leading.get(who(group))
        return len(found)

    for _each in range(3):
        make.document(group, make.person())
    leading.get(who(group))
    few = asked()
    for _each in range(20):
        make.document(group, make.person())
    assert asked() == few
