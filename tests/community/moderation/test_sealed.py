"""The sealed lane: a worry goes to two people, who read it step by step, refer it, and end it."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from community.mail.models import Letter
from community.members.models import Member
from community.models import Entry
from community.moderation.models import Contact, Keeper, SealedCase, SealedReport, Worry
from community.moderation.tasks import keep_time
from community.notifications.models import Notification
from tests import make
from tests.community.moderation.deeds import page, send_report
from tests.community.moderation.sealed import TEXT, TOLD, named, read, sealed, tell
from tests.letterbox import deliver


def test_whom_to_turn_to_comes_first_and_ones_own_nation_before_the_others(client, lead, post, both):
    Member.objects.filter(pk=lead.pk).update(nation="wales")
    answer = send_report(client, lead, post, kind="worry", words=TOLD)
    text = answer.text
    assert answer.status_code == 200 and TOLD in text
    assert text.index("999") < text.index(">Wales<")
    order = [text.index(f">{nation}<") for nation in ("UK-wide", "Wales", "England", "Scotland")]
    assert order == sorted(order) and order[-1] < text.index("Send to the safeguarding lead")
    assert not SealedCase.objects.exists() and not SealedReport.objects.exists()


def test_told_at_the_second_step_it_is_out_of_everybodys_sight_at_once(client, lead, member, staff, keeper, post, both):
    place = post.thread.get_absolute_url()
    assert TEXT in page(client, member, place).text
    assert tell(client, lead, post).status_code == 302
    for who in (lead, member, staff, keeper):
        text = page(client, who, place).text
        assert TEXT not in text and "Hidden by staff" in text and "can appeal" not in text, who


def test_the_reporter_learns_that_it_was_received_and_no_more(client, lead, post, both):
    url = tell(client, lead, post).url
    for answer in (client.get(url), client.get(url, follow=True)):
        assert "We have your report" in answer.text and "999" in answer.text
        assert TOLD not in answer.text and TEXT not in answer.text and "Induction" not in answer.text
    assert client.get(url.replace("kept/", "kept/9")).status_code == 404


def test_without_an_account_it_goes_the_same_way(client, keeper, both):
    url = reverse("moderation:send-notice")
    said = {"kind": "abuse", "words": TOLD, "address": "/somewhere/", "name": "A parent", "email": "p@example.org"}
    first = client.post(url, said)
    assert first.status_code == 200 and TOLD in first.text and "Internet Watch Foundation" in first.text
    assert client.post(url, said | {"sealed": "1", "words": " "}).status_code == 422
    assert client.post(url, said | {"sealed": "1"}).status_code == 302
    text = read(client, keeper, SealedCase.objects.get()).text
    assert TOLD in text and "A parent" in text and "p@example.org" in text and "/somewhere/" in text


def test_nothing_is_shown_before_it_is_asked_for_step_by_step(client, lead, keeper, deputy, post, both):
    case = sealed(client, lead, post)
    opened = page(client, keeper, case.get_absolute_url()).text
    assert TOLD not in opened and TEXT not in opened and lead.name not in opened and post.author.name not in opened
    told = read(client, keeper, case).text
    assert TOLD in told and lead.name in told and TEXT not in told
    shown = read(client, keeper, case, "text").text
    assert TEXT in shown
    log = page(client, deputy, case.get_absolute_url()).text
    assert keeper.name in log and "Read the text of what was reported" in log and "Read what was told" in log
    acts = list(Entry.objects.filter(act="sealed-look").values_list("actor", flat=True))
    assert acts == [keeper.pk] * 3 + [deputy.pk]


def test_child_abuse_material_is_never_a_picture(client, group, lead, member, keeper, both):
    body = "![A picture](https://example.org/a.png) <img src=x> words"
    post = make.thread(group, member, body=body).posts.get()
    case = sealed(client, lead, post, kind="abuse")
    text = read(client, keeper, case, "text").text
    evidence = text[text.index("As it was when reported") :]
    assert "<img" not in evidence.partition("</main>")[0] and "&lt;img src=x&gt;" in evidence
    assert "Do not look for the material" in page(client, keeper, case.get_absolute_url()).text


def test_a_document_that_is_sealed_opens_for_nobody_not_even_to_decide(
    client, group, lead, member, staff, keeper, both
):
    paper = make.document(group, member)
    file = reverse("documents:file", args=[group.slug, paper.pk, 1, "loan.pdf"])
    assert page(client, lead, file).status_code == 200
    case = sealed(client, lead, paper)
    for who in (lead, member, staff, keeper):
        assert page(client, who, file).status_code == 404, who
    case.give_back(keeper)
    assert page(client, lead, file).status_code == 200


def test_referred_to_whom_when_and_under_which_reference(client, lead, keeper, deputy, post, both):
    case = sealed(client, lead, post)
    client.force_login(keeper)
    url = reverse("moderation:sealed-refer", args=[case.pk])
    assert client.post(url, {"to": "", "on": "2026-11-26"}).status_code == 422
    assert client.post(url, {"to": "Harrowdale council", "on": "2026-11-26", "reference": "HC-7"}).status_code == 302
    text = page(client, deputy, case.get_absolute_url()).text
    assert "Harrowdale council" in text and "HC-7" in text and keeper.name in text


def test_closed_it_stays_sealed_and_given_back_it_is_exactly_as_it_was(client, lead, keeper, member, post, both):
    before = page(client, member, post.thread.get_absolute_url()).text
    case = sealed(client, lead, post)
    url = reverse("moderation:sealed-close", args=[case.pk])
    client.force_login(keeper)
    assert "<dt>Closed</dt>" not in client.get(case.get_absolute_url()).text
    assert client.post(url).status_code == 302
    assert "<dt>Closed</dt>" in client.get(case.get_absolute_url()).text
    assert client.post(url).status_code == 403
    assert TEXT not in page(client, member, post.thread.get_absolute_url()).text
    client.force_login(keeper)
    assert client.post(url, {"back": "1"}).status_code == 302
    assert client.post(url, {"back": "1"}).status_code == 403
    post.refresh_from_db()
    assert not post.is_hidden and TEXT in before
    assert TEXT in page(client, member, post.thread.get_absolute_url()).text


def test_what_staff_had_hidden_before_is_hidden_again_when_it_is_given_back(lead, staff, keeper, post, both):
    decision = post.hide(staff, "It tells who the pupil is.", "3.2")
    case = SealedCase.take(Worry("worry", TOLD), post).case
    post.refresh_from_db()
    assert post.is_withheld
    case.give_back(keeper)
    post.refresh_from_db()
    assert post.hidden == decision and not post.is_withheld


def test_who_it_is_about_does_not_read_it(client, group, lead, keeper, deputy, both):
    make.place(group, keeper)
    case = sealed(client, lead, make.thread(group, keeper).posts.get())
    assert page(client, keeper, case.get_absolute_url()).status_code == 404
    assert str(case) not in page(client, keeper, reverse("moderation:sealed")).text
    assert page(client, deputy, case.get_absolute_url()).status_code == 200


def test_nor_whom_the_reporter_names(client, lead, keeper, deputy, post, both):
    case = sealed(client, lead, post, kept_from="lead")
    assert page(client, keeper, case.get_absolute_url()).status_code == 404
    assert page(client, deputy, case.get_absolute_url()).status_code == 200
    assert [each.member for each in case.readers] == [deputy]


@pytest.mark.django_db(transaction=True)
def test_both_get_a_letter_that_says_only_that_there_is_something(client, server, lead, keeper, deputy, post, both):
    sealed(client, lead, post)
    deliver()
    assert {letter["To"] for letter in server.got} == {keeper.email, deputy.email}
    for letter in server.got:
        words = letter.get_body(("plain",)).get_content()
        assert letter["Subject"] == "You have a sealed case" and words.strip().endswith("/desk/sealed/")
        assert not any(said in words for said in (TOLD, TEXT, lead.name, post.author.name, post.subject))


def test_without_a_lead_it_goes_to_the_deputy(client, lead, deputy, keeper, post, both):
    keeper.end()
    case = sealed(client, lead, post)
    assert [each.member for each in case.readers] == [deputy]
    assert page(client, deputy, case.get_absolute_url()).status_code == 200


def test_without_either_it_waits_and_the_desk_and_the_check_say_so(client, lead, staff, keeper, post, capsys):
    case = sealed(client, lead, post)
    assert page(client, staff, case.get_absolute_url()).status_code == 404
    assert "Nobody reads worries about a child" in page(client, staff, reverse("moderation:desk")).text
    call_command("check", databases=["default"])
    assert "There is no safeguarding lead" in capsys.readouterr().err
    call_command("safeguarding", "lead", keeper.handle)
    assert "Sealed cases that wait: 1" in capsys.readouterr().out
    call_command("check", databases=["default"])
    said = capsys.readouterr().err
    assert "There is no safeguarding lead" not in said and "There is no deputy" in said
    assert "Nobody reads worries about a child" not in page(client, staff, reverse("moderation:desk")).text
    assert page(client, keeper, case.get_absolute_url()).status_code == 200


def test_a_case_about_the_only_keeper_is_said_to_wait_unread(client, group, lead, staff, keeper):
    named(keeper)
    make.place(group, keeper)
    sealed(client, lead, make.thread(group, keeper).posts.get())
    assert "A sealed case waits that nobody may read" in page(client, staff, reverse("moderation:desk")).text


def test_only_staff_with_a_second_step_are_named_and_one_is_not_both(lead, staff, keeper):
    for handle in (lead.handle, "nobody-here", make.person("bare-staff", is_staff=True).handle):
        with pytest.raises(CommandError):
            call_command("safeguarding", "lead", handle)
    assert not Keeper.objects.exists()
    call_command("safeguarding", "lead", keeper.handle)
    call_command("safeguarding", "deputy", keeper.handle)
    assert Keeper.objects.get().part == "deputy"
    call_command("safeguarding", "deputy", nobody=True)
    assert not Keeper.objects.exists()


def test_keepers_are_reminded_before_the_time_runs_out_and_nobody_else(client, lead, staff, keeper, post, both):
    case = sealed(client, lead, post)
    case.at, case.due_at = timezone.now() - dt.timedelta(hours=23), timezone.now() + dt.timedelta(hours=1)
    case.save()
    Letter.objects.all().delete()
    keep_time.call()
    keep_time.call()
    assert sorted(Letter.objects.values_list("template", flat=True)) == ["sealed", "sealed"]
    assert not Notification.objects.filter(member=staff).exists()


def test_staff_keep_the_list_of_contacts_and_say_where_it_is_from(client, staff, lead):
    client.force_login(staff)
    url = reverse("moderation:contacts")
    said = {"name": "Our helpline", "nation": "wales", "phone": "01234", "source": "Their leaflet"}
    assert client.post(url, {"name": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    added = Contact.objects.get(name="Our helpline")
    assert "Their leaflet" in client.get(url).text
    one = reverse("moderation:contact", args=[added.pk])
    assert client.post(one, said | {"phone": "99", "link": "example.org"}).status_code == 302
    assert Contact.objects.get(pk=added.pk).link == "https://example.org"
    assert page(client, lead, url).status_code == 404 and page(client, lead, one).status_code == 404
    client.force_login(staff)
    assert client.post(one, {"remove": "1"}).status_code == 302
    assert not Contact.objects.filter(pk=added.pk).exists()
    assert Entry.objects.filter(subject=f"contact-{added.pk}").count() == 3
