"""What helps to find a document and to read it: tags, for whom it is, another format for whoever needs one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.models import Entry
from community.moderation.models import Profile, Ruling
from community.notifications.models import Notification
from community.privacy.retention import carry_out
from groups.documents.models import FormatRequest
from groups.models import Role
from groups.search.models import Record
from tests import make
from tests.groups.documents.door import at, send_edit, send_new

NEEDS = "Large print, my eyes are failing"


@pytest.fixture
def brass(group):
    return make.tag("brass", group)


def listed(client, group, query=""):
    return client.get(reverse("documents:list", args=[group.slug]) + query).content.decode()


def asked(document, member, words=NEEDS):
    return FormatRequest.ask(document, member, words)


def answering(found):
    return reverse("documents:answer_format", args=[found.document.group.slug, found.document.pk, found.pk])


def told(member, kind):
    return Notification.objects.filter(member=member, kind=kind, read_at=None).count()


def test_a_document_gets_tags_of_the_group_and_the_shared_ones_and_the_list_filters_by_them(
    leading, group, lead, brass
):
    shared, document, other = (
        make.tag("singing"),
        make.document(group, lead, "Tagged"),
        make.document(group, lead, "Bare"),
    )
    sent = leading.post(at("tags", document), {"tags": [brass.pk, shared.pk]})
    assert sent.status_code == 302
    assert "?tag=brass" in leading.get(document.get_absolute_url()).content.decode()
    for word in ("brass", "singing"):
        page = listed(leading, group, f"?tag={word}")
        assert "Tagged" in page
        assert other.title not in page
    assert "Bare" in listed(leading, group, "?tag=nonsense")


def test_tags_of_another_group_are_not_offered(leading, document):
    foreign = make.tag("sealed", make.group("Elsewhere"))
    assert leading.post(at("tags", document), {"tags": [foreign.pk]}).status_code == 422
    assert not document.tags.exists()


def test_only_who_may_change_it_chooses_tags(client, document, member, brass):
    client.force_login(member)
    assert client.post(at("tags", document), {"tags": [brass.pk]}).status_code == 403
    own = make.document(document.group, member)
    assert client.post(at("tags", own), {"tags": [brass.pk]}).status_code == 302


def test_it_says_for_whom_it_is_and_how_accessible_and_is_found_by_that(leading, group):
    send_new(leading, group, title="For heads", audience="leaders", accessibility="Tagged for screen readers")
    send_new(leading, group, title="Rhestr", language="cy")
    page = listed(leading, group, "?audience=leaders")
    assert "For heads" in page
    assert "Rhestr" not in page
    assert "For heads" not in listed(leading, group, "?language=cy")
    document = group.documents.get(title="For heads")
    page = leading.get(document.get_absolute_url()).content.decode()
    assert "Leaders and managers" in page
    assert "Tagged for screen readers" in page
    send_edit(leading, document, audience="schools", accessibility="")
    document.refresh_from_db()
    assert (document.audience, document.accessibility) == ("schools", "")


def test_many_tagged_documents_cost_what_few_do(leading, group, lead, brass):
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            listed(leading, group, "?tag=brass")
        return len(found)

    for number in range(30):
        make.document(group, lead, f"Paper {number}").tag([brass])
        if number == 4:
            listed(leading, group, "?tag=brass")
            few = cost()
    listed(leading, group, "?tag=brass")  # what changed is looked at anew, once
    assert cost() == few


def test_whoever_needs_another_format_asks_and_the_owner_and_leads_are_told(client, group, lead, member, observer):
    document = make.document(group, member)
    client.force_login(observer)
    assert client.post(at("ask_format", document), {"words": NEEDS}).status_code == 302
    assert NEEDS in client.get(document.get_absolute_url()).content.decode()
    for person in (lead, member):
        assert told(person, "asked-format") == 1
        client.force_login(person)
        assert NEEDS in client.get(document.get_absolute_url()).content.decode()
    other = make.person()
    make.place(group, other)
    client.force_login(other)
    assert NEEDS not in client.get(document.get_absolute_url()).content.decode()


def test_staff_who_do_not_lead_the_group_read_and_answer_nobodys_needs(client, document, member, staff, lead):
    found = asked(document, member)
    client.force_login(staff)
    page = client.get(document.get_absolute_url()).content.decode()
    assert NEEDS not in page and answering(found) not in page
    assert client.get(answering(found)).status_code == 403
    assert client.post(answering(found), {"answer": "Here"}).status_code == 403
    make.place(document.group, staff, Role.CO_LEAD)
    assert NEEDS in client.get(document.get_absolute_url()).content.decode()
    assert client.post(answering(found), {"answer": "Here"}).status_code == 302


def test_no_tag_is_offered_that_only_what_is_out_of_sight_carries(leading, group, lead, staff, brass):
    one, other = make.document(group, lead, "One"), make.document(group, lead, "Other")
    for document in (one, other):
        document.tag([brass])
    one.hide(staff, "For now")
    assert "?tag=brass" in listed(leading, group)
    other.remove(lead)
    assert "?tag=brass" not in listed(leading, group)
    other.put_back(lead)
    assert "?tag=brass" in listed(leading, group)


def test_what_somebody_needs_stands_in_no_notification_log_or_search(client, document, member, lead, caplog):
    client.force_login(member)
    client.post(at("ask_format", document), {"words": NEEDS})
    client.force_login(lead)
    assert NEEDS not in client.get("/needs-you/").content.decode()
    assert NEEDS not in caplog.text
    assert not [entry for entry in Entry.objects.all() if NEEDS in str(entry.details)]
    assert not Record.objects.filter(text__contains="eyes").exists()


def test_the_answer_reaches_whoever_asked_and_nobody_waits_any_more(client, document, member, lead):
    found = asked(document, member)
    client.force_login(member)
    assert client.post(answering(found), {"answer": "Mine"}).status_code == 403
    client.force_login(lead)
    assert NEEDS in client.get(answering(found)).content.decode()
    assert client.post(answering(found), {"answer": ""}).status_code == 422
    assert client.post(answering(found), {"answer": "Version 2 is in 18 point"}).status_code == 302
    assert told(member, "answered-format") == 1
    assert told(lead, "asked-format") == 0
    assert client.post(answering(found), {"answer": "Again"}).status_code == 404
    client.force_login(member)
    assert "Version 2 is in 18 point" in client.get(document.get_absolute_url()).content.decode()


def test_asked_again_before_the_answer_it_is_one_request_with_the_later_words(document, member, lead):
    asked(document, member)
    asked(document, member, "A Word file")
    assert [each.words for each in FormatRequest.objects.all()] == ["A Word file"]
    assert told(lead, "asked-format") == 1


def test_what_was_asked_is_deleted_some_months_after_the_answer(document, member, lead):
    found, waiting = asked(document, member), asked(document, make.person())
    found.reply(lead, "Here")
    FormatRequest.objects.filter(pk=found.pk).update(answered_at=timezone.now() - dt.timedelta(days=91))
    carry_out()
    assert list(FormatRequest.objects.all()) == [waiting]


def test_of_a_hidden_document_nobody_asks(client, document, member, staff):
    document.hide(staff, "No")
    client.force_login(member)
    assert client.post(at("ask_format", document), {"words": NEEDS}).status_code == 403


def test_whom_staff_keep_from_writing_asks_for_no_format_but_is_told_of_another_way(client, document, member, staff):
    until = timezone.now() + dt.timedelta(days=7)
    kept = Profile.with_key(member.pk).decide(staff, Ruling("silence", "Threats", "2.2", until))
    client.force_login(member)
    refused = client.post(at("ask_format", document), {"words": NEEDS})
    assert refused.status_code == 403 and "but not write" in refused.text and "write to staff" in refused.text
    assert NEEDS in refused.text and not FormatRequest.objects.exists()
    Profile.with_key(member.pk).undo(kept, staff, "Well")
    assert client.post(at("ask_format", document), {"words": NEEDS}).status_code == 302
