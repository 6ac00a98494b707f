"""Light, dark or more contrast is a member's choice, drawn by the server."""

import pytest


def choose(client, theme, **sent):
    return client.post("/account/theme/", {"theme": theme}, **sent)


@pytest.mark.parametrize(
    ("theme", "drawn"),
    [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"'), ("more", 'data-contrast="more"')],
)
def test_the_choice_is_on_the_next_page(client, member, theme, drawn):
    client.force_login(member)
    answer = choose(client, theme=theme, HTTP_REFERER="http://testserver/about/rules/?q=1")
    assert answer["Location"] == "/about/rules/?q=1"
    assert drawn in client.get("/about/rules/").content.decode()


def test_following_the_device_takes_the_choice_back(client, member):
    client.force_login(member)
    choose(client, theme="dark")
    choose(client, theme="")
    assert "data-theme" not in client.get("/about/rules/").content.decode()


def test_an_unknown_choice_changes_nothing(client, member):
    client.force_login(member)
    choose(client, theme="dark")
    choose(client, theme='"><b>')
    member.refresh_from_db()
    assert member.theme == "dark"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "",
        "http://testserver//evil.example",
        "http://testserver/\\evil.example",
    ],
)
def test_it_never_leads_to_another_host(client, member, elsewhere):
    client.force_login(member)
    assert choose(client, theme="dark", HTTP_REFERER=elsewhere)["Location"] == "/"


def test_looking_changes_nothing_and_nobody_cannot_choose(client, member):
    assert choose(client, theme="dark").status_code == 302
    client.force_login(member)
    assert client.get("/account/theme/?theme=dark").status_code == 405
    member.refresh_from_db()
    assert member.theme == ""
