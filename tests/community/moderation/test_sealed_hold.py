"""A worry from outside gives an address: what stands there can be held, by the keepers and nobody else."""

import pytest
from django.urls import reverse

from community import ledger
from community.models import Entry
from community.moderation.models import SealedCase, Worry
from tests import make
from tests.community.moderation.deeds import page
from tests.community.moderation.sealed import TOLD, named, read


@pytest.fixture
def keepers(staff, colleague):
    named(staff, colleague)


def told(address):
    return SealedCase.take(Worry("worry", TOLD, address=address)).case


def hold(client, who, case, thing):
    client.force_login(who)
    return client.post(reverse("moderation:sealed-hold", args=[case.pk]), {"subject": thing.subject})


def test_what_the_address_leads_to_is_offered_and_held(client, keepers, staff, lead, member, post):
    case = told(f"http://localhost:8000{post.get_absolute_url()}")
    offered = read(client, staff, case).text
    assert "Hold this" in offered and f'value="{post.subject}"' in offered
    assert hold(client, staff, case, post).status_code == 302
    for who in (lead, member):
        assert "front row" not in page(client, who, post.thread.get_absolute_url()).text
    assert "front row" in read(client, staff, case, "text").text
    assert "Hold this" not in read(client, staff, case).text
    assert Entry.objects.get(act="sealed-hold").subject == "sealed" and ledger.first_broken() is None


def test_given_back_it_is_as_it_was(client, keepers, staff, lead, post):
    case = told(f"#{post.subject}")
    hold(client, staff, case, post)
    SealedCase.objects.get(pk=case.pk).give_back(staff)
    assert "front row" in page(client, lead, post.thread.get_absolute_url()).text


def test_only_what_an_address_leads_to_can_be_held(client, keepers, staff, group, member, post):
    other = make.thread(group, member).posts.get()
    case = told(f"#{post.subject}")
    assert hold(client, staff, case, other).status_code == 404
    assert not other.is_withheld and hold(client, staff, case, post).status_code == 302


def test_nobody_but_the_keepers_holds_anything(client, staff, colleague, lead, member, post):
    named(colleague)
    case = told(f"#{post.subject}")
    for who in (staff, lead, member):
        assert hold(client, who, case, post).status_code == 404
    assert hold(client, colleague, case, post).status_code == 302


def test_what_another_case_holds_already_is_not_offered(client, keepers, staff, colleague, post):
    first, second = told(f"#{post.subject}"), told(f"#{post.subject}")
    assert hold(client, staff, first, post).status_code == 302
    assert "Hold this" not in read(client, colleague, second).text
    assert hold(client, colleague, second, post).status_code == 404


@pytest.mark.parametrize("address", ["", "https://elsewhere.example/", "post-0", "#nothing-12", "post-" + "9" * 30])
def test_an_address_that_leads_nowhere_offers_nothing(client, keepers, staff, post, address):
    assert "Hold this" not in read(client, staff, told(address)).text


def test_a_keeper_who_wrote_it_is_kept_from_the_case_from_then_on(client, keepers, staff, colleague, group):
    make.place(group, staff)
    own = make.thread(group, staff).posts.get()
    case = told(f"#{own.subject}")
    assert hold(client, colleague, case, own).status_code == 302
    assert read(client, staff, case).status_code == 404
    assert read(client, colleague, case).status_code == 200
