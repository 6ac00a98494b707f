"""Many files at once: each is looked at for itself, what was shared stays shared, and a repeat makes nothing twice."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from community.files.models import StoredFile
from groups.documents.models import Document, Folder, Version
from groups.models import Group
from tests import make
from tests.community.files.conftest import picture
from tests.groups.documents.door import PDF, pdf
from tests.groups.documents.test_guards import CSV

SAID = {"kind": "template", "rights": "own", "language": "en"}


def send(client: Client, group: Group, *files: SimpleUploadedFile, fragment: bool = False, **said: Any) -> HttpResponse:
    how = {"headers": {"accept": "text/html; fragment"}} if fragment else {}
    facts = {**SAID, "key": str(uuid.uuid4()), **said, "files": list(files)}
    return client.post(reverse("documents:many", args=[group.slug]), facts, **how)


def titles() -> list[str]:
    return sorted(Document.objects.values_list("title", flat=True))


def sure_in(answer: HttpResponse) -> list[str]:
    return re.findall(r'name="sure" value="([^"]+)"', answer.content.decode())


def test_each_file_becomes_a_document_of_its_name_in_the_folder_with_what_was_said_of_all(leading, group, lead):
    folder = Folder.add(lead, group, "Forms")
    answer = send(leading, group, pdf("loan_agreement.pdf"), pdf("Risk assessment.pdf"), folder=folder.pk)
    assert answer.status_code == 302
    assert answer.url == folder.get_absolute_url()
    assert titles() == ["Risk assessment", "loan agreement"]
    assert set(Document.objects.values_list("kind", "rights", "folder")) == {("template", "own", folder.pk)}


def test_a_bad_one_says_why_and_the_others_are_shared(leading, group):
    answer = send(leading, group, pdf("good.pdf"), pdf("bad.pdf", b"<html>"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert titles() == ["good"]
    assert "Web pages, drawings in code and scripts are not taken" in page
    assert StoredFile.objects.count() == 1


def test_the_same_form_sent_again_makes_nothing_twice(leading, group):
    key = str(uuid.uuid4())
    for _once_more in range(2):
        assert send(leading, group, pdf("one.pdf"), pdf("two.pdf"), key=key).status_code == 302
    send(leading, group, pdf("one.pdf"), pdf("two.pdf", PDF + b"\n"), key=key)
    assert titles() == ["one", "two", "two"]
    assert Version.objects.count() == StoredFile.objects.count() == 3


def test_what_is_asked_is_asked_for_each_file_and_pictures_may_be_answered_for_together(leading, group):
    files = {"a.png": picture(), "b.png": picture(size=(9, 9)), "list.csv": CSV.encode()}

    def sent(**said: Any) -> HttpResponse:
        return send(leading, group, *(SimpleUploadedFile(*each) for each in files.items()), **said)

    asked = sent()
    assert asked.status_code == 422
    sure = sure_in(asked)
    both = [each for each in sure if " " in each]
    assert sorted(each.partition("-")[0] for each in sure if " " not in each) == ["photograph", "photograph", "pupils"]
    assert len(both) == 1
    assert "For all 2 files: No child can be recognised" in asked.content.decode()
    assert "Zebedee" not in asked.content.decode()
    assert sent(sure=both).status_code == 422
    assert titles() == ["a", "b"]
    pupils = next(each for each in sure if each.startswith("pupils"))
    assert sent(sure=[pupils]).status_code == 422, "of the pictures nothing is said in this sending"
    assert titles() == ["a", "b", "list"]


def test_a_page_that_sends_them_one_by_one_hears_of_each(leading, group):
    shared = send(leading, group, pdf("one.pdf"), fragment=True)
    assert shared.status_code == 201
    assert shared.content.decode().strip().startswith("<li")
    assert Document.objects.get().get_absolute_url() in shared.content.decode()
    asked = send(leading, group, SimpleUploadedFile("a.png", picture()), fragment=True)
    assert asked.status_code == 422
    assert len(sure_in(asked)) == 1
    assert "<form" not in asked.content.decode()
    wrong = send(leading, group, pdf("two.pdf"), fragment=True, kind="")
    assert wrong.status_code == 422
    assert "<form" in wrong.content.decode()
    assert titles() == ["one"]


def test_a_link_has_no_file_so_it_is_not_offered_and_copies_under_a_licence_are_refused(leading, group):
    page = leading.get(reverse("documents:many", args=[group.slug])).content.decode()
    assert 'value="link"' not in page
    assert send(leading, group, pdf(), rights="link").status_code == 422
    assert (
        "Copies made under a printed-music licence" in send(leading, group, pdf(), rights="photocopy").content.decode()
    )
    assert not titles()


def test_no_file_and_too_many_are_told(leading, group):
    assert "Choose the files to share" in send(leading, group).content.decode()
    assert "At most 30 files" in send(leading, group, *(pdf(f"{n}.pdf") for n in range(31))).content.decode()


def test_what_goes_beyond_the_limit_waits_and_what_came_before_it_is_shared(leading, group, settings):
    settings.LIMITS = {**settings.LIMITS, "upload": "1/1h"}
    page = send(leading, group, pdf("one.pdf"), pdf("two.pdf")).content.decode()
    assert titles() == ["one"]
    assert "send this one again" in page


@pytest.mark.parametrize("role", ["member", "observer"])
def test_only_who_shares_documents_can(client, group, role):
    person = make.person()
    make.place(group, person, role)
    client.force_login(person)
    assert send(client, group, pdf()).status_code == 403
    assert not titles()


def test_the_list_offers_it_to_leads_alone(client, leading, group, member):
    address = reverse("documents:list", args=[group.slug])
    assert "drop-files" in leading.get(address).content.decode()
    client.force_login(member)
    assert "drop-files" not in client.get(address).content.decode()
