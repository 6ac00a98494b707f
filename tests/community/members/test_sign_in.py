"""Each way in, and how it refuses."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from community import settings as real
from community.mail.models import Letter
from tests import make
from tests.community.members import letters

SIGN_IN, PASSWORD, CODE = "/sign-in/", "/sign-in/password/", "/sign-in/code/"
GOOD = "three green bassoons"


@pytest.fixture
def teacher(db):
    found = make.person("strings-teacher")
    found.set_password(GOOD)
    found.save()
    EmailAddress.objects.create(user=found, email=found.email, verified=True, primary=True)
    return found


def ask_for_code(client, address, **more):
    return client.post(SIGN_IN, {"login": address, **more}, follow=True)


def is_in(client):
    return client.get("/account/").status_code == 200


def without_tokens(response):
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())


def current(secret):
    return str(hotp_value(secret, list(yield_hotp_counters_from_time())[1])).zfill(6)


def test_a_code_lets_in_and_a_wrong_one_does_not(client, teacher):
    ask_for_code(client, teacher.email)
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    client.post(CODE, {"code": letters.code(teacher.email)})
    assert is_in(client)


def test_a_code_works_once_and_only_where_it_was_asked_for(client, teacher, other_browser):
    ask_for_code(client, teacher.email)
    code = letters.code(teacher.email)
    ask_for_code(other_browser, "other@example.org")
    other_browser.post(CODE, {"code": code})
    assert not is_in(other_browser)
    client.post(CODE, {"code": code})
    client.post("/sign-out/")
    client.post(CODE, {"code": code})
    assert not is_in(client)


def test_a_code_is_too_old_after_fifteen_minutes(client, teacher, time_machine):
    time_machine.move_to("2026-03-02 09:00")
    ask_for_code(client, teacher.email)
    time_machine.move_to("2026-03-02 09:16")
    client.post(CODE, {"code": letters.code(teacher.email)})
    assert not is_in(client)


def test_three_wrong_codes_end_the_try(client, teacher):
    ask_for_code(client, teacher.email)
    right = letters.code(teacher.email)
    for _ in range(3):
        client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": right})
    assert not is_in(client)


def test_the_letter_with_a_code_carries_no_link_that_does_something(client, teacher):
    ask_for_code(client, teacher.email)
    assert "http" not in letters.last(teacher.email).text


def test_a_password_lets_in_and_a_wrong_one_does_not(client, teacher):
    assert client.post(PASSWORD, {"login": teacher.email, "password": "wrong"}).status_code == 200
    assert not is_in(client)
    client.post(PASSWORD, {"login": teacher.email, "password": GOOD})
    assert is_in(client)


def test_a_password_alone_does_not_confirm_an_address(client, teacher):
    EmailAddress.objects.all().delete()
    client.post(PASSWORD, {"login": teacher.email, "password": GOOD})
    assert not is_in(client)
    assert letters.code(teacher.email)


def test_the_app_is_asked_for_after_a_code_and_a_recovery_code_stands_in_once(client, teacher, other_browser):
    secret = generate_totp_secret()
    TOTP.activate(teacher, secret)
    spare = RecoveryCodes.activate(teacher).get_unused_codes()[0]
    for browser, wrong, right in ((client, "000000", current(secret)), (other_browser, "00000000", spare)):
        ask_for_code(browser, teacher.email)
        assert browser.post(CODE, {"code": letters.code(teacher.email)}).url == "/sign-in/second-step/"
        assert not is_in(browser)
        browser.post("/sign-in/second-step/", {"code": wrong})
        assert not is_in(browser)
        browser.post("/sign-in/second-step/", {"code": right})
        assert is_in(browser)
    client.post("/sign-out/")
    ask_for_code(client, teacher.email)
    client.post(CODE, {"code": letters.code(teacher.email)})
    client.post("/sign-in/second-step/", {"code": spare})
    assert not is_in(client)


def test_a_closed_account_gets_no_code(client, teacher):
    teacher.end()
    ask_for_code(client, teacher.email)
    assert letters.last(teacher.email).template == "unknown_account"
    client.post(PASSWORD, {"login": teacher.email, "password": GOOD})
    assert not is_in(client)


@pytest.mark.parametrize("address", [SIGN_IN, PASSWORD, "/account/password/forgotten/", "/ask-to-join/"])
def test_known_and_unknown_addresses_get_the_same_answer(client, teacher, address):
    answers = []
    for email in (teacher.email, "x" * (len(teacher.email) - 12) + "@example.org"):
        client.cookies.clear()
        facts = {"login": email, "email": email, "password": "wrong", "name": "A", "organisation_name": "B"}
        response = client.post(address, facts)
        last = client.get(response.url) if response.status_code == 302 else response
        page = without_tokens(last).replace(email, "")
        answers.append((response.status_code, response.headers.get("Location"), len(page), page))
    assert answers[0] == answers[1]


def test_the_tenth_wrong_password_is_refused_whatever_the_forwarded_address_says(client, teacher):
    for number in range(9):
        client.post(
            PASSWORD, {"login": teacher.email, "password": "wrong"}, headers={"x-forwarded-for": f"10.0.0.{number}"}
        )
    refused = client.post(PASSWORD, {"login": teacher.email, "password": GOOD}, headers={"x-forwarded-for": "10.1.1.1"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    ask_for_code(client, teacher.email)
    client.post(CODE, {"code": letters.code(teacher.email)})
    assert is_in(client), "the owner still comes in by a code"


def test_only_so_many_codes_are_sent_to_one_address(client, teacher):
    answers = []
    for number in range(8):
        client.cookies.clear()
        answers.append(client.post(SIGN_IN, {"login": teacher.email}, headers={"x-forwarded-for": f"10.0.0.{number}"}))
    assert answers[-1].status_code == 429
    assert "Retry-After" in answers[-1]
    assert Letter.objects.filter(to=teacher.email).count() <= 5


def test_the_second_step_cannot_be_guessed_for_ever(client, teacher):
    TOTP.activate(teacher, generate_totp_secret())
    ask_for_code(client, teacher.email)
    client.post(CODE, {"code": letters.code(teacher.email)})
    answers = [client.post("/sign-in/second-step/", {"code": "000000"}).status_code for _ in range(8)]
    assert answers[-1] == 429


def test_a_forgotten_password_is_set_anew_with_a_code(client, teacher):
    client.post("/account/password/forgotten/", {"email": teacher.email})
    client.post("/account/password/forgotten/code/", {"code": letters.code(teacher.email)})
    new = "four yellow bassoons"
    client.post("/account/password/forgotten/new/", {"password1": new, "password2": new})
    teacher.refresh_from_db()
    assert teacher.check_password(new)


def test_the_first_password_needs_no_old_one_and_a_change_does(client, outsider):
    client.force_login(outsider)
    new = "four yellow bassoons"
    client.post("/account/password/first/", {"password1": new, "password2": new})
    outsider.refresh_from_db()
    assert outsider.check_password(new)
    other = "five blue bassoons"
    client.post("/account/password/", {"oldpassword": "wrong", "password1": other, "password2": other})
    outsider.refresh_from_db()
    assert outsider.check_password(new)


def test_passwords_are_kept_by_argon2(settings, db):
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    found = make.person()
    found.set_password(GOOD)
    assert found.password.startswith("argon2$")


HOSTILE = [
    *("https://evil.example/", "//evil.example", "///evil.example", "////evil.example", "http:evil.example"),
    *("http:/evil.example", "http:///evil.example", "https:evil.example", "\\\\evil.example", "/\\evil.example"),
    *("\\/evil.example", "/\\/evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)"),
    *(
        "data:text/html,x",
        "vbscript:x",
        "ftp://evil.example",
        "//localhost.evil.example",
        "http://testserver.evil.example",
    ),
    *("http://testserver@evil.example", "https://evil.example#testserver", "https://evil.example?testserver"),
    *("//evil.example/%2f..", "/\t/evil.example", "/\n/evil.example", " //evil.example", "\x00//evil.example"),
    *("http://localhost/", "http://127.0.0.1/", "//[::1]/", "http://testserver:81/", "https://еvil.example/"),
]


@pytest.mark.parametrize("target", HOSTILE)
def test_after_signing_in_one_stays_on_this_site(client, teacher, target):
    response = client.post(PASSWORD, {"login": teacher.email, "password": GOOD, "next": target})
    assert response.status_code == 302
    assert response.url == "/"
    assert is_in(client)


def test_after_signing_in_one_goes_where_one_wanted_to(client, teacher):
    wanted = client.get("/account/sessions/").url
    assert wanted == "/sign-in/?next=/account/sessions/"
    ask = client.post(wanted, {"login": teacher.email, "next": "/account/sessions/"})
    response = client.post(ask.url, {"code": letters.code(teacher.email), "next": "/account/sessions/"})
    assert response.url == "/account/sessions/"


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "evil.example:8000"])
def test_a_forged_host_is_turned_away(client, db, host):
    assert client.get(SIGN_IN, headers={"host": host}).status_code == 400


def test_letters_lead_to_our_own_address_whatever_host_was_forwarded(client, db):
    ask_for_code(client, "nobody@example.org")
    assert "http://localhost:8000/ask-to-join/" in letters.last("nobody@example.org").text
    client.cookies.clear()
    client.post(SIGN_IN, {"login": "someone@example.org"}, headers={"x-forwarded-host": "evil.example"})
    assert "evil" not in letters.last("someone@example.org").text


@pytest.mark.parametrize(
    "name", ["account_login", "account_login_password", "account_signup", "account_reset_password"]
)
def test_the_pages_signed_out_open(client, db, name):
    assert client.get(reverse(name)).status_code == 200


def test_nobody_makes_an_account_alone(client, db):
    before = Letter.objects.count()
    for address in ("/account/signup/", "/account/3rdparty/signup/", "/account/2fa/webauthn/signup/"):
        assert client.get(address).status_code == 404
    assert client.get("/account/employer/not-known/").status_code == 302
    assert Letter.objects.count() == before


def test_an_address_is_changed_only_by_a_code_sent_to_the_new_one(client, teacher):
    client.post(PASSWORD, {"login": teacher.email, "password": GOOD})
    client.post("/account/again/", {"password": GOOD})
    old = teacher.email
    client.post("/account/address/", {"email": "new@example.org", "action_add": ""})
    teacher.refresh_from_db()
    assert teacher.email == old
    client.post("/account/address/code/", {"code": letters.code("new@example.org")})
    teacher.refresh_from_db()
    assert teacher.email == "new@example.org"
    assert letters.last(old).template == "email_changed"


def test_taking_a_known_address_looks_the_same(client, teacher, outsider):
    client.post(PASSWORD, {"login": teacher.email, "password": GOOD})
    client.post("/account/again/", {"password": GOOD})
    answers = []
    for email in (outsider.email, "nobody@example.org"):
        response = client.post("/account/address/", {"email": email, "action_add": ""})
        answers.append((response.status_code, response.url))
    assert answers[0] == answers[1]
    assert letters.last(outsider.email).template == "account_already_exists"


def test_whoever_cannot_get_through_a_network_finds_the_check_before_signing_in(client, db):
    check = reverse("realtime:check")
    assert f'href="{check}"' in client.get(reverse("account_login")).text
    assert client.get(check).status_code == 200
