"""Who posts without a name is named on no surface: every page, partial, frame and feed is looked through."""

import datetime as dt
import re

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community import live
from community.models import Entry
from community.moderation.models import Decision
from community.notifications.models import Notification
from groups.home.models import FeedAddress
from groups.models import Role
from groups.threads.models import FormerGroup, Mask, Move, Post, Thread
from tests import make

pytestmark = pytest.mark.django_db
URL = re.compile(r'href="(/[^"#]*)')
FIELDS = {"title": "Pay", "kind": "discussion"}


@pytest.fixture
def group(group):
    type(group).objects.update(allows_masked=True)
    group.refresh_from_db()
    return group


@pytest.fixture
def shy(group):
    found = make.person("Xanthippe Quillfeather", make.organisation("Zephyrdale Music"), email="xq@zephyr.example")
    make.place(group, found)
    return found


def at(who):
    client = Client()
    client.force_login(who)
    return client


def says(who, thread, body, **more):
    url = reverse("threads:reply", args=[thread.group.slug, thread.pk])
    return at(who).post(url, {"body": body, "masked": "on", **more})


@pytest.fixture
def thread(group, shy):
    url = reverse("threads:new", args=[group.slug])
    assert at(shy).post(url, {**FIELDS, "body": "It is low", "masked": "on"}).status_code == 302
    return Thread.objects.to_show().get()


def told(client, thread, post, member):
    """All that a reader is given about the group, by every door we know and every link on the pages."""
    base, seen = f"/groups/{thread.group.slug}/", {}
    todo = ["/", base, f"{base}threads/", "/discussions/", "/needs-you/", "/search/?q=low", thread.get_absolute_url()]
    todo += [f"{thread.get_absolute_url()}?quote={post.number}", f"{thread.get_absolute_url()}?to={post.number}"]
    todo += [
        reverse("threads:moments", args=[thread.group.slug, thread.pk]),
        f"{post.deeds_url}history/",
        post.get_absolute_url(),
        f"/report/{post.subject}/",
        f"/report/{thread.subject}/",
    ]
    feed = FeedAddress.make(member, thread.group)
    todo += [feed.get_absolute_url(), feed.url_for(thread), f"/live/events/?thread-{thread.pk}=0"]
    todo += [f"/live/events/?group-{thread.group_id}=0", f"{thread.get_absolute_url()}?at=last"]
    for url in todo:
        seen[url] = client.get(url, follow=True).text
    for link in set(URL.findall(seen[thread.get_absolute_url()])) - {"/account/logout/"}:
        seen.setdefault(link, client.get(link, follow=True).text)
    for stream in (f"thread-{thread.pk}", f"group-{thread.group_id}"):
        seen[stream] = str(live.since(stream, 0))
    return seen


def named(texts, shy):
    """Where they are named: by name, handle, initials, address, organisation or number."""
    marks = ["Xanthippe", "Quillfeather", shy.handle, ">XQ<", "xq@", "Zephyrdale"]
    marks += [f'data-author="{shy.pk}"', f'data-member="{shy.pk}"']
    return [(url, mark) for url, text in texts.items() for mark in marks if mark in text]


def test_no_surface_names_who_posts_without_a_name(thread, shy, lead, member, staff):
    assert says(shy, thread, f"It is low, @{member.handle}").status_code == 302
    first, post = thread.posts.to_show().order_by("number")
    at(shy).post(f"{post.deeds_url}edit/", {"body": "It is too low", "edition": 1})
    at(lead).post(f"{post.deeds_url}mark/", {"mark": "decision"})
    Thread.objects.to_show().get().reply(lead.affiliations.get(), "Is it?")
    for reader in (lead, member, staff):
        for each in (first, post):
            # The people of the group are named where its people are, and nobody as a writer.
            texts = told(at(reader), Thread.objects.to_show().get(), each, reader)
            elsewhere = {url for url, _mark in named(texts, shy) if "/people/" not in url}
            assert elsewhere <= {"/groups/workforce/"}
    assert "It is too low" in at(member).get(thread.get_absolute_url()).text


ODD = dt.datetime(2026, 1, 5, 3, 17, 29, 123456, dt.UTC)  # in winter: as clocks show it in London


def happened_at_an_odd_time(thread):
    """All of it, and open pages are told once more."""
    thread.posts.update(posted_at=ODD, edited_at=ODD)
    for post in thread.posts.all():
        post.revisions.update(at=ODD)
    thread.moments.update(at=ODD)
    Thread.objects.filter(pk=thread.pk).update(created_at=ODD, last_post_at=ODD)
    for post in thread.posts.to_show():
        post.show_again()
        post.make_findable()
    Thread.objects.to_show().get(pk=thread.pk).show_row()


def timed(texts):
    """Where the hour, the minute or less is told."""
    micros = str(int(ODD.timestamp()) * 10**6 + ODD.microsecond)
    return [(url, mark) for url, text in texts.items() for mark in ("03:17", "17:29", "031729", micros) if mark in text]


