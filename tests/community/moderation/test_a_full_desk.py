"""A thousand cases that wait, and many reports of one thing, cost what a few do."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.moderation.models import Case
from groups.threads.models import Post
from tests.community.moderation.deeds import send_report

MANY = 1000


@pytest.fixture
def full(post, lead):
    """A thousand posts, each with its case, due one minute after the other."""
    now = timezone.now()
    facts = {field.attname: getattr(post, field.attname) for field in Post._meta.concrete_fields}
    posts = [Post(**(facts | {"id": None, "number": 10 + n, "client_key": None})) for n in range(MANY)]
    made = Post.objects.bulk_create(posts)
    Case.objects.bulk_create(
        Case(subject=each.subject, kind="spam", at=now, due_at=now + dt.timedelta(minutes=n))
        for n, each in enumerate(made)
    )
    return made


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_desk_with_a_thousand_cases_and_a_case_among_them_ask_as_much_as_with_three(client, full, lead, staff):
    send_report(client, lead, full[500], kind="spam")
    client.force_login(staff)
    urls = [reverse("moderation:desk"), reverse("moderation:case", args=[full[500].subject])]
    of_all = [queries(client, url) for url in urls]
    near = [each.subject for each in full[499:502]]
    Case.objects.exclude(subject__in=near).delete()
    assert [queries(client, url) for url in urls] == of_all
