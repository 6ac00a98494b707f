"""A case says where else the same stands: the same file, a quotation, the very same words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Role
from groups.threads.models import Thread
from realtime.chat.models import Room
from tests import make
from tests.community.moderation.deeds import case_page, decide, first, send_report

pytestmark = pytest.mark.django_db
ADVERT = "Buy our strings for all of your pupils today, twenty for the price of ten"


def told(client, staff, thing):
    return case_page(client, staff, thing).text.partition('id="elsewhere"')[2].partition("</section>")[0]


@pytest.fixture
def advert(group, member, lead):
    thread = Thread(group=group, title="Strings")
    thread.start(first(lead), "Which strings do you use?")
    return thread.reply(first(member), ADVERT)


def test_one_that_stands_nowhere_else_says_nothing(client, post, staff):
    assert "Also stands in" not in case_page(client, staff, post).text


def test_quotations_and_copies_are_named_with_a_way_to_each(client, advert, group, member, lead, staff):
    quoting = advert.thread.reply(first(lead), f"{advert.as_quotation()}Do not.")
    copy = Thread(group=group, title="More strings").start(first(member), ADVERT)
    said = Room.of(group).say(member, ADVERT, "key-1", first(member))
    page = make.page(group, lead, f"{advert.as_quotation()}So they say.")
    advert.thread.reply(first(lead), "No thank you")
    found = told(client, staff, advert)
    for each in (quoting, copy, said, page):
        assert f"/desk/{each.subject}/" in found, each.subject
        assert f"<bdi>{each.kind_name}: {each}</bdi>" in found and f">{each.subject}<" not in found
    assert found.count("<li>") == 4 and str(group) in found


def test_short_words_are_no_copies(client, advert, member, lead, staff):
    one = advert.thread.reply(first(lead), "Thank you")
    advert.thread.reply(first(member), "Thank you")
    assert told(client, staff, one) == ""


def test_the_same_file_is_found_in_posts_messages_and_documents(client, advert, group, member, lead, staff):
    def same(owner):
        return make.stored(owner, "list.pdf", b"%PDF-1.7 the same %%EOF")

    advert.files.create(stored=same(member))
    other = advert.thread.reply(first(lead), "See here")
    other.files.create(stored=same(lead))
    said = Room.of(group).say(member, "Here", "key-1", first(member))
    said.files.create(stored=same(member))
    document = make.document(group, lead, content=same(lead))
    make.document(group, lead, "Another", content=make.stored(lead, "other.pdf", b"%PDF-1.7 other %%EOF"))
    found = told(client, staff, advert)
    assert found.count("<li>") == 3
    for each in (other, said, document):
        assert f"/desk/{each.subject}/" in found
    assert f"/desk/{advert.subject}/" in told(client, staff, document)


def test_what_staff_do_not_see_is_a_number_alone(client, advert, member, staff):
    hidden = make.group("Inner circle", visibility="hidden", joining="invite", is_confidential=True)
    make.place(hidden, member, Role.LEAD)
    copy = Thread(group=hidden, title="Secret strings").start(first(member), ADVERT)
    found = told(client, staff, advert)
    assert "And in 1 place that is for a few only." in found
    assert copy.subject not in found and "Secret" not in found and "Inner circle" not in found


def test_a_hidden_one_says_that_it_is(client, advert, group, member, staff, lead):
    copy = Thread(group=group, title="More strings").start(first(member), ADVERT)
    send_report(client, lead, copy)
    decide(client, staff, copy, "hide", rule="2.3")
    assert "hidden" in told(client, staff, advert)


def test_many_places_cost_what_few_do(client, advert, group, member, lead, staff):
    def cost():
        case_page(client, staff, advert)
        with CaptureQueriesContext(connection) as asked:
            case_page(client, staff, advert)
        return len(asked)

    def again(number):
        Thread(group=group, title=f"Strings {number}").start(first(member), ADVERT)
        Room.of(group).say(member, ADVERT, f"key-{number}", first(member))

    again(0)
    few = cost()
    for number in range(1, 30):
        again(number)
    assert cost() <= few
    assert told(client, staff, advert).count("<li>") == 40, "some of each kind"