def test_no_surface_tells_the_hour_of_what_names_nobody(thread, shy, lead, member, staff):
    says(shy, thread, "It is low")
    post = thread.posts.to_show().get(number=2)
    at(shy).post(f"{post.deeds_url}edit/", {"body": "It is too low", "edition": 1})
    at(shy).post(reverse("threads:close", args=[thread.group.slug, thread.pk]))
    at(lead).post(f"{post.deeds_url}mark/", {"mark": "decision"})
    happened_at_an_odd_time(thread)
    now = Thread.objects.to_show().get()
    for reader in (lead, member, staff):
        assert not timed(told(at(reader), now, post, reader))
    now.report(lead, "spam", "Look"), post.report(lead, "spam", "Look")
    desk = {each.subject: at(staff).get(f"/desk/{each.subject}/").text for each in (now, post)}
    assert not timed(desk)


def test_the_hour_of_what_is_named_is_found_by_the_same_look(thread, shy, member):
    says(shy, thread, "It is low", masked="")
    post = thread.posts.to_show().get(number=2)
    at(shy).post(f"{post.deeds_url}edit/", {"body": "It is too low", "edition": 1})
    happened_at_an_odd_time(thread)
    found = {url for url, _mark in timed(told(at(member), Thread.objects.to_show().get(), post, member))}
    assert {thread.get_absolute_url(), f"{post.deeds_url}history/", f"thread-{thread.pk}"} <= found


def test_pages_of_a_list_are_turned_without_the_hour_of_what_names_nobody(group, lead, member):
    for number in range(45):
        make.thread(group, lead, f"Pay {number}")
    nobody = type(lead).objects.nameless()
    Thread.objects.update(last_post_at=ODD, created_at=ODD, author=nobody, last_author=nobody)
    for query in ("?", "?sort=newest"):
        seen, asked = set(), query
        while asked:
            answer = at(member).get(reverse("threads:list", args=[group.slug]) + asked)
            page = answer.context["page"]
            assert not timed({asked: answer.text})
            seen |= {row.title for row in page.rows}
            asked = page.older
        assert len(seen) == 45
        assert len(at(member).get(reverse("threads:list", args=[group.slug]) + page.newer).context["page"].rows) == 20


def test_a_post_with_the_name_is_found_by_the_same_look(thread, shy, member):
    assert says(shy, thread, "It is low", masked="").status_code == 302
    now = Thread.objects.to_show().get()
    found = {url for url, _mark in named(told(at(member), now, now.posts.to_show().get(number=2), member), shy)}
    assert {thread.get_absolute_url(), f"thread-{thread.pk}", f"/live/events/?thread-{thread.pk}=0"} <= found


def test_no_table_but_the_mask_and_their_own_rows_ties_the_post_to_them(thread, shy):
    post = thread.posts.get()
    assert (post.author.is_nameless, post.posted_as, thread.author.is_nameless, thread.last_author.is_nameless) == (
        True,
        None,
        True,
        True,
    )
    for model in (Thread, Post, *[each for each in apps.get_models() if each.__name__ == "Revision"]):
        ties = [field.name for field in model._meta.concrete_fields if field.related_model is type(shy)]
        assert not any(model.objects.filter(**{tie: shy}).exists() for tie in ties), model
    assert Mask.objects.get().member == shy


def test_two_without_a_name_cannot_be_told_apart_nor_tied_together(thread, shy, member):
    says(shy, thread, "One")
    says(member, thread, "Two")
    assert len(set(thread.posts.values_list("author", "posted_as"))) == 1
    page = at(shy).get(thread.get_absolute_url()).text
    assert page.count("Name withheld") >= 3


def test_their_own_post_is_theirs_to_edit_and_remove_and_nobody_elses(thread, shy, member, lead):
    post = thread.posts.to_show().get()
    assert f"#post-{post.pk} .own" in at(shy).get("/me.css").text
    assert f"#post-{post.pk} .own" not in at(member).get("/me.css").text
    sent = {"body": "It is very low", "edition": 1}
    assert at(member).post(f"{post.deeds_url}edit/", sent).status_code == 403
    assert at(shy).post(f"{post.deeds_url}edit/", sent).status_code == 302
    assert at(lead).post(f"{post.deeds_url}remove/").status_code == 403
    assert at(shy).post(f"{post.deeds_url}remove/").status_code == 302


def test_a_second_click_makes_no_second_post(thread, shy):
    for _click in range(2):
        assert says(shy, thread, "Once", key="k1").status_code == 302
    assert thread.posts.count() == 2


def test_a_group_that_does_not_allow_it_takes_none_and_never_posts_it_with_the_name(thread, shy, group):
    type(group).objects.update(allows_masked=False)
    answer = says(shy, thread, "By mistake")
    assert answer.status_code == 422 and "By mistake" in answer.text and "no posts without a name" in answer.text
    assert "without my name" not in at(shy).get(reverse("threads:new", args=[group.slug])).text
    assert thread.posts.count() == 1


