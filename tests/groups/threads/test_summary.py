"""What leads say a thread has come to: above the posts, versioned, and moderated like all that people write."""

import pytest
from django.urls import reverse

from community import live
from groups.threads.models import Summary
from tests import make

pytestmark = pytest.mark.django_db


def write(reader, thread, body="Mutes help.", number=0):
    url = reverse("threads:summary", args=[thread.group.slug, thread.pk])
    return reader.client.post(url, {"body": body, "number": number})


def test_a_lead_sums_up_and_everyone_reads_who_and_when(enter, thread, lead, member):
    before = live.head(live.stream_of(thread))
    assert write(enter(lead), thread, "Split the class: see **post 3**.").status_code == 302
    page = enter(member).reads(thread).text
    assert "What we know so far" in page
    assert "<strong>post 3</strong>" in page
    assert "Summary by <bdi>workforce-chair" in page
    assert live.head(live.stream_of(thread)) == before + 1


def test_members_observers_and_outsiders_write_none(enter, thread, member, observer, outsider, staff):
    for person, status in ((member, 403), (observer, 403), (outsider, 404), (None, 403)):
        answer = write(enter(person), thread, "An hour of work")
        assert answer.status_code == status
        assert status == 404 or "An hour of work" in answer.text
    assert not Summary.objects.exists()
    assert write(enter(staff), thread).status_code == 302


def test_each_version_is_kept_with_what_changed(enter, thread, lead, member, outsider):
    reader = enter(lead)
    write(reader, thread, "Mutes help.")
    write(reader, thread, "Mutes help a little.", 1)
    history = reverse("threads:summary-history", args=[thread.group.slug, thread.pk])
    assert history in reader.reads(thread).text
    page = enter(member).get(history).text
    assert page.count("Written by") == 2
    assert "a little." in page and page.count("<ins>") == 1, "the first has changed nothing"
    assert enter(outsider).get(history).status_code == 404


def test_two_leads_at_once_lose_nothing(enter, group, thread, lead):
    other = make.person("co-chair")
    make.place(group, other, "co-lead")
    write(enter(lead), thread, "Mutes help.")
    answer = write(enter(other), thread, "Curtains help.")
    assert answer.status_code == 409
    assert "Mutes help." in answer.text and "Curtains help." in answer.text
    again = write(enter(other), thread, "Both help.", answer.context["form"]["number"].value())
    assert again.status_code == 302
    assert list(Summary.objects.values_list("body", flat=True)) == ["Mutes help.", "Both help."]


def test_it_can_be_taken_down_and_a_long_one_comes_back(enter, thread, lead):
    reader = enter(lead)
    write(reader, thread)
    long = write(reader, thread, "x" * 4001, 1)
    assert long.status_code == 422
    assert "x" * 4001 in long.text
    write(reader, thread, "", 1)
    assert "Mutes help." not in reader.reads(thread).text


def test_what_staff_hid_is_read_by_nobody_and_another_can_be_written(enter, thread, lead, member, staff):
    write(enter(lead), thread, "It names a pupil.")
    summary = Summary.objects.to_show().get()
    assert enter(member).get(f"/report/{summary.subject}/").status_code == 200
    summary.report(member, "personal", "A name")
    summary.hide(staff, "A pupil could be recognised", "3.2")
    history = reverse("threads:summary-history", args=[thread.group.slug, thread.pk])
    for person in (member, lead):
        reader = enter(person)
        assert "It names a pupil." not in reader.reads(thread).text + reader.get(history).text
        shown = reader.reads(thread).text
        assert "Hidden by staff" in shown and "A pupil could be recognised" not in shown
    form = reverse("threads:summary", args=[thread.group.slug, thread.pk])
    assert "It names a pupil." not in enter(lead).get(form).text
    write(enter(lead), thread, "It names nobody.", 1)
    assert "It names nobody." in enter(member).reads(thread).text
    assert "It names a pupil." not in enter(member).get(history).text
    Summary.objects.to_show().get(pk=summary.pk).restore(staff, "Invented")
    assert "It names" in enter(member).get(history).text


def test_the_summary_of_a_hidden_discussion_is_not_there(enter, thread, lead, staff):
    write(enter(lead), thread)
    thread.hide(staff, "No")
    for name in ("summary", "summary-history"):
        assert enter(lead).get(reverse(f"threads:{name}", args=[thread.group.slug, thread.pk])).status_code == 404


def test_a_draft_of_a_summary_waits(enter, thread, lead):
    reader = enter(lead)
    place = f"summary:threads.thread-{thread.pk}"
    reader.client.post("/drafts/save/", {"place": place, "sequence": 0, "body": "So far", "number": 0, "quiet": 1})
    assert "So far</textarea>" in reader.get(reverse("threads:summary", args=[thread.group.slug, thread.pk])).text
    assert "Summary of" in reader.get("/drafts/").text
