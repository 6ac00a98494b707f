"""Ways into a group: at once, by asking, by invitation; and who is kept out."""

import pytest
from django.urls import reverse

from community.models import Entry
from community.notifications.models import Notification
from community.policy import Refused
from groups.models import Group, Invite, JoinRequest, Role
from tests import make


def join(client, member, group, **sent):
    client.force_login(member)
    sent.setdefault("affiliation", member.affiliations.first().pk)
    return client.post(reverse("groups:join", args=[group.slug]), sent)


def answer(client, lead, asked, **sent):
    client.force_login(lead)
    return client.post(asked.get_absolute_url(), sent)


def told(member):
    return list(Notification.objects.filter(member=member).values_list("kind", flat=True))


def test_an_open_group_is_joined_at_once(client, outsider):
    group = make.group(joining="open")
    assert join(client, outsider, group).url == group.get_absolute_url()
    assert group.role_of(outsider) == Role.MEMBER


def test_joining_takes_one_s_own_organisation_in_force_and_no_role(client, outsider, member):
    group = make.group(joining="open")
    assert join(client, outsider, group, affiliation=member.affiliations.get().pk).status_code == 422
    current = outsider.affiliations.get()
    ended = outsider.affiliations.create(organisation=make.organisation(), starts_on="2020-01-01", ends_on="2020-02-01")
    assert join(client, outsider, group, affiliation=ended.pk).status_code == 422
    assert group.role_of(outsider) is None
    assert join(client, outsider, group, affiliation=current.pk, role="lead", is_staff="1").status_code == 302
    assert group.role_of(outsider) == Role.MEMBER


def test_where_one_asks_a_lead_admits(client, group, lead, outsider):
    assert join(client, outsider, group, note="I teach strings").status_code == 302
    assert group.role_of(outsider) is None
    asked = JoinRequest.objects.get()
    assert told(lead) == ["asked"]
    assert "I teach strings" in client.get(asked.get_absolute_url()).content.decode()
    assert answer(client, lead, asked, admit="yes").status_code == 302
    assert group.role_of(outsider) == Role.MEMBER
    assert told(outsider) == ["admitted"]
    assert Notification.objects.get(member=lead).read_at, "what is answered waits no more"
    assert Entry.objects.get().act == "admit-member"


def test_a_lead_declines_with_a_reason_that_is_read_and_one_may_ask_again(client, group, lead, outsider):
    join(client, outsider, group)
    asked = JoinRequest.objects.get()
    assert answer(client, lead, asked, decline="yes").status_code == 422
    assert told(outsider) == []
    answer(client, lead, asked, decline="yes", reason="Only for heads of service")
    assert group.role_of(outsider) is None
    assert told(outsider) == ["declined"]
    client.force_login(outsider)
    assert "Only for heads of service" in client.get(asked.get_absolute_url()).content.decode()
    assert join(client, outsider, group).status_code == 302
    assert JoinRequest.objects.waiting().count() == 1


def test_only_leads_and_staff_answer_and_only_they_and_the_asker_see_it(client, group, lead, member, outsider, staff):
    join(client, outsider, group)
    asked = JoinRequest.objects.get()
    stranger = make.person()
    elsewhere = make.group()
    make.place(elsewhere, stranger, Role.LEAD)
    assert answer(client, stranger, asked, admit="yes").status_code == 404
    assert answer(client, member, asked, admit="yes").status_code == 404
    assert answer(client, outsider, asked, admit="yes").status_code == 403
    wrong_group = reverse("groups:request", args=[elsewhere.slug, asked.pk])
    client.force_login(lead)
    assert client.post(wrong_group, {"admit": "yes"}).status_code == 404
    assert group.role_of(outsider) is None
    assert answer(client, staff, asked, admit="yes").status_code == 302
    assert group.role_of(outsider) == Role.MEMBER


def test_the_second_of_two_answers_is_refused(client, group, lead, outsider):
    join(client, outsider, group)
    first, second = JoinRequest.objects.get(), JoinRequest.objects.get()
    first.decline(lead, "")
    with pytest.raises(Refused):
        second.admit(lead)
    assert answer(client, lead, first, admit="yes").status_code == 403
    assert group.role_of(outsider) is None


def test_asking_twice_is_asking_once(client, group, lead, outsider):
    assert join(client, outsider, group).status_code == 302
    assert join(client, outsider, group).status_code == 403
    group.ask(outsider.affiliations.get())
    assert JoinRequest.objects.count() == 1
    assert told(lead) == ["asked"]


