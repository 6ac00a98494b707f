"""Being signed in: on a shared computer, in several browsers, after losing it."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from community.models import Event
from tests import make
from tests.community.members import letters


def sign_in(client, member, **more):
    client.cookies.clear()
    client.post("/sign-in/", {"login": member.email, **more})
    return client.post("/sign-in/code/", {"code": letters.code(member.email)})


def is_in(client):
    return client.get("/account/").status_code == 200


def rechecks(member):
    return Event.objects.filter(stream="access", thing_id=member.pk).count()


def test_a_shared_computer_is_signed_out_after_fifteen_quiet_minutes(client, outsider, time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 2, 9, 0), tick=False)
    response = sign_in(client, outsider, shared="on")
    assert response.cookies["sessionid"]["max-age"] == "", "the cookie ends with the browser"
    assert b" data-shared>" in client.get("/account/").content
    time_machine.move_to(dt.datetime(2026, 3, 2, 9, 14), tick=False)
    assert is_in(client)
    time_machine.move_to(dt.datetime(2026, 3, 2, 9, 28), tick=False)
    assert is_in(client), "each page begins the quiet anew"
    time_machine.move_to(dt.datetime(2026, 3, 2, 9, 43, 1), tick=False)
    assert not is_in(client)


def test_ones_own_computer_stays_signed_in(client, outsider, time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 2, 9, 0), tick=False)
    response = sign_in(client, outsider)
    assert response.cookies["sessionid"]["max-age"]
    assert b" data-shared>" not in client.get("/account/").content
    time_machine.move_to(dt.datetime(2026, 3, 9, 9, 0), tick=False)
    assert is_in(client)


def test_what_a_page_does_by_itself_does_not_keep_a_shared_computer_in(client, outsider, time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 2, 9, 0), tick=False)
    sign_in(client, outsider, shared="on")
    time_machine.move_to(dt.datetime(2026, 3, 2, 9, 10), tick=False)
    client.get("/live/poll/")
    time_machine.move_to(dt.datetime(2026, 3, 2, 9, 16), tick=False)
    assert not is_in(client)


def test_signing_out_forgets_and_cuts_off(client, outsider):
    sign_in(client, outsider)
    assert client.get("/sign-out/").status_code == 200
    assert is_in(client), "a GET only asks"
    before = rechecks(outsider)
    response = client.post("/sign-out/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(client)
    assert rechecks(outsider) == before + 1


def test_private_pages_are_kept_by_no_cache(client, outsider):
    sign_in(client, outsider)
    assert "no-store" in client.get("/account/")["Cache-Control"]


def test_another_browser_is_signed_out_from_here(client, other_browser, outsider, member):
    sign_in(client, outsider)
    sign_in(other_browser, outsider)
    listed = client.get("/account/sessions/").context["sessions"]
    there = next(each for each in listed if each.session_key == other_browser.session.session_key)
    stranger = type(client)()
    stranger.force_login(member)
    stranger.post("/account/sessions/end/", {"session": there.pk})
    assert is_in(other_browser), "only one's own"
    client.get("/account/sessions/end/")
    assert is_in(other_browser), "a GET changes nothing"
    before = rechecks(outsider)
    client.post("/account/sessions/end/", {"session": there.pk})
    assert not is_in(other_browser)
    assert is_in(client)
    assert rechecks(outsider) == before + 1


def test_all_others_at_once(client, other_browser, outsider):
    sign_in(other_browser, outsider)
    sign_in(client, outsider)
    client.post("/account/sessions/end/", {"session": "others"})
    assert is_in(client)
    assert not is_in(other_browser)


def test_a_new_password_ends_the_other_browsers(client, other_browser, outsider):
    sign_in(other_browser, outsider)
    sign_in(client, outsider)
    before = rechecks(outsider)
    client.post("/account/password/first/", {"password1": "four yellow bassoons", "password2": "four yellow bassoons"})
    assert is_in(client)
    assert not is_in(other_browser)
    assert rechecks(outsider) > before


@pytest.fixture
def new_staff(db):
    return make.person("new-colleague", is_staff=True)


def test_staff_without_a_second_step_open_nothing_but_its_set_up(client, new_staff):
    sign_in(client, new_staff)
    for address in ("/", "/organisations/", "/applications/", "/account/", "/account/sessions/", "/groups/"):
        refused = client.get(address)
        assert refused.status_code == 403, address
        assert b'href="/account/second-step/"' in refused.content
    for address in ("/account/second-step/", "/account/second-step/app/", "/account/second-step/passkeys/add/"):
        assert client.get(address).status_code == 200, address
    assert client.get("/account/second-step/app/picture/")["Content-Type"] == "image/svg+xml"
    TOTP.activate(new_staff, generate_totp_secret())
    assert client.get("/organisations/").status_code == 200


def test_staff_keep_their_last_second_step(client, new_staff):
    TOTP.activate(new_staff, generate_totp_secret())
    client.force_login(new_staff)
    client.post("/account/second-step/app/remove/")
    assert new_staff.has_second_factor()


def test_recovery_codes_alone_are_no_second_step(new_staff):
    Authenticator.objects.create(user=new_staff, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not new_staff.has_second_factor()


def test_staff_take_off_a_lost_second_step_and_members_do_not(client, other_browser, staff, outsider, member):
    TOTP.activate(outsider, generate_totp_secret())
    other_browser.force_login(member)
    address = f"/people/{outsider.handle}/reset-second-step/"
    assert other_browser.post(address, {"reason": "x"}).status_code == 403
    assert outsider.has_second_factor()
    client.force_login(staff)
    client.post(address, {"reason": "Rang them"})
    assert not outsider.has_second_factor()


@pytest.mark.parametrize("address", ["/", "/account/", "/account/sessions/", "/people/brass-peri/"])
def test_a_suspended_member_and_one_who_left_see_why_and_nothing_else(client, outsider, member, address):
    client.force_login(outsider)
    outsider.suspend(timezone.now() + dt.timedelta(days=1))
    page = client.get(address)
    assert page.status_code == 403
    assert b"suspended for now" in page.content
    outsider.suspend(timezone.now() - dt.timedelta(days=1))
    outsider.affiliations.get().end()
    page = client.get(address)
    assert page.status_code == 403
    assert b"no current organisation" in page.content
