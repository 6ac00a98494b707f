"""Lines of replies: a message and what was said in reply, counted, seen together, live."""

import re

from community import live
from realtime.chat.models import Message


def told(room, since):
    return live.since(live.stream_of(room), since)


def line(say):
    first = say("Who has a tune on three notes?")
    reply = say("Anything with a rest.", reply_to=first.number)
    deeper = say("Make the rest the joke.", reply_to=reply.number)
    say("Unrelated.")
    return first, reply, deeper


def numbers(page):
    return [int(n) for n in re.findall(r'data-number="(\d+)"', page.text)]


def test_replies_to_replies_belong_to_one_line_which_is_counted(say):
    first, reply, deeper = line(say)
    first.refresh_from_db()
    assert (reply.root, deeper.root, first.root, first.under_count) == (first, first, None, 2)


def test_the_message_says_how_many_replies_it_has_and_leads_to_them_together(say, as_, observer, url):
    first, _reply, _deeper = line(say)
    page = as_(observer).get(url)
    assert f'href="{url}?replies={first.number}"' in page.text and "2 replies" in page.text
    for number in (1, 2, 3):
        together = as_(observer).get(f"{url}?replies={number}")
        assert numbers(together) == [1, 2, 3] and f'data-line="{first.pk}"' in together.text
    assert numbers(as_(observer).get(f"{url}?replies=4")) == [4]
    for odd in ("0", "-1", "x", "99999999999999999999", "%00", "77"):
        assert numbers(as_(observer).get(f"{url}?replies={odd}")) == [1, 2, 3, 4]


def test_what_is_written_there_is_in_reply_without_saying_so(say, as_, member, url):
    first, *_rest = line(say)
    page = as_(member).get(f"{url}?replies={first.number}").text
    assert f'name="to" value="{first.number}"' in page
    answer = as_(member).post(f"{url}say/", {"body": "Chips", "key": "k", "to": "1", "replies": "1"})
    assert answer.url == f"{url}?replies=1#end"
    assert Message.objects.get(body="Chips").root == first


def test_open_pages_hear_how_many_there_are_and_which_line_a_new_one_belongs_to(say, room):
    first = say("Who has a tune?")
    before = live.head(live.stream_of(room))
    reply = say("Me", reply_to=first.number)
    frames = told(room, before)
    assert [(frame["verb"], frame["id"]) for frame in frames] == [
        ("replace", f"replies-{first.subject}"),
        ("append", reply.subject),
    ]
    assert f'data-line="{first.pk}"' in frames[1]["html"] and "1 reply" in frames[0]["html"]


def test_what_is_hidden_or_removed_is_not_counted_and_what_comes_back_is(say, staff):
    first, reply, deeper = line(say)
    reply.remove()
    deeper.hide(staff, "No")
    first.refresh_from_db()
    assert first.under_count == 0 and "hidden>" in live.render(first, "replies")
    deeper.restore(staff, "Well")
    first.refresh_from_db()
    assert first.under_count == 1


def test_a_line_longer_than_a_page_is_read_in_pages(say, as_, member, url):
    first = say("Count!")
    for n in range(70):
        say(f"{n}", reply_to=first.number)
        say("Between")
    page = as_(member).get(f"{url}?replies={first.number}")
    assert len(numbers(page)) == 50
    earlier = re.search(r'href="([^"]*before=[^"]*)"', page.text)[1].replace("&amp;", "&")
    assert "replies=1" in earlier
    assert len(numbers(as_(member).get(earlier))) == 21
