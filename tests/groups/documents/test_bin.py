"""The bin: what was removed comes back, or goes for good: on purpose, after its time, and never what staff may need."""

import datetime as dt
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.files.models import Rendition, StoredFile
from community.models import Entry
from community.moderation.models import Period
from groups.documents.models import Comment, Document, Look, Version
from groups.documents.models.removed import BIN
from groups.links.models import Link, note
from groups.threads.models import PostFile
from tests import make
from tests.groups.documents.door import at, send_new

LONG_AGO = BIN + dt.timedelta(days=1)


def removed(group, lead, title="Old rota", ago=LONG_AGO, **facts):
    return take_out(make.document(group, lead, title, **facts), lead, ago)


def take_out(made, lead, ago=LONG_AGO):
    made.remove(lead)
    Document.objects.filter(pk=made.pk).update(removed_at=timezone.now() - ago)
    made.refresh_from_db()
    return made


def purge_page(group):
    return reverse("documents:purge", args=[group.slug])


def purge(client, group, *documents, **said):
    keys = [each.pk for each in documents]
    return client.post(purge_page(group), {"document": keys, "sure": "1", **said}, follow=True)


def told(*options):
    out = StringIO()
    call_command("purge_bin", *options, stdout=out)
    return out.getvalue()


def test_where_staff_keep_documents_longer_the_bin_says_so_and_nothing_goes_before(leading, group, lead):
    document = removed(group, lead)
    period = Period.objects.create(name="documents", days=120)
    assert "after 120 days" in leading.get(reverse("documents:bin", args=[group.slug])).text
    assert "stays for 120 days" in leading.get(purge_page(group)).text
    purge(leading, group, document)
    assert "0 would go" in told("--dry-run") and Document.objects.filter(pk=document.pk).exists()
    period.delete()
    purge(leading, group, document)
    assert not Document.objects.filter(pk=document.pk).exists()


