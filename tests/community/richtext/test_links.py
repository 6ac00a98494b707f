"""A link goes where it says, nowhere dangerous, and a picture tells nobody who reads."""

import re

import pytest

from community.richtext import render


def links(source: str) -> list[tuple[str, str]]:
    """Address and text of every link."""
    return re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', render(source).html)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](https://example.org/b?c=1&copy=2#d)", "https://example.org/b?c=1&amp;copy=2#d"),
        ("[a](https://example.org/b_c_d_(e))", "https://example.org/b_c_d_(e)"),
        ("[a](/groups/brass/)", "/groups/brass/"),
        ("[a](#part)", "#part"),
        ("[a](mailto:ann@example.org)", "mailto:ann@example.org"),
        ("[a](www.example.org)", "https://www.example.org"),
        ("[a](https://bücher.example)", "https://xn--bcher-kva.example"),
        ("[a](https://example.org/ü)", "https://example.org/%C3%BC"),
        ("[a](HTTPS://EXAMPLE.ORG/A)", "https://example.org/A"),
        ("[a](<https://example.org/b c>)", "https://example.org/bc"),
        ("[a][b]\n\n[b]: https://example.org 'title'", "https://example.org"),
        ("[a]\n\n[A]: https://example.org", "https://example.org"),
        ("<https://example.org>", "https://example.org"),
        ("see https://example.org/a_b_c.", "https://example.org/a_b_c"),
        ("(see https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("www.example.org!", "https://www.example.org"),
    ],
)
def test_a_link_leads_where_its_writer_meant(source, expected):
    assert [href for href, _ in links(source)] == [expected]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:1",
        "data:x",
        "//example.org",
        "/\\example.org",
        "https://a@example.org",
        "https://a\\@example.org",
        "example.org",
        "../x",
        "https://a。b/",
    ],
)
def test_an_address_we_do_not_know_leaves_only_the_text(address):
    found = render(f"[the *text* &copy;]({address})").html
    assert found == "<p>the <em>text</em> ©</p>"


def test_a_link_off_the_site_says_so_and_one_of_ours_does_not():
    assert 'rel="nofollow ugc noopener"' in render("[a](https://example.org)").html
    assert "rel=" not in render("[a](/b)").html


def test_a_file_name_is_no_link():
    assert links("see README.md and notes.py") == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[bank.example](https://evil.example)", "bank.example (evil.example)"),
        ("[https://bank.example/login](https://evil.example/)", "https://bank.example/login (evil.example)"),
        (
            "[go to **bank.example** now](https://evil.example)",
            "go to <strong>bank.example</strong> now (evil.example)",
        ),
        ("[bank&#46;example](https://evil.example)", "bank.example (evil.example)"),
        ("[bank\u3002example](https://evil.example)", "bank\u3002example (evil.example)"),
        ("[bank.exam\u200bple](https://evil.example)", "bank.exam\u200bple (evil.example)"),
        ("[bank.example](https://bank.example.evil.example)", "bank.example (bank.example.evil.example)"),
        ("[b\u0430nk.example](https://bank.example)", "b\u0430nk.example (bank.example)"),
        ("https://b\u0430nk.example", "https://b\u0430nk.example (xn--bnk-6cd.example)"),
        ("[ann@bank.example](mailto:ann@evil.example)", "ann@bank.example (ann@evil.example)"),
        ("[https://bank.example](/local)", "https://bank.example (/local)"),
        ("[www.bank.example](https://bank.example/a)", "www.bank.example"),
        ("[the bank](https://bank.example)", "the bank"),
        ("[v1.2 of it](https://bank.example)", "v1.2 of it"),
    ],
)
def test_a_link_that_names_another_site_shows_the_real_one(source, shown):
    assert [text for _, text in links(source)] == [shown]


def test_a_picture_of_ours_is_shown_and_one_from_elsewhere_is_a_link():
    assert render("![a plan](/files/1)").html == '<p><img alt="a plan" src="/files/1" loading="lazy"></p>'
    for away in ("https://example.org/a.png", "//example.org/a.png", "/\\example.org/a.png", "/\t/example.org/a.png"):
        assert "<img" not in render(f"![a plan]({away})").html
        assert "a plan" in render(f"![a plan]({away})").html
