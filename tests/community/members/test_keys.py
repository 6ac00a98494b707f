"""Single keys: what they do is told on a page, and whoever does not want them switches them off."""

from django.urls import reverse

KEYS = reverse("members:keys")


def test_the_list_of_keys_and_the_switch(client, member):
    client.force_login(member)
    page = client.get(KEYS).text
    assert "Next unread discussion" in page and "checked" in page
    assert 'data-keys="off"' not in page and 'aria-keyshortcuts="/"' in page
    assert client.post(KEYS, {}).status_code == 302
    page = client.get("/").text
    assert 'data-keys="off"' in page and "aria-keyshortcuts" not in page
    client.post(KEYS, {"has_keys": "on"})
    assert 'data-keys="off"' not in client.get("/").text


def test_one_member_s_choice_is_no_other_s(client, member, lead):
    client.force_login(member)
    client.post(KEYS, {})
    client.force_login(lead)
    assert 'data-keys="off"' not in client.get("/").text


def test_looking_changes_nothing(client, member):
    client.force_login(member)
    client.get(KEYS, {"has_keys": ""})
    member.refresh_from_db()
    assert member.has_keys
