"""Many pages of one writer at once: one of them is first, the others are told."""

import pytest
from django.db import connection

from community.drafts.models import Draft, Newer
from community.drafts.typed import Typed
from tests import make
from tests.groups.threads.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "reply:threads.thread-1"


@pytest.fixture(autouse=True)
def _rows_of_their_own():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs connections of their own, which an in-memory database does not have")


def test_of_six_pages_that_save_at_once_one_is_kept_and_five_are_told():
    member = make.person()

    def save(number):
        try:
            return Draft.keep(member, Typed(PLACE, {"body": f"Page {number}"}, 0, f"tab-{number}"))
        except Newer as newer:
            return newer

    answers = at_once(*(lambda n=n: save(n) for n in range(6)))
    kept = [answer for answer in answers if isinstance(answer, Draft)]
    assert len(kept) == 1
    assert all(answer.current.fields == kept[0].fields for answer in answers if isinstance(answer, Newer))
    assert Draft.objects.get().sequence == 1


def test_saving_while_it_is_sent_never_leaves_the_sent_text():
    member = make.person()
    typed = Typed(PLACE, {"body": "Sent"}, 0, "tab")

    def save():
        try:
            return Draft.keep(member, typed)
        except Newer:
            return None

    sent = {"place": PLACE, "sequence": "0", "tab": "tab", "body": "Sent"}
    for _ in range(5):
        Draft.objects.all().delete()
        at_once(save, lambda: Draft.sent(member, sent), save)
        assert not Draft.objects.kept().exists()
