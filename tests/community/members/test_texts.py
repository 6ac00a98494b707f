"""The site's own texts: published for good, compared, and accepted anew without anything lost on the way."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult

from community.mail.models import Letter
from community.members.models import Acceptance, Member, SiteText
from community.members.tasks import tell_member_of_texts, tell_of_texts
from community.models import Entry
from groups.threads.models import Post
from tests import make
from tests.community.privacy.copies import own_copy

BODY = "# 1 Being here\n\n**1.1** Be kind, always.\n\n**1.2** Ask before you quote."


def write(client, staff, body=BODY, kind="rules", was=None):
    client.force_login(staff)
    was = SiteText.draft_of(kind).body if was is None else was
    return client.post(f"/about/texts/{kind}/", {"body": body, "was": was})


def publish(client, staff, kind="rules", changed="Shorter", accept_from="", body=BODY):
    write(client, staff, body, kind)
    return press(client, kind, body, changed=changed, accept_from=accept_from)


def press(client, kind, read, **said):
    """Publish what was read on the page of the draft."""
    return client.post(f"/about/texts/{kind}/publish/", {"read": read, "changed": "Shorter", **said})


def today():
    return timezone.localdate().isoformat()


@pytest.fixture
def asked(client, staff, member):
    """Everybody has to accept new rules from today."""
    publish(client, staff, accept_from=today())
    client.force_login(member)


@pytest.fixture
def client(client):
    """Asks as browsers do, except for those that are old: for pages."""
    client.defaults["HTTP_ACCEPT"] = "text/html,application/xhtml+xml,*/*;q=0.8"
    return client


def later(**ago):
    since = timezone.now() - dt.timedelta(**ago)
    Member.objects.exclude(must_accept_from=None).update(must_accept_from=since)


@pytest.mark.parametrize("kind", SiteText.Kind.values)
def test_anyone_reads_each_text_and_finds_it_below_every_page(client, db, kind):
    assert client.get(f"/about/{kind}/").status_code == 200
    assert f'href="/about/{kind}/"' in client.get("/sign-in/").content.decode()


def test_a_rule_is_linked_to_by_its_number(client, db):
    assert '<div class="prose" lang="en-GB" id="rule-3-2">' in client.get("/about/rules/").content.decode()


def test_staff_write_a_draft_that_nobody_else_sees_and_publish_it(client, staff, member, other_browser):
    write(client, staff)
    assert "Be kind, always" not in other_browser.get("/about/rules/").content.decode()
    for url in ("/about/texts/rules/", "/about/texts/rules/publish/"):
        assert "Be kind, always" in client.get(url).content.decode()
    publish(client, staff, changed="We say it in fewer words")
    page = other_browser.get("/about/rules/").content.decode()
    assert "Be kind, always" in page and "We say it in fewer words" in page and 'id="rule-1-2"' in page
    entry = Entry.objects.get(act="publish-text")
    assert entry.actor == staff and entry.details["text"] == "rules-2" and len(entry.details["sha256"]) == 64


def test_only_staff_write_and_publish(client, member, staff):
    write(client, staff)
    client.force_login(member)
    for url in ("/about/texts/", "/about/texts/rules/", "/about/texts/rules/not-accepted/"):
        assert client.get(url).status_code == 403
    assert client.get("/about/texts/rules/publish/").status_code == 403
    assert press(client, "rules", BODY).status_code == 403
    assert SiteText.in_force("rules").number == 1


def test_what_was_published_stays_and_is_compared(client, staff, other_browser):
    publish(client, staff)
    publish(client, staff, body=BODY.replace("always", "mostly"))
    assert "Be kind, always" in other_browser.get("/about/rules/versions/2/").content.decode()
    changes = other_browser.get("/about/rules/versions/3/?since=2").content.decode()
    assert "<ins>" in changes and "mostly" in changes and "<del>" in changes
    assert "1.1" in other_browser.get("/about/rules/versions/1/").content.decode()
    listed = other_browser.get("/about/rules/versions/").content.decode()
    assert all(f'href="/about/rules/versions/{number}/"' in listed for number in (1, 2, 3))
    assert other_browser.get("/about/rules/versions/4/").status_code == 404


def test_publishing_twice_publishes_once(client, staff):
    publish(client, staff)
    assert press(client, "rules", BODY).status_code == 403
    assert client.get("/about/texts/rules/publish/").url == "/about/texts/rules/"
    assert SiteText.in_force("rules").number == 2


def test_what_is_published_is_what_was_read(client, staff):
    write(client, staff)
    write(client, staff, BODY.replace("always", "mostly"))
    answer = press(client, "rules", BODY, changed="We agreed on this")
    page = answer.content.decode()
    assert answer.status_code == 409 and SiteText.in_force("rules").number == 1
    assert "<del>" in page and "always" in page and "mostly" in page and 'value="We agreed on this"' in page
    now = answer.context["form"]["read"].value()
    assert press(client, "rules", now.replace("\n", "\r\n")).status_code == 302, "as browsers end lines"
    assert "mostly" in SiteText.in_force("rules").body


def test_the_first_version_has_no_day_and_says_that_it_is_the_first(client, staff, other_browser):
    publish(client, staff)
    first = SiteText.objects.get(kind="rules", number=1)
    assert first.published_at is None
    assert "The first version." in other_browser.get("/about/rules/versions/1/").content.decode()


def test_a_text_says_that_it_is_in_english_and_what_the_site_says_of_it_is_in_ones_language(client, db):
    page = client.get("/about/rules/", headers={"accept-language": "cy"}).content.decode()
    assert '<div class="prose" lang="en-GB" id="rule-3-2">' in page
    with translation.override("cy"):
        assert SiteText.in_force("rules").news == gettext("The first version.")


def test_a_text_says_from_which_day_it_has_to_be_accepted(client, staff, other_browser):
    day = timezone.localdate() + dt.timedelta(days=9)
    publish(client, staff, accept_from=day.isoformat())
    page = other_browser.get("/about/rules/").content.decode()
    assert f"have to have accepted it from {day.day} {day:%B %Y}" in page


def test_two_who_write_at_once_lose_nothing(client, staff):
    first = SiteText.draft_of("rules").body
    write(client, staff, "Of one colleague")
    answer = write(client, staff, "Of the other", was=first)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Of the other</textarea>" in page and "<del>" in page and "Of one colleague" in page
    assert write(client, staff, "Of the other", was="Of one colleague").status_code == 302


def test_a_text_is_cleaned_as_any_other(client, staff, other_browser):
    publish(client, staff, body="<script>alert(1)</script> [x](javascript:alert(1))")
    page = other_browser.get("/about/rules/").content.decode()
    assert "<script>alert" not in page and 'href="javascript' not in page


def test_a_day_that_has_passed_is_not_taken_and_what_was_typed_stays(client, staff):
    answer = publish(client, staff, changed="Told beforehand", accept_from="2020-01-01")
    assert answer.status_code == 422 and 'value="Told beforehand"' in answer.content.decode()


def test_members_read_it_before_anything_else_and_go_on_to_where_they_were_going(client, asked, member, group):
    going = f"{group.get_absolute_url()}?page=2"
    answer = client.get(going)
    assert answer.status_code == 302 and answer.url.startswith("/about/accept/?next=")
    page = client.get(answer.url)
    assert "Community rules" in page.content.decode() and "Terms of use</h2>" not in page.content.decode()
    done = client.post("/about/accept/", {"text": "rules-2", "next": going})
    assert done.url == going and client.get(going).status_code == 200
    kept = Acceptance.objects.get(member=member)
    assert kept.text.name == "rules-2" and timezone.now() - kept.at < dt.timedelta(minutes=1)


def test_it_leads_to_no_other_site_and_to_pages_only(client, asked):
    for there in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "foo", "account_logout"):
        assert client.post("/about/accept/", {"text": "rules-2", "next": there}).url == "/"
        assert client.get("/about/accept/", {"next": there}).url == "/"


def test_until_the_day_nobody_is_asked(client, staff, member, group):
    publish(client, staff, accept_from=(timezone.localdate() + dt.timedelta(days=9)).isoformat())
    client.force_login(member)
    assert client.get(group.get_absolute_url()).status_code == 200
    later(minutes=1)
    assert client.get(group.get_absolute_url()).status_code == 302


def test_a_slip_of_the_pen_asks_nobody(client, staff, member, group):
    publish(client, staff)
    client.force_login(member)
    assert client.get(group.get_absolute_url()).status_code == 200


def test_a_slip_of_the_pen_after_it_hides_nothing_of_what_is_asked(client, asked, staff, other_browser):
    publish(other_browser, staff, body=BODY.replace("kind", "kinder"), changed="A slip of the pen")
    page = client.get("/about/accept/").content.decode()
    assert "Shorter" in page and "A slip of the pen" in page and 'value="rules-3"' in page
    assert client.post("/about/accept/", {"text": "rules-3"}).status_code == 302


def test_what_changed_is_shown_since_the_version_that_one_accepted(client, asked, staff, other_browser):
    client.post("/about/accept/", {"text": "rules-2"})
    for word in ("often", "mostly"):
        publish(other_browser, staff, body=BODY.replace("always", word), changed=f"Now {word}", accept_from=today())
    page = client.get("/about/accept/").content.decode()
    assert "Now often" in page and "Now mostly" in page and "Shorter" not in page
    changes = client.get(re.search(r'href="(/about/rules/versions/4/\?since=2)"', page)[1]).content.decode()
    assert "always" in changes and "mostly" in changes and "often" not in changes


def test_an_earlier_version_that_a_later_one_took_the_place_of_is_asked_no_more(
    client, asked, staff, member, other_browser
):
    publish(other_browser, staff, body="Once more", accept_from=today())
    client.post("/about/accept/", {"text": "rules-3"})
    publish(
        other_browser, staff, body="And again", accept_from=(timezone.localdate() + dt.timedelta(days=9)).isoformat()
    )
    publish(other_browser, staff, kind="terms", accept_from=(timezone.localdate() + dt.timedelta(days=5)).isoformat())
    client.post("/about/accept/", {"text": "terms-2"})
    member.refresh_from_db()
    assert member.must_accept_from > timezone.now() + dt.timedelta(days=7), "only the newest rules are left"


def test_an_account_that_was_closed_by_mistake_is_asked_too(client, staff, member, group):
    member.end()
    publish(client, staff, accept_from=today())
    member.end(ended=False)
    client.force_login(member)
    assert client.get(group.get_absolute_url()).status_code == 302


def test_what_was_being_written_when_it_began_is_taken(client, asked, member, group):
    thread = make.thread(group, member)
    sent = client.post(reverse("threads:reply", args=[group.slug, thread.pk]), {"body": "Begun before"})
    assert sent.status_code == 302 and Post.objects.filter(body="Begun before").exists()


def test_what_is_sent_a_day_later_is_handed_back(client, asked, member, group):
    thread = make.thread(group, member)
    later(days=2)
    sent = client.post(reverse("threads:reply", args=[group.slug, thread.pk]), {"body": "Kept open for days"})
    assert sent.status_code == 403 and "Kept open for days" in sent.content.decode()
    assert "/about/accept/?next=" in sent.content.decode()
    assert not Post.objects.filter(body="Kept open for days").exists()


PARTS = [
    {"sec-fetch-mode": "cors"},
    {"sec-fetch-mode": "no-cors"},
    {"accept": "*/*"},
    {"accept": "text/html; fragment"},
]


@pytest.mark.parametrize("headers", PARTS)
def test_a_part_of_a_page_that_is_open_is_not_led_away_for_a_day(client, asked, group, headers):
    for url in (group.get_absolute_url(), "/live/events/"):
        later(hours=23)
        assert client.get(url, headers=headers).status_code == 200
        later(hours=25)
        assert client.get(url, headers=headers).status_code == 403, "and no longer"


def test_a_page_is_known_by_what_the_browser_says_of_it(client, asked, group):
    for headers in ({"sec-fetch-mode": "navigate", "accept": "*/*"}, {"accept": "text/html"}):
        assert client.get(group.get_absolute_url(), headers=headers).status_code == 302


def test_who_is_asked_from_today_has_a_day_from_the_moment_of_publishing(client, asked, member):
    member.refresh_from_db()
    assert timezone.now() - member.must_accept_from < dt.timedelta(minutes=5)


def test_a_version_that_came_while_one_read_is_not_accepted_unread(client, asked, staff, member, other_browser):
    publish(other_browser, staff, body="Once more", accept_from=today())
    assert client.post("/about/accept/", {"text": "rules-2"}).status_code == 409
    assert not Acceptance.objects.filter(member=member).exists()
    assert client.post("/about/accept/", {"text": "rules-3"}).status_code == 302


def test_two_texts_are_accepted_on_one_page(client, asked, staff, member, group, other_browser):
    publish(other_browser, staff, kind="terms", accept_from=today())
    client.post("/about/accept/", {"text": "rules-2"})
    assert client.get(group.get_absolute_url()).status_code == 302, "the terms are still to be accepted"
    client.post("/about/accept/", {"text": "terms-2"})
    assert client.get(group.get_absolute_url()).status_code == 200


def test_whoever_refuses_reaches_their_data_reports_worries_and_the_way_out(client, asked, member, group):
    post = make.thread(group, make.person()).posts.get()
    later(days=3)
    for url in ("/account/data/", "/report/", f"/report/{post.subject}/", "/report/without-account/?kind=worry"):
        assert client.get(url).status_code == 200, url
    for url in ("/account/standing/", "/account/sessions/", "/sign-out/", "/about/terms/"):
        assert client.get(url).status_code == 200, url
    assert own_copy(client).namelist()
    sent = client.post(f"/report/{post.subject}/", {"kind": "rules", "words": "Look"})
    assert sent.status_code == 302 and client.get(sent.url).status_code == 200
    assert client.get(group.get_absolute_url()).status_code == 302


def test_staff_see_who_has_not_accepted(client, asked, staff, member):
    someone = make.person("Has not yet")
    client.post("/about/accept/", {"text": "rules-2"})
    client.force_login(staff)
    client.post("/about/accept/", {"text": "rules-2"})
    page = client.get("/about/texts/rules/not-accepted/").content.decode()
    assert someone.name in page and f">{member.name}<" not in page
    assert "1 person has not accepted it" in client.get("/about/texts/").content.decode()


def test_the_list_goes_on_page_by_page_at_one_cost(client, asked, staff):
    client.force_login(staff)
    client.post("/about/accept/", {"text": "rules-2"})
    counts = []
    for more in (5, 60):
        for _ in range(more):
            make.person()
        client.get("/about/texts/rules/not-accepted/")
        with CaptureQueriesContext(connection) as asked_for:
            first = client.get("/about/texts/rules/not-accepted/")
        counts.append(len(asked_for))
    assert counts[0] == counts[1]
    older = first.context["older"]
    assert older and client.get(f"/about/texts/rules/not-accepted/{older}").context["people"]


def test_no_page_asks_the_database_more_for_it(client, staff, member, group):
    def cost():
        client.force_login(member)
        client.get(group.get_absolute_url())
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(group.get_absolute_url()).status_code == 200
        return len(asked_for)

    before = cost()
    publish(client, staff, accept_from=(timezone.localdate() + dt.timedelta(days=9)).isoformat())
    assert cost() == before


def test_no_cookie_is_set_for_it_nor_for_what_a_page_tells_once(client, staff, group):
    publish(client, staff, accept_from=today())
    assert "It is published" in client.get("/about/rules/").content.decode()
    assert client.get(client.get(group.get_absolute_url()).url).status_code == 200
    assert set(client.cookies) <= {"sessionid", "csrftoken"}


def test_before_the_day_each_page_says_so_until_one_accepts(client, staff, member, group, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC))
    publish(client, staff, accept_from="2026-11-12")
    client.force_login(member)
    page = client.get(group.get_absolute_url())
    assert page.status_code == 200 and "From 12 November 2026 you need to have accepted" in page.text
    way = re.search(r'href="(/about/accept/\?next=[^"]+)"', page.text)[1]
    early = client.get(way).text
    assert "Shorter" in early and "You go on as before until 12 November 2026" in early
    assert "you need to have accepted" not in early
    assert client.post("/about/accept/", {"text": "rules-2", "next": "/"}).status_code == 302
    assert "you need to have accepted" not in client.get(group.get_absolute_url()).text
    time_machine.move_to(dt.datetime(2026, 11, 13, 12, tzinfo=dt.UTC))
    assert client.get(group.get_absolute_url()).status_code == 200


def test_whoever_has_not_accepted_is_written_to_once_some_days_before(client, staff, member, outsider, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC))
    publish(client, staff, accept_from="2026-11-12")
    publish(client, staff, kind="terms", changed="Clearer", accept_from="2026-11-12")
    client.force_login(outsider)
    client.post("/about/accept/", {"text": ["rules-2", "terms-2"]})

    def letters():
        tell_of_texts.func()
        for task in DBTaskResult.objects.filter(task_path=tell_member_of_texts.module_path):
            tell_member_of_texts.call(*task.args_kwargs["args"])
            task.delete()
        return list(Letter.objects.filter(template="texts_change").order_by("pk"))

    assert letters() == []
    time_machine.move_to(dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC))
    assert {letter.to for letter in letters()} == {member.email, staff.email}
    letter = next(letter for letter in letters() if letter.to == member.email)
    assert "12 November 2026" in letter.subject
    for words in ("Shorter", "Clearer", "/about/rules/versions/2/", "/about/accept/"):
        assert words in letter.text
    time_machine.move_to(dt.datetime(2026, 11, 9, 12, tzinfo=dt.UTC))
    assert len(letters()) == 2, "and not again"


def test_each_is_written_to_by_a_task_of_their_own(client, staff, member, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC))
    publish(client, staff, accept_from="2026-11-12")
    tell_of_texts.func()
    tell_of_texts.func()
    tasks = DBTaskResult.objects.filter(task_path=tell_member_of_texts.module_path)
    assert [task.args_kwargs["args"][0] for task in tasks.order_by("pk")].count(member.pk) == 1
    assert len(tasks) == 2 and not Letter.objects.filter(template="texts_change").exists()


def test_of_what_is_asked_at_once_nobody_is_written_to(client, asked):
    tell_of_texts.func()
    assert not Letter.objects.filter(template="texts_change").exists()
