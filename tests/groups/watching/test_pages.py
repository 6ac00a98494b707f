"""The button on discussions and groups, and the page of all that reaches one."""

import pytest
from django.urls import reverse

from community.notifications.models import Mailing
from groups.watching.models import Level, Watch
from tests import make

MINE = {"direct": "now", "followed": "daily", "hour": "8", "weekday": "4", "paused_until": ""}


@pytest.fixture
def thread(group, lead):
    return make.thread(group, lead, "Brass in a low hall")


def button(client, page):
    """What the button says."""
    text = client.get(page.get_absolute_url()).content.decode()
    summary = text.partition('id="watch-')[2].partition("</summary>")[0]
    return summary.partition("</svg>")[2].partition("<")[0]


def choose(client, thing, level, **more):
    subject = f"{thing._meta.model_name}-{thing.pk}"
    return client.post(reverse("watching:level", args=[subject]), {"level": level, **more})


def test_the_button_says_what_counts_and_changes_it(client, thread, member, lead):
    client.force_login(member)
    assert button(client, thread) == "Follow"
    for level, label in (
        ("everything", "Following"),
        ("mentions", "Mentions only"),
        ("nothing", "Muted"),
        ("", "Follow"),
    ):
        assert choose(client, thread, level).url == thread.get_absolute_url()
        assert button(client, thread) == label
    client.force_login(lead)
    assert button(client, thread) == "Following"


def test_a_group_is_followed_as_a_whole(client, group, thread, member):
    client.force_login(member)
    assert button(client, group) == "Follow"
    choose(client, group, "everything")
    assert button(client, group) == "Following"
    assert button(client, thread) == "Following"


def test_what_is_no_level_changes_nothing_and_says_so(client, thread, member):
    client.force_login(member)
    choose(client, thread, "loud")
    assert "no level" in client.get(thread.get_absolute_url()).content.decode()
    assert not Watch.objects.exists()


def test_what_one_may_not_see_cannot_be_followed(client, group, thread, outsider, member):
    client.force_login(outsider)
    assert choose(client, thread, "everything").status_code == 404
    assert choose(client, group, "everything").status_code == 404
    for subject in ("thread-0", "thread-", "member-1", "thread-" + "9" * 30, "x"):
        assert client.post(f"/watch/{subject}/", {"level": "everything"}).status_code == 404
    assert not Watch.objects.exists()
    client.force_login(member)
    assert choose(client, thread, "everything").status_code == 302


def test_one_page_for_all_of_it(client, group, thread, member):
    client.force_login(member)
    choose(client, thread, "everything")
    page = client.get(reverse("watching:mine")).content.decode()
    assert "Workforce" in page
    assert "Brass in a low hall" in page
    assert "As the leads set it: Replies and mentions" in page
    sent = {**MINE, "direct": "daily", "hour": "17", f"group-{group.pk}": "mentions"}
    assert client.post(reverse("watching:mine"), sent).status_code == 302
    now = Mailing.objects.get(member=member)
    assert (now.direct, now.hour) == ("daily", 17)
    assert Watch.objects.get(thing_model="groups.group").level == Level.MENTIONS
    assert client.post(reverse("watching:mine"), {**MINE, f"group-{group.pk}": ""}).status_code == 302
    assert not Watch.objects.filter(thing_model="groups.group").exists()
    assert choose(client, thread, "", back="1").url == reverse("watching:mine")


def test_a_form_that_cannot_be_taken_changes_nothing(client, group, member):
    client.force_login(member)
    for wrong in ({"hour": "24"}, {"direct": "hourly"}, {f"group-{group.pk}": "loud"}, {"paused_until": "soon"}):
        assert client.post(reverse("watching:mine"), {**MINE, **wrong}).status_code == 422
    other = make.group("Elsewhere")
    assert client.post(reverse("watching:mine"), {**MINE, f"group-{other.pk}": "everything"}).status_code == 302
    assert not Watch.objects.exists()


def test_the_page_asks_the_same_for_thirty(client, group, thread, member, lead, django_assert_max_num_queries):
    client.force_login(member)
    choose(client, thread, "everything")
    client.get(reverse("watching:mine"))
    with django_assert_max_num_queries(30) as few:
        client.get(reverse("watching:mine"))
        most = len(few)
    for number in range(30):
        Watch.choose(member, ("threads.thread", make.thread(group, lead, f"Thread {number}").pk), "everything")
        make.place(make.group(), member)
    client.get(reverse("watching:mine"))
    with django_assert_max_num_queries(most):
        client.get(reverse("watching:mine"))


def test_whoever_left_sees_nothing_of_what_they_followed(client, group, thread, member):
    client.force_login(member)
    choose(client, thread, "everything")
    group.remove(member)
    assert "Brass" not in client.get(reverse("watching:mine")).content.decode()