def test_whoever_has_left_the_organisation_meanwhile_is_not_admitted_for_it(client, group, lead, outsider):
    join(client, outsider, group)
    outsider.affiliations.create(organisation=make.organisation())
    outsider.affiliations.order_by("pk").first().end()
    assert answer(client, lead, JoinRequest.objects.get(), admit="yes").status_code == 403
    assert answer(client, lead, JoinRequest.objects.get(), decline="yes", reason="See above").status_code == 302


def test_markup_in_a_request_is_shown_as_written(client, group, lead, outsider):
    join(client, outsider, group, note="<script>alert(1)</script>")
    client.force_login(lead)
    for address in (JoinRequest.objects.get().get_absolute_url(), reverse("groups:people", args=[group.slug])):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_asking_without_end_is_slowed_down_and_keeps_the_words(client, settings, outsider):
    settings.LIMITS = {**settings.LIMITS, "join": "1/1h"}
    assert join(client, outsider, make.group(), note="First").status_code == 302
    slowed = join(client, outsider, make.group(), note="Second words")
    assert slowed.status_code == 429 and "Second words" in slowed.content.decode()
    assert JoinRequest.objects.count() == 1


def test_a_group_by_invitation_a_closed_one_and_one_s_own_are_not_joined(client, group, member, outsider):
    assert join(client, outsider, make.group(joining="invite")).status_code == 403
    assert join(client, outsider, make.group(joining="open", ends_on="2020-01-01")).status_code == 403
    assert join(client, member, group).status_code == 403
    assert join(client, outsider, make.group(joining="open", visibility="hidden")).status_code == 404
    assert JoinRequest.objects.count() == 0 and outsider.memberships.count() == 0


def test_a_taken_seat_is_said_and_a_free_one_given(client, member, outsider):
    group = make.group(joining="open", seats=1)
    colleague = make.person(of=member.affiliations.get().organisation)
    assert join(client, member, group).status_code == 302
    assert join(client, colleague, group).status_code == 403
    assert join(client, outsider, group).status_code == 302
    client.force_login(colleague)
    page = client.get(reverse("groups:join", args=[group.slug]))
    assert page.status_code == 200 and "are taken" in page.content.decode()


def test_a_seat_that_went_between_asking_and_doing_is_not_given_twice(member):
    """Two look at the same last seat: the deed itself counts again, under the group's lock."""
    group = make.group(seats=1)
    colleague = make.person(of=member.affiliations.get().organisation)
    group.admit(member.affiliations.get())
    with pytest.raises(Refused):
        group.admit(colleague.affiliations.get())
    assert group.role_of(colleague) is None
    group.seats = 0
    group.admit(member.affiliations.get(), Role.LEAD)
    assert group.role_of(member) == Role.LEAD


def test_everyone_belongs_to_an_automatic_group_and_cannot_leave_it(client, outsider):
    everyone = make.group(joining="automatic")
    client.force_login(outsider)
    assert client.get(everyone.get_absolute_url()).status_code == 200
    assert client.post(reverse("groups:leave", args=[everyone.slug])).status_code == 403


def test_whoever_leaves_is_out_and_may_come_back(client, outsider):
    group = make.group(joining="open")
    join(client, outsider, group)
    assert client.post(reverse("groups:leave", args=[group.slug])).status_code == 302
    assert client.get(group.get_absolute_url()).status_code == 404
    join(client, outsider, group)
    assert group.role_of(outsider) == Role.MEMBER


def test_the_last_lead_hears_how_to_leave(client, group, lead, member):
    client.force_login(lead)
    refused = client.post(reverse("groups:leave", args=[group.slug]))
    assert refused.status_code == 403 and "Make someone else a lead first" in refused.content.decode()
    group.admit(member.affiliations.get(), Role.LEAD)
    assert client.post(reverse("groups:leave", args=[group.slug])).status_code == 302


# Invitations


def invite(client, lead, group, who, **sent):
    client.force_login(lead)
    return client.post(reverse("groups:invite", args=[group.slug]), {"who": who, "role": "member", **sent})


def accept(client, member, group, **sent):
    client.force_login(member)
    sent.setdefault("affiliation", member.affiliations.get().pk)
    return client.post(reverse("groups:invited", args=[group.slug]), sent)


