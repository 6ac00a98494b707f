"""Several leads at the same moment. On a database with one writer they take turns anyway, so this needs PostgreSQL."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from groups.documents.models import Document, Version
from groups.models import Role
from tests import make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


def at_once(deeds):
    def done(deed):
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


@pytest.fixture
def chair(group):
    found = make.person("chair")
    make.place(group, found, Role.LEAD)
    return found


def test_versions_at_the_same_moment_get_numbers_without_gaps(group, chair):
    document = make.document(group, chair)
    files = [make.stored(chair) for _n in range(12)]
    at_once([lambda file=file: Document.objects.get(pk=document.pk).add_version(chair, file) for file in files])
    assert sorted(Version.objects.values_list("number", flat=True)) == list(range(1, 14))
    document.refresh_from_db()
    assert (document.version_count, document.current.number) == (13, 13)


def test_one_form_arriving_several_times_at_once_is_one_document(group, chair):
    key, files = uuid.uuid4(), [make.stored(chair) for _n in range(6)]
    facts = {"title": "Agenda", "kind": "agenda", "rights": "own"}
    made = at_once([lambda file=file: Document.post(group, chair, file, key, **facts) for file in files])
    assert len(set(made)) == Document.objects.count() == 1


def test_two_documents_at_once_do_not_replace_each_other(group, chair):
    one, two = make.document(group, chair, "One"), make.document(group, chair, "Two")

    def replace(old, new):
        try:
            Document.objects.get(pk=old.pk).supersede_with(chair, new)
        except Exception as why:
            return str(why)
        return ""

    refusals = at_once([lambda: replace(one, two), lambda: replace(two, one)])
    assert sorted(map(bool, refusals)) == [False, True]