def test_what_goes_is_shown_first_and_then_goes_with_all_that_hangs_on_it(
    leading, group, lead, member, django_capture_on_commit_callbacks
):
    document = make.document(group, lead, "Old rota")
    blob = str(document.current.file.blob)
    comment = Comment.say(document, member, "Is this the last one?")
    Comment.say(document, lead, "It is", answered=comment)
    Look.objects.create(document=document, member=member)
    other = make.document(group, lead, "Newer rota")
    Document.objects.filter(pk=other.pk).update(superseded_by=document)
    note(make.thread(group, member).posts.get(), [("documents.document", document.pk)])
    take_out(document, lead)

    assert "Old rota" in leading.get(purge_page(group)).content.decode()
    assert Document.objects.filter(pk=document.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer = purge(leading, group, document)
    assert "1 document was deleted for good." in answer.content.decode()
    assert not Document.objects.filter(pk=document.pk).exists()
    assert not Comment.objects.exists()
    assert not Version.objects.filter(document=document.pk).exists()
    assert not Link.objects.filter(target_id=document.pk, target_model="documents.document").exists()
    assert not default_storage.exists(blob)
    other.refresh_from_db()
    assert other.superseded_by is None
    entry = Entry.objects.get(act="purge")
    assert (entry.actor, entry.subject) == (lead, document.subject) and "Old rota" not in str(entry.details)


def test_nothing_goes_without_the_word_that_one_has_looked(leading, group, lead):
    document = removed(group, lead)
    answer = leading.post(purge_page(group), {"document": [document.pk]})
    assert answer.status_code == 422
    assert "Nothing was deleted" in answer.content.decode()
    assert Document.objects.filter(pk=document.pk).exists()


def test_what_is_unticked_or_not_due_or_of_another_group_stays(leading, group, lead):
    unticked, young = removed(group, lead, "Unticked"), removed(group, lead, "Young", dt.timedelta(days=89))
    standing, foreign = make.document(group, lead, "Standing"), removed(make.group("Curriculum"), lead, "Foreign")
    goes = removed(group, lead, "Goes")
    purge(leading, group, goes, young, standing, foreign)
    left = set(Document.objects.values_list("title", flat=True))
    assert left == {unticked.title, young.title, standing.title, foreign.title}


def test_only_leads_and_staff_delete_for_good(group, lead, member, observer, outsider, staff):
    document = removed(group, lead)
    for person, status in ((member, 403), (observer, 403), (outsider, 404)):
        client = Client()
        client.force_login(person)
        assert client.get(purge_page(group)).status_code == status
        assert purge(client, group, document).status_code == status
    assert Document.objects.filter(pk=document.pk).exists()
    client = Client()
    client.force_login(staff)
    purge(client, group, document)
    assert not Document.objects.filter(pk=document.pk).exists()


@pytest.mark.parametrize("about", ["document", "comment"])
def test_what_staff_still_decide_about_or_what_may_be_appealed_stays(leading, group, lead, member, staff, about):
    document = make.document(group, lead, "Reported")
    thing = document if about == "document" else Comment.say(document, member, "Rude words")
    report = thing.report(lead if about == "comment" else member, "spam", "Look")
    take_out(document, lead)
    page = leading.get(purge_page(group)).content.decode()
    assert str(document) not in page
    assert "there is a report" not in page  # whoever removed their own would learn of it
    purge(leading, group, document)
    assert Document.objects.filter(pk=document.pk).exists(), "reported"

    decision = thing.hide(staff, "A reason", "3.2")
    assert report.case.decisions.exists()
    purge(leading, group, document)
    assert Document.objects.filter(pk=document.pk).exists(), "an appeal can still come"

    type(decision).objects.filter(pk=decision.pk).update(at=timezone.now() - dt.timedelta(days=200))
    purge(leading, group, document)
    assert not Document.objects.filter(pk=document.pk).exists()


def test_a_file_that_stands_elsewhere_too_stays(leading, group, lead, django_capture_on_commit_callbacks):
    file = make.stored(lead)
    document, other = removed(group, lead, content=file), make.document(group, lead, "Other", content=file)
    with django_capture_on_commit_callbacks(execute=True):
        purge(leading, group, document)
    assert StoredFile.objects.filter(pk=file.pk).exists()
    assert default_storage.exists(str(file.blob))
    assert leading.get(other.current.content_url).status_code == 200


def test_what_is_promised_to_be_freed_is_freed(leading, group, lead, django_capture_on_commit_callbacks):
    drawn, twice = make.stored(lead, content=b"%PDF-1.7 drawn"), make.stored(lead, content=b"%PDF-1.7 in two versions")
    blob = ContentFile(b"%PDF-1.7 laid out", "drawn.pdf")
    rendition = Rendition.objects.create(stored=drawn, blob=blob, size=blob.size)
    both = make.document(group, lead, "Laid out", content=drawn)
    both.add_version(lead, twice)
    other = make.document(group, lead, "The same file", content=twice)
    elsewhere = make.stored(lead, content=b"%PDF-1.7 in a discussion too")
    shared = make.document(group, lead, "Also in a discussion", content=elsewhere)
    PostFile.objects.create(post=make.thread(group, lead).posts.get(), stored=elsewhere)
    for each in (both, other, shared):
        take_out(each, lead)
    promised = drawn.size + rendition.size + twice.size

    assert f"3 would go, {filesizeformat(promised)};" in told("--dry-run", "--group", group.slug)
    assert leading.get(purge_page(group)).context["weight"] == promised
    with django_capture_on_commit_callbacks(execute=True):
        assert both.purge(lead) == drawn.size + rendition.size, "another document holds the other file"
        assert f"2 went, {filesizeformat(twice.size)};" in told()
    assert not any(default_storage.exists(str(each.blob)) for each in (drawn, twice, rendition))
    assert default_storage.exists(str(elsewhere.blob))


def test_removed_files_count_until_they_are_deleted_for_good(leading, group, lead, settings):
    document = removed(group, lead)
    settings.FILES_LIMIT_EACH = 50  # enough for either file, not for both
    assert (
        "count as those of whoever uploaded them"
        in leading.get(reverse("documents:bin", args=[group.slug])).content.decode()
    )
    assert send_new(leading, group).status_code == 422
    purge(leading, group, document)
    assert send_new(leading, group, title="There is room again").status_code == 302


def test_who_puts_back_what_was_just_deleted_for_good_is_told(leading, group, lead):
    document = removed(group, lead)
    document.purge(lead)
    assert leading.post(at("put_back", document)).status_code == 404


def test_the_command_says_what_would_go_before_anything_goes(group, lead):
    document, young = removed(group, lead), removed(group, lead, "Young", dt.timedelta(days=9))
    dry = told("--dry-run")
    assert f"{group.slug} {document.subject}: Old rota" in dry
    assert "1 would go" in dry
    assert Document.objects.count() == 2
    assert "1 went" in told()
    assert list(Document.objects.all()) == [young]
    assert Entry.objects.get(act="purge").actor is None
    with pytest.raises(CommandError):
        told("--days", "5")


def test_the_bin_goes_on_page_by_page_and_is_searched_by_title(leading, group, lead):
    for n in range(45):
        removed(group, lead, f"Rota {n:02}", dt.timedelta(days=n))
    address = reverse("documents:bin", args=[group.slug])
    seen, query = [], ""
    while True:
        some = leading.get(address + query).context["some"]
        seen += [each.title for each in some.rows]
        if not some.older:
            break
        query = some.older
    assert seen == [f"Rota {n:02}" for n in range(45)]
    assert [each.title for each in leading.get(address, {"q": "rota 44"}).context["some"].rows] == ["Rota 44"]
    for nonsense in ("?after=x", f"?after={'9' * 50}", "?q=%00", "?q=" + "x" * 5000):
        assert leading.get(address + nonsense).status_code == 200


def test_what_replaces_a_document_is_found_however_many_there_are(leading, group, lead, document):
    oldest = make.document(group, lead, "The one of 2031")
    for n in range(25):
        make.document(group, lead, f"Paper {n}")
    page = at("supersede", document)
    first = leading.get(page).context["some"]
    assert oldest not in first.rows
    assert oldest in leading.get(page + first.older).context["some"].rows
    assert leading.get(page, {"q": "2031"}).context["some"].rows == [oldest]
    assert leading.post(page, {"other": oldest.pk}).status_code == 302
    document.refresh_from_db()
    assert document.successor == oldest
    assert leading.post(page, {}).status_code == 422
    assert leading.post(page, {"other": "9" * 40}).status_code == 422
    assert leading.post(page, {"other": ""}).status_code == 302
    document.refresh_from_db()
    assert document.successor is None