@pytest.fixture
def sealed(lead) -> Group:
    found = make.group("Sealed", visibility="hidden", joining="invite")
    make.place(found, lead, Role.LEAD)
    return found


@pytest.mark.parametrize("who", ["@strings-peri", "strings-peri", "STRINGS-PERI@example.org"])
def test_an_invited_person_sees_a_hidden_group_and_decides(client, sealed, lead, outsider, who):
    assert invite(client, lead, sealed, who, role="co-lead").status_code == 302
    assert told(outsider) == ["invited"]
    assert sealed.role_of(outsider) is None
    client.force_login(outsider)
    assert client.get(sealed.get_absolute_url()).status_code == 404
    assert "Sealed" in client.get(reverse("groups:invited", args=[sealed.slug])).content.decode()
    assert accept(client, outsider, sealed, role="lead").status_code == 302
    assert sealed.role_of(outsider) == Role.CO_LEAD
    assert accept(client, outsider, sealed).status_code == 404


def test_an_invitation_is_for_one_address_and_one_may_say_no(client, sealed, lead, member, outsider):
    invite(client, lead, sealed, "@strings-peri")
    assert accept(client, member, sealed).status_code == 404
    client.force_login(outsider)
    assert client.post(reverse("groups:invited", args=[sealed.slug]), {"decline": "yes"}).status_code == 302
    assert accept(client, outsider, sealed).status_code == 404
    assert sealed.role_of(outsider) is None


def test_an_address_without_an_account_is_answered_like_one_with(client, sealed, lead, outsider):
    known = invite(client, lead, sealed, outsider.email)
    known_page = client.get(known.url).content.decode()
    Invite.objects.all().delete()
    unknown = invite(client, lead, sealed, "nobody-there@example.org")
    unknown_page = client.get(unknown.url).content.decode()
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert known_page.count(outsider.email) == unknown_page.count("nobody-there@example.org") == 2
    newcomer = make.person("nobody-there", email="Nobody-There@example.org")
    assert accept(client, newcomer, sealed).status_code == 302
    assert sealed.role_of(newcomer) == Role.MEMBER


def test_a_handle_never_shows_the_address_behind_it(client, sealed, lead, outsider):
    outsider.email = "quite.private@example.org"
    outsider.save()
    invite(client, lead, sealed, "@strings-peri")
    page = client.get(reverse("groups:people", args=[sealed.slug])).content.decode()
    assert "@strings-peri" in page and "quite.private" not in page


def test_removal_expiry_and_the_leaving_of_the_inviter_end_an_invitation(client, sealed, lead, member, outsider, staff):
    sealed.admit(member.affiliations.get(), Role.LEAD)
    for end in ("removed", "expired", "inviter gone"):
        invite(client, member, sealed, "@strings-peri")
        if end == "removed":
            sealed.remove(outsider, by=lead)
        elif end == "expired":
            Invite.objects.update(at="2020-01-01T00:00Z")
        else:
            sealed.remove(member, by=lead)
        assert accept(client, outsider, sealed).status_code == 404, end
        assert sealed.role_of(outsider) is None


def test_an_observer_s_invitation_needs_a_last_day(client, group, lead, outsider):
    assert invite(client, lead, group, "@strings-peri", role="observer").status_code == 422
    assert invite(client, lead, group, "@strings-peri", role="observer", ends_on="2020-01-01").status_code == 422
    assert invite(client, lead, group, "@strings-peri", role="owner").status_code == 422
    assert Invite.objects.count() == 0
    assert invite(client, lead, group, "@strings-peri", role="observer", ends_on="2099-01-01").status_code == 302


def test_members_do_not_invite(client, group, member, observer, outsider, staff):
    assert invite(client, member, group, "@strings-peri").status_code == 403
    assert invite(client, observer, group, "@strings-peri").status_code == 403
    assert invite(client, outsider, group, "@strings-peri").status_code == 404
    assert Invite.objects.count() == 0
    assert invite(client, staff, group, "@strings-peri").status_code == 302


def test_an_invitation_does_not_beat_the_seats(client, lead, member):
    group = make.group(seats=1)
    make.place(group, lead, Role.LEAD)
    group.admit(member.affiliations.get())
    colleague = make.person("colleague", of=member.affiliations.get().organisation)
    invite(client, lead, group, "@colleague")
    assert accept(client, colleague, group).status_code == 403
    group.remove(member)
    assert accept(client, colleague, group).status_code == 302