def test_leads_say_whether_their_group_allows_it(group, lead, member):
    url = reverse("groups:settings", args=[group.slug])
    assert 'name="allows_masked"' in at(lead).get(url).text
    assert at(member).get(url).status_code == 403
    assert make.group("Another").allows_masked is False


def test_replies_are_told_to_them_and_their_own_post_is_not(thread, shy, lead):
    assert not Notification.objects.filter(member=shy).exists()
    Thread.objects.to_show().get().reply(lead.affiliations.get(), "Is it?")
    assert Notification.objects.filter(member=shy, kind="replied").count() == 1
    says(shy, thread, "It is")
    assert Notification.objects.filter(member=shy).count() == 1


def test_a_decision_reaches_them_and_the_desk_does_not_name_them(thread, shy, staff, lead):
    post = thread.posts.to_show().get()
    post.report(lead, "spam", "Look")
    case = at(staff).get(reverse("moderation:case", args=[post.subject])).text
    assert "Name withheld" in case and not named({"case": case}, shy)
    post.hide(staff, "It names a child")
    assert Decision.objects.get().author == shy
    assert Notification.objects.filter(member=shy, kind="hide").exists()
    desk = at(staff).get(reverse("moderation:case", args=[post.subject])).text
    assert not named({"desk": desk}, shy)


def test_staff_learn_the_name_after_a_reason_that_is_recorded(thread, shy, staff, lead, member):
    url = f"{thread.posts.to_show().get().deeds_url}writer/"
    for other in (lead, member, shy):
        assert at(other).post(url, {"reason": "Curious"}).status_code == 403
    assert shy.name not in at(staff).get(url).text
    assert at(staff).post(url, {"reason": " "}).status_code == 422
    assert not Entry.objects.filter(act="reveal-writer").exists()
    assert shy.name in at(staff).post(url, {"reason": "A child may be at risk"}).text
    assert Entry.objects.get(act="reveal-writer").reason == "A child may be at risk"
    assert shy.name not in at(staff).get(url).text


def test_a_post_without_a_name_stays_so_wherever_it_is_moved(thread, shy, lead, group):
    says(shy, thread, "Apart")
    done = Move.split(thread, [2], "Split", lead)
    there = make.group("Early years")
    make.place(there, lead, Role.LEAD)
    FormerGroup.leave(Thread.objects.get(pk=done.target_id), there, lead)
    split = Thread.objects.to_show().get(title="Split")
    assert split.author.is_nameless and not named({"page": at(lead).get(split.get_absolute_url()).text}, shy)


# ── A discussion without a name that opens later ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def waiting(group, shy):
    later = timezone.localtime(timezone.now() + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    url = reverse("threads:new", args=[group.slug])
    sent = {**FIELDS, "title": "Wages", "body": "They are low", "masked": "on", "opens_at": later}
    assert at(shy).post(url, sent).status_code == 302
    return Thread.objects.to_show().get()


def lists(who, thread, show):
    return at(who).get(reverse("threads:list", args=[thread.group.slug]), {"show": show}).text


def test_who_began_it_sees_it_before_it_opens_finds_it_as_theirs_and_opens_it(waiting, shy, member):
    own, rule = at(shy), f'.own[href*="/threads/{waiting.pk}/"]'
    assert own.get(waiting.get_absolute_url()).status_code == 200
    assert "Wages" in lists(shy, waiting, "mine") and "Wages" in lists(shy, waiting, "")
    assert rule in own.get("/me.css").text and rule not in at(member).get("/me.css").text
    opening = reverse("threads:opening", args=[waiting.group.slug, waiting.pk])
    assert at(member).post(opening, {"now": "1"}).status_code == 404
    assert own.post(opening, {"now": "1"}).status_code == 302
    assert "Wages" in lists(member, waiting, "")
    assert "Wages" in lists(shy, waiting, "mine") and "Wages" not in lists(member, waiting, "mine")
    assert "Wages" in lists(shy, waiting, "following")
    assert "Wages" not in lists(shy, waiting, "unread") and "Wages" not in lists(member, waiting, "following")


def test_before_it_opens_leads_and_staff_see_it_without_the_name_and_others_not_at_all(
    waiting, shy, lead, staff, member
):
    page, post = waiting.get_absolute_url(), waiting.posts.to_show().get()
    assert at(member).get(page).status_code == 404
    assert "Wages" not in lists(member, waiting, "") + lists(lead, waiting, "mine")
    for reader in (lead, staff):
        assert "They are low" in at(reader).get(page).text
        texts = told(at(reader), waiting, post, reader)
        assert {url for url, _mark in named(texts, shy) if "/people/" not in url} <= {"/groups/workforce/"}
    waiting.open(lead)
    texts = told(at(member), Thread.objects.to_show().get(), post, member)
    assert {url for url, _mark in named(texts, shy) if "/people/" not in url} <= {"/groups/workforce/"}
