"""The home page: what needs one, what is new, the end. And a group's own page."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.files.models import StoredFile
from groups.documents.models import Document
from groups.models import Role
from tests import make


def document(group, author, title):
    file = StoredFile.objects.create(
        owner=author, blob=f"x/{uuid.uuid4()}", name="grid.pdf", kind="application/pdf", size=9, sha256="0" * 64
    )
    return Document.post(group, author, file, title=title, kind="paper", rights="own")


def home(client, member):
    client.force_login(member)
    page = client.get(reverse("home:home"))
    assert page.status_code == 200
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


def test_without_a_group_it_says_what_to_do(client, outsider):
    page = home(client, outsider)
    assert "You are in no group yet" in page and reverse("groups:directory") in page
    assert "Nothing waits for you" in page


def test_signed_out_one_is_asked_to_sign_in(client):
    assert client.get(reverse("home:home")).status_code == 302


def test_what_is_new_in_one_s_groups_until_it_is_read(client, group, lead, member):
    thread = make.thread(group, lead, "Mutes in low halls")
    document(group, lead, "Progression grid")
    page = home(client, member)
    assert "Mutes in low halls" in page and "1 new post" in page and "Progression grid" in page
    assert "That is everything new" in page
    thread.mark_read(member, thread.last_number)
    assert "Mutes in low halls" not in home(client, member)


def test_nothing_of_other_groups_or_hidden_things(client, group, lead, member, outsider, staff):
    thread, paper = make.thread(group, lead, "Mutes in low halls"), document(group, lead, "Progression grid")
    page = home(client, outsider)
    assert "Mutes" not in page and "Progression" not in page
    thread.hide(staff, "Names a child")
    paper.hide(staff, "Names a child")
    page = home(client, member)
    assert "Mutes" not in page and "Progression" not in page


def test_a_long_list_says_what_it_leaves_out(client, group, lead, member):
    for number in range(8):
        make.thread(group, lead, f"Question {number}")
    page = home(client, member)
    assert page.count("1 new post") == 5 and "3 more discussions" in page
    assert "Question 7" in page and "Question 2" not in page


def test_requests_wait_for_leads_and_invitations_for_the_invited(client, group, lead, member, outsider):
    group.ask(outsider.affiliations.get())
    assert "strings-peri asks to join Workforce" in home(client, lead)
    assert "asks to join" not in home(client, member)
    group.join_requests.get().decline(lead, "")
    assert "asks to join" not in home(client, lead)
    group.invite(lead, outsider.email, outsider.email, {"role": "member", "ends_on": None})
    assert "You are invited to Workforce" in home(client, outsider)
    assert "You are invited" not in home(client, member)


def test_it_costs_the_same_for_two_groups_and_twelve(client, lead, member):
    def fill():
        group = make.group()
        make.place(group, lead, Role.LEAD)
        make.place(group, member, Role.LEAD)
        make.thread(group, lead)
        document(group, lead, "Paper")
        group.ask(make.person().affiliations.get())

    fill(), fill()
    client.force_login(member)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home:home"))
        return len(queries)

    few = cost()
    for _number in range(10):
        fill()
    assert cost() == few


# A group's own page


def page_of(client, member, group):
    client.force_login(member)
    page = client.get(group.get_absolute_url())
    assert page.status_code == 200
    return page.content.decode()


def test_it_shows_where_to_start_what_is_newest_and_who_leads(client, group, lead, member):
    group.welcome = "Ask **anything** about [teaching](javascript:alert(1))<script>alert(1)</script>"
    group.save()
    make.thread(group, lead, "Mutes in low halls")
    document(group, lead, "Progression grid")
    page = page_of(client, member, group)
    assert "<strong>anything</strong>" in page
    assert "javascript:" not in page and "<script>alert" not in page
    assert all(words in page for words in ("Mutes in low halls", "Progression grid", "workforce-chair"))
    assert f'data-follow="{group.stream}"' in page


def test_what_is_pinned_stands_at_the_start(client, group, lead, member):
    pinned = make.thread(group, lead, "Read me first")
    pinned.pin(lead)
    make.thread(group, lead, "Something else")
    start = page_of(client, member, group).partition("Start here")[2].partition("</section>")[0]
    assert "Read me first" in start and "Something else" not in start


def test_only_who_looks_after_it_sees_settings_and_only_who_is_in_may_leave(client, group, lead, member, staff):
    settings, leave = reverse("groups:settings", args=[group.slug]), reverse("groups:leave", args=[group.slug])
    assert settings in page_of(client, lead, group) and leave in page_of(client, lead, group)
    assert settings not in page_of(client, member, group)
    assert settings in page_of(client, staff, group) and leave not in page_of(client, staff, group)


def test_a_reader_of_an_open_group_is_asked_to_join(client, outsider):
    group = make.group(visibility="open", joining="open")
    assert reverse("groups:join", args=[group.slug]) in page_of(client, outsider, group)


@pytest.mark.parametrize("state", ["suspended", "ended", "lapsed"])
def test_without_standing_no_page_opens(client, group, member, state):
    page_of(client, member, group)
    if state == "suspended":
        member.suspend(make.timezone.now() + make.dt.timedelta(days=1))
    elif state == "ended":
        member.affiliations.get().end()
    else:
        member.affiliations.get().organisation.end(on=make.dt.date(2020, 1, 1))
    for address in (group.get_absolute_url(), reverse("home:home"), reverse("groups:directory")):
        assert client.get(address).status_code == 403
