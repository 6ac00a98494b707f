"""Who may read the library, and what they then see."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import Entry
from groups.models import Role
from tests import make
from tests.groups.documents.door import addresses, at, download

NOWHERE = 999_999


def as_(member):
    client = Client()
    client.force_login(member)
    return client


def test_members_observers_and_staff_read_and_download(document, member, observer, staff):
    for reader in (member, observer, staff):
        client = as_(reader)
        assert document.title in client.get(document.get_absolute_url()).content.decode()
        answer = client.get(download(document.current))
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 %%EOF"


@pytest.mark.parametrize("loss", ["outsider", "removed", "ended", "suspended", "lapsed", "past the end date", "closed"])
def test_whoever_is_out_gets_what_a_made_up_number_gets(group, document, outsider, member, observer, loss):
    person = {"outsider": outsider, "past the end date": observer}.get(loss, member)
    if loss == "removed":
        group.remove(member)
    elif loss == "ended":
        member.affiliations.get().end()
        make.Affiliation.objects.create(member=member, organisation=make.organisation())
    elif loss == "suspended":
        member.suspend(timezone.now() + dt.timedelta(days=1))
    elif loss == "closed":
        member.end()
    elif loss == "lapsed":
        member.affiliations.get().organisation.end(on=timezone.localdate() - dt.timedelta(days=60))
    elif loss == "past the end date":
        group.memberships.filter(member=observer).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    client = as_(person)
    for address in [*addresses(document), reverse("documents:list", args=[group.slug])]:
        made_up = address.replace(f"/{document.pk}/", f"/{NOWHERE}/").replace(group.slug, "no-such-group")
        for ask in (client.get, client.post, client.head):
            told, never_was = ask(address), ask(made_up)
            assert told.status_code in ({404, 405} if loss in OUT_OF_THE_GROUP else {302, 403}), address
            assert document.title not in told.content.decode()
            assert told.status_code == never_was.status_code
    assert not document.removed_at


OUT_OF_THE_GROUP = {"outsider", "removed", "ended", "past the end date"}


def test_nobody_is_sent_to_sign_in_whether_it_exists_or_not(client, document):
    for address in addresses(document):
        assert client.get(address).status_code == 302
        assert client.get(address.replace(f"/{document.pk}/", f"/{NOWHERE}/")).status_code == 302


def test_a_document_is_not_found_under_another_group(member, document):
    other = make.group("Curriculum")
    make.place(other, member, Role.LEAD)
    client = as_(member)
    for address in addresses(document):
        there = address.replace(document.group.slug, other.slug)
        assert client.get(there).status_code in {404, 405}
        assert client.post(there).status_code in {404, 405}
    document.refresh_from_db()
    assert (document.is_pinned, document.removed_at) == (False, None)


def test_versions_and_names_that_are_not_there_are_not_found(member, document):
    client = as_(member)
    there = download(document.current)
    assert client.get(there).status_code == 200
    for wrong in (there.replace("/1/", "/2/"), there.replace("/1/", "/0/"), there.replace("loan", "other")):
        assert client.get(wrong).status_code == 404
    assert client.get(there.replace("/1/", f"/{10**30}/")).status_code == 404


def test_a_hidden_document_shows_that_it_is_and_nothing_else(document, member, lead, staff):
    document.edit(lead, 1, summary="A summary", title="Scanned trio")
    document.add_version(lead, make.stored(lead, "second.pdf"))
    old, new = (download(version) for version in document.versions.order_by("number"))
    listed, client = reverse("documents:list", args=[document.group.slug]), as_(member)
    assert client.get(old).status_code == client.get(new).status_code == 200
    document.hide(staff, "This is printed music under licence")
    for page in (listed, document.get_absolute_url()):
        seen = client.get(page).content.decode()
        assert "Hidden by staff" in seen
        assert "printed music under licence" not in seen
        for secret in ("Scanned trio", "A summary", "loan.pdf", "second.pdf"):
            assert secret not in seen
    assert client.get(old).status_code == client.get(new).status_code == 404
    document.restore(staff, "It was our own after all")
    assert "Scanned trio" in client.get(listed).content.decode()
    assert client.get(old).status_code == 200


def test_staff_may_look_into_a_hidden_file_and_it_is_written_down(document, staff):
    document.hide(staff, "To be looked at")
    assert as_(staff).get(download(document.current)).status_code == 200
    assert Entry.objects.filter(actor=staff, act="look", subject=document.subject).count() == 1


def test_a_hidden_document_is_not_named_by_what_it_replaces(document, member, lead, staff):
    newer = make.document(document.group, lead, "Loan agreement, all instruments")
    document.supersede_with(lead, newer)
    page = as_(member).get(document.get_absolute_url()).content.decode()
    assert "Loan agreement, all instruments" in page
    assert newer.get_absolute_url() in page
    newer.hide(staff, "Wrong")
    for page in (document.get_absolute_url(), reverse("documents:list", args=[document.group.slug])):
        assert "all instruments" not in as_(member).get(page).content.decode()


def test_a_removed_document_is_gone_for_everyone(document, member, lead, staff):
    there, listed = addresses(document), reverse("documents:list", args=[document.group.slug])
    document.remove(lead)
    for reader in (member, lead, staff):
        client = as_(reader)
        assert {client.get(address).status_code for address in there} <= {404, 405}
        assert document.title not in client.get(listed).content.decode()


def test_a_link_leads_out_and_has_no_download(document, member, lead):
    link = make.document(document.group, lead, "Model policy", rights="link", content="https://example.org/policy")
    page = as_(member).get(link.get_absolute_url()).content.decode()
    assert 'href="https://example.org/policy"' in page
    assert "noopener" in page
    assert as_(member).get(f"{at('document', link)}versions/1/policy").status_code == 404


def test_a_document_past_its_review_date_says_so(document, member, lead):
    page = as_(member).get(document.get_absolute_url()).content.decode()
    assert "review date has passed" not in page
    document.edit(lead, 1, review_on=timezone.localdate() - dt.timedelta(days=1))
    assert "review date has passed" in as_(member).get(document.get_absolute_url()).content.decode()
