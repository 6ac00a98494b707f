"""Whatever people write that can quote goes out of sight with what it quotes: each kind of text, by every door."""

import pytest
from django.apps import apps
from django.db import models

from groups.links.models import Covered, MayQuote, Start
from groups.links.tasks import cover_starts
from groups.models import Group
from groups.search.models import Record
from groups.threads.models import Section, Summary, Template
from groups.threads.models.thread import Thread
from groups.threads.starters import Wording
from realtime.chat.models import Message, Room
from tests import make

pytestmark = pytest.mark.django_db

SECRET = "The boy in the front row"
FOLLOW_OTHERWISE = {"threads.quotation", "approval.passed"}  # its message; nothing: evidence, which no one changes


@pytest.fixture
def secret(group, lead, member):
    return make.thread(group, lead).reply(member.affiliations.get(), SECRET)


@pytest.fixture
def consultation(group, lead):
    return make.thread(group, lead, "A draft policy", kind=Thread.Kind.CONSULTATION)


def hide(post, staff):
    type(post).objects.to_show().get(pk=post.pk).hide(staff, "It could tell who he is", "3.2")
    return lambda: type(post).objects.to_show().get(pk=post.pk).restore(staff, "It could not")


def stored(model):
    """To the letter; what is counted, for open pages to look anew, is no part of it."""
    rows = [{name: row[name] for name in row.keys() - {"look"}} for row in model.objects.order_by("pk").values()]
    return rows, list(Record.objects.order_by("thing_model", "thing_id").values("title", "text", "at"))


def section(post, lead, consultation):
    made = consultation.add_section("Singing", f"{post.as_quotation()}Is that so?")
    place = made.get_absolute_url()
    return Section, made, [place, consultation.get_absolute_url(), f"{place}edit/"]


def template(post, lead, _consultation):
    made = Template.add(lead, post.thread.group, Wording("Lesson idea", f"{post.as_quotation()}Is that so?"))
    group = post.thread.group.slug
    return Template, made, [made.get_absolute_url(), f"/groups/{group}/threads/new/?template={made.pk}"]


def summary(post, lead, _consultation):
    Summary.write(post.thread, lead, f"{post.as_quotation()}Is that so?", 0)
    place = post.thread.get_absolute_url()
    return Summary, post.thread.summary, [place, f"{place}summary/", f"{place}summary/history/"]


def message(post, lead, _consultation):
    room = Room.of(post.thread.group)
    said = room.say(lead, f"{post.as_quotation()}Is that so?", "key-1", lead.affiliations.get())
    Message.take_up(room, [said.pk], lambda: post.thread.reply(lead.affiliations.get(), "From the room."))
    return Message, said, [room.get_absolute_url(), "/search/?q=front", post.thread.get_absolute_url()]


def start(post, lead, _consultation):
    group = post.thread.group
    group.change(lead, {"welcome": f"{post.as_quotation()}Is that so?"})
    return Start, group, [group.get_absolute_url(), f"/groups/{group.slug}/settings/"]


@pytest.mark.parametrize("write", [section, template, summary, message, start])
def test_it_is_gone_from_it_and_comes_back_exactly(client, secret, lead, staff, consultation, write):
    model, made, urls = write(secret, lead, consultation)
    client.force_login(lead)
    assert SECRET in client.get(urls[0], follow=True).text
    before = stored(model)
    back = hide(secret, staff)
    for reader in (lead, staff):
        client.force_login(reader)
        assert [url for url in urls if SECRET in client.get(url, follow=True).text] == []
    assert SECRET not in str(stored(model))
    assert "Is that so?" in model.objects.get(pk=made.pk).body
    back()
    assert stored(model) == before and not Covered.objects.exists()


@pytest.mark.parametrize("write", [section, template, summary, message, start])
def test_it_is_gone_from_what_is_written_afterwards_and_comes_back_too(secret, lead, staff, consultation, write):
    back = hide(secret, staff)
    model, made, _urls = write(secret, lead, consultation)
    made = model.objects.get(pk=made.pk)
    assert SECRET not in made.body and "(hidden)" in made.body
    back()
    assert SECRET in model.objects.get(pk=made.pk).body


def test_a_section_that_is_changed_while_it_says_hidden_loses_nothing(client, secret, lead, staff, consultation):
    _model, made, urls = section(secret, lead, consultation)
    back = hide(secret, staff)
    client.force_login(lead)
    shown = Section.objects.get(pk=made.pk).body
    sent = {"title": "Singing", "body": shown.replace("Is that so?", "Is it?"), "edition": 1}
    assert client.post(urls[2], sent).status_code == 302
    assert SECRET not in client.get(urls[0]).text and "Is it?" in client.get(urls[0]).text
    back()
    assert Section.objects.get(pk=made.pk).body == made.body.replace("Is that so?", "Is it?")


def test_what_newcomers_read_first_can_be_changed_while_it_says_hidden_and_loses_nothing(client, secret, lead, staff):
    group = secret.thread.group
    group.change(lead, {"welcome": f"{secret.as_quotation()}Is that so?"})
    before, back = Group.objects.get(pk=group.pk).welcome, hide(secret, staff)
    client.force_login(lead)
    place = f"/groups/{group.slug}/settings/"
    sent = {**client.get(place).context["form"].initial, "reactions": group.reactions}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    sent["welcome"] = sent["welcome"].replace("Is that so?", "Is it?")
    assert "(hidden)" in sent["welcome"] and SECRET not in sent["welcome"]
    assert client.post(place, sent).status_code == 302
    assert SECRET not in client.get(group.get_absolute_url()).text and "Is it?" in client.get(place).text
    back()
    assert Group.objects.get(pk=group.pk).welcome == before.replace("Is that so?", "Is it?")


def test_what_quoted_something_hidden_before_this_was_known_is_made_right_once(secret, lead, staff):
    group, back = secret.thread.group, hide(secret, staff)
    written = f"> {SECRET}\n> [who in post 2](/posts/{secret.pk}/)\n\nIs that so?"
    Group.objects.filter(pk=group.pk).update(welcome=written)
    cover_starts.call()
    cover_starts.call()
    assert SECRET not in Group.objects.get(pk=group.pk).welcome
    back()
    assert Group.objects.get(pk=group.pk).welcome == written


def test_whatever_has_a_text_that_people_write_can_quote():
    """The rule, and not a list: a new kind of text with a `body` is told of here unless it is a `MayQuote`."""
    rooms = [model for model in apps.get_models() if model.__module__.startswith(("groups.", "realtime."))]
    fields = {model: {field.name: field for field in model._meta.concrete_fields} for model in rooms}
    texts = [model for model in rooms if isinstance(fields[model].get("body"), models.TextField)]
    bare = {model._meta.label_lower for model in texts if not issubclass(model, MayQuote)}
    assert bare == FOLLOW_OTHERWISE and len(texts) > 8
