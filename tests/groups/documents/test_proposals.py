"""Members propose documents; leads take them into the library or say why not."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.files.models import StoredFile
from community.models import Entry
from community.notifications.models import Notification
from community.privacy.retention import carry_out
from groups.documents.models import Document, Proposal
from groups.models import Group
from tests import make
from tests.groups.documents.door import NEW, PDF, pdf
from tests.groups.documents.test_guards import CSV

LINK = {"rights": "link", "url": "https://example.org/paper"}


def propose(client: Client, group: Group, **said: Any) -> HttpResponse:
    facts = {**NEW, "key": str(uuid.uuid4()), "file": pdf(), **said}
    sent = {name: value for name, value in facts.items() if value is not None}
    return client.post(reverse("documents:propose", args=[group.slug]), sent)


def waiting_for(member):
    return Notification.objects.filter(member=member, kind="proposed", read_at=None).count()


@pytest.fixture
def proposal(group, member):
    return Proposal.make(group, member, make.stored(member), **NEW)


def test_a_member_proposes_a_file_and_a_lead_takes_it_into_the_library(client, group, member, lead):
    client.force_login(member)
    sent = propose(client, group)
    assert sent.status_code == 302
    assert waiting_for(lead) == 1
    assert not Document.objects.exists()
    client.force_login(lead)
    assert "Loan agreement" in client.get("/needs-you/").content.decode()
    assert b"".join(client.get(f"{sent.url}file/").streaming_content).startswith(b"%PDF")
    taken = client.post(sent.url, {"takes": "1"})
    document = Document.objects.get()
    assert taken.url == document.get_absolute_url()
    assert (document.author, document.title, document.kind) == (member, "Loan agreement", "template")
    assert document.current.file == StoredFile.objects.get()
    assert waiting_for(lead) == 0
    assert Notification.objects.filter(member=member, kind="proposal-answered").count() == 1
    assert Entry.objects.get(act="accept-proposal").actor == lead
    client.force_login(member)
    assert document.get_absolute_url() in client.get(sent.url).content.decode()


def test_a_link_is_proposed_like_a_file(client, group, member, lead):
    client.force_login(member)
    address = "https://example.org/paper"
    sent = propose(client, group, file=None, rights="link", url=address)
    assert address in client.get(sent.url).content.decode()
    Proposal.objects.get().accept(lead)
    assert Document.objects.get().current.url == address


def test_a_lead_says_why_not_and_the_file_is_let_go(client, group, member, lead, proposal):
    client.force_login(lead)
    assert client.post(proposal.get_absolute_url(), {"reason": ""}).status_code == 422
    assert client.post(proposal.get_absolute_url(), {"reason": "It is the old edition"}).status_code == 302
    client.force_login(member)
    assert "It is the old edition" in client.get(proposal.get_absolute_url()).content.decode()
    assert client.get(f"{proposal.get_absolute_url()}file/").status_code == 404
    assert StoredFile.objects.unheld().count() == 1
    assert not Document.objects.exists()


@pytest.mark.parametrize("answer", [{"takes": "1"}, {"reason": "No"}])
def test_only_leads_answer_and_only_once(client, group, member, lead, proposal, answer):
    for person, status in ((member, 403), (lead, 302), (lead, 403)):
        client.force_login(person)
        assert client.post(proposal.get_absolute_url(), answer).status_code == status
    assert Document.objects.count() == ("takes" in answer)


def test_others_do_not_see_what_is_proposed(client, group, proposal, observer):
    other = make.person()
    make.place(group, other)
    for person in (other, observer):
        client.force_login(person)
        for address in (proposal.get_absolute_url(), f"{proposal.get_absolute_url()}file/"):
            assert client.get(address).status_code == 404
        listed = client.get(reverse("documents:proposals", args=[group.slug])).content.decode()
        assert proposal.facts["title"] not in listed


def test_the_guards_at_the_door_ask_as_for_any_document(client, group, member):
    client.force_login(member)
    refused = propose(client, group, file=SimpleUploadedFile("list.csv", CSV.encode()))
    assert refused.status_code == 422
    assert "data about single pupils" in refused.content.decode()
    assert not StoredFile.objects.exists()
    assert propose(client, group, rights="photocopy").status_code == 422


def test_the_same_form_sent_twice_is_one_proposal(client, group, member):
    client.force_login(member)
    key = str(uuid.uuid4())
    assert propose(client, group, key=key).url == propose(client, group, key=key).url
    assert Proposal.objects.count() == StoredFile.objects.count() == 1


def test_a_repeat_with_something_else_in_it_is_asked_about(client, group, member):
    client.force_login(member)
    key = str(uuid.uuid4())
    propose(client, group, key=key)
    for other in ({"summary": "For schools"}, {"file": pdf(content=PDF + b"%")}, {"file": None, **LINK}):
        answer = propose(client, group, **{"key": key, **other})
        assert answer.status_code == 422 and "sent before" in answer.content.decode()
        assert Proposal.objects.count() == StoredFile.objects.count() == 1
    anew = str(answer.context["form"]["key"].value())
    assert anew != key and propose(client, group, key=anew, file=None, **LINK).status_code == 302
    assert Proposal.objects.count() == 2


def test_ten_of_one_person_wait_at_most(client, group, member, lead):
    for _each in range(10):
        made = Proposal.make(group, member, make.stored(member), **NEW)
    client.force_login(member)
    assert propose(client, group).status_code == 403
    made.decline(lead, "No")
    assert propose(client, group).status_code == 302


def test_whoever_can_add_documents_does_so_and_an_observer_only_reads(client, group, lead, observer, member):
    for person, status in ((lead, 403), (observer, 403), (member, 302)):
        client.force_login(person)
        assert propose(client, group).status_code == status
    page = client.get(reverse("documents:list", args=[group.slug])).content.decode()
    assert reverse("documents:propose", args=[group.slug]) in page


def test_answered_ones_are_deleted_after_their_time_and_the_document_stays(group, member, lead, proposal):
    waits = Proposal.make(group, member, make.stored(member), **NEW)
    document = proposal.accept(lead)
    Proposal.objects.filter(pk=proposal.pk).update(answered_at=timezone.now() - dt.timedelta(days=91))
    carry_out()
    assert list(Proposal.objects.all()) == [waits]
    assert Document.objects.get() == document


def test_what_became_a_hidden_document_is_not_read_in_its_proposal(client, group, member, lead, staff):
    client.force_login(member)
    sent = propose(client, group)
    client.force_login(lead)
    client.post(sent.url, {"takes": "1"})
    assert client.get(f"{sent.url}file/").status_code == 200
    Document.objects.get().hide(staff, "It shows a child", "3.2")
    for who in (member, lead, staff):
        client.force_login(who)
        assert client.get(sent.url).status_code == client.get(f"{sent.url}file/").status_code == 404
    Document.objects.get().restore(staff, "It does not")
    client.force_login(member)
    assert client.get(f"{sent.url}file/").status_code == 200
