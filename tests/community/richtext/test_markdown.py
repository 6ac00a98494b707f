"""Markdown pasted from elsewhere looks as its writer expects."""

import re

import pytest

from community.richtext import Mention, excerpt, light, plain, render


def html(source: str) -> str:
    """Rendered, without the white space between elements."""
    return re.sub(r">\s+(?=<)", ">", render(source).html)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("text\n- a\n- b", "<p>text</p><ul><li>a</li><li>b</li></ul>"),
        ("text\n1) a\n2) b", "<p>text</p><ol><li>a</li><li>b</li></ol>"),
        ("* a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("+ a", "<ul><li>a</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("- a\n    - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- a\n\t- b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("in the year\n1986. It rained", "<p>in the year<br>\n1986. It rained</p>"),
        ("- a\n\n  more", "<ul><li><p>a</p><p>more</p></li></ul>"),
        ("- - a", "<ul><li>- a</li></ul>"),
        ("- a\n\nafter", "<ul><li>a</li></ul><p>after</p>"),
        ("- [ ] a\n- [x] b", '<ul><li class="task">☐ a</li><li class="task">☑ b</li></ul>'),
    ],
)
def test_lists(source, expected):
    assert html(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("text\n```\na < b\n```\nafter", '<p>text</p><pre tabindex="0"><code>a &lt; b\n</code></pre><p>after</p>'),
        ("~~~ python\n# a\n- b\n~~~", '<pre tabindex="0"><code># a\n- b\n</code></pre>'),
        ("```\nnever closed", '<pre tabindex="0"><code>never closed\n</code></pre>'),
        ("- a\n  ```\n  b\n    c\n  ```", '<ul><li><p>a</p><pre tabindex="0"><code>b\n  c\n</code></pre></li></ul>'),
        ("> ```\n> a\n> ```", '<blockquote><pre tabindex="0"><code>a\n</code></pre></blockquote>'),
        ("a\n\n    b\n\n    c", '<p>a</p><pre tabindex="0"><code>b\n\nc\n</code></pre>'),
        ("`` a`b ``", "<p><code>a`b</code></p>"),
        ("`*a* @b [c](d)`", "<p><code>*a* @b [c](d)</code></p>"),
        ("`` `a", "<p>`` `a</p>"),
    ],
)
def test_code(source, expected):
    assert html(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("one\r\n\r\ntwo", "<p>one</p><p>two</p>"),
        ("# a #\ntext", "<h3>a</h3><p>text</p>"),
        ("text\n## a", "<p>text</p><h4>a</h4>"),
        ("###### a", "<h6>a</h6>"),
        ("#a C# b", "<p>#a C# b</p>"),
        ("# C#", "<h3>C#</h3>"),
        ("a\n===\nb\n---", "<h3>a</h3><h4>b</h4>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("> a\n> b\nmine", "<blockquote><p>a<br>\nb</p></blockquote><p>mine</p>"),
        (">a\n>> b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        (
            "**a** *b* _c_ ~~d~~ ***e***",
            "<p><strong>a</strong><em>b</em><em>c</em><del>d</del><strong><em>e</em></strong></p>",
        ),
        ("snake_case_name 2*3*4 ~ 5", "<p>snake_case_name 2<em>3</em>4 ~ 5</p>"),
        (r"\*a\* 1\. b", "<p>*a* 1. b</p>"),
        ("&copy; &lt;b&gt;", "<p>© &lt;b&gt;</p>"),
        (
            "שלום [עולם](https://example.org)",
            '<p>שלום <a href="https://example.org" rel="nofollow ugc noopener">עולם</a></p>',
        ),
    ],
)
def test_text(source, expected):
    found = html(source) if "strong" not in expected else html(source).replace("> <", "><")
    assert found == expected


def test_a_table_right_after_text_can_be_scrolled_and_says_what_its_heads_are():
    assert html("text\n| a | b |\n|---|--:|\n| 1 | 2 |\nafter") == (
        '<p>text</p><div class="table-scroll" tabindex="0"><table><thead><tr><th scope="col">a</th>'
        '<th scope="col" class="right">b</th></tr></thead><tbody><tr><td>1</td><td class="right">2</td></tr></tbody>'
        "</table></div><p>after</p>"
    )


def test_chat_has_no_headings_tables_or_pictures():
    found = light("# a\n\n| a | b |\n|---|---|\n\n![p](/x.png) **c** `d`\n- e").html
    assert "<h" not in found and "<table" not in found and "<img" not in found
    assert '<a href="/x.png">p</a> <strong>c</strong> <code>d</code>' in found and "<li>e</li>" in found


def test_the_words_for_search_are_text_one_block_to_a_line():
    assert plain("# A *b*\n\n- c\n- d & `e < f`\n\n![p](https://x.example/y)") == "A b\nc\nd & e < f\np"


def test_an_excerpt_is_one_line_that_ends_at_a_word():
    assert excerpt("# Hello\n\nthe **quick** brown\nfox jumps", 20) == "Hello the quick…"
    assert excerpt("short") == "short"
    assert len(excerpt("w" * 50_000)) == 160
    assert excerpt(render("a *b*\n\nc").html) == "a b c"


ANN = Mention(5, "Ann", "/people/5")
GROUP = Mention(9, "Brass", "")


def known(handles: set[str]) -> dict[str, Mention]:
    return {handle: found for handle, found in {"ann-b": ANN, "brass": GROUP}.items() if handle in handles}


def test_a_mention_becomes_a_link_and_tells_whom_it_names():
    found = render("Thanks @Ann-B, and @brass.", known)
    assert found.html == (
        '<p>Thanks <a class="mention" data-member="5" href="/people/5">@Ann-B</a>, '
        'and <span class="mention" data-member="9">@brass</span>.</p>'
    )
    assert found.mentioned == {5, 9}


@pytest.mark.parametrize(
    "source",
    [
        "@nobody",
        "ann@ann-b",
        "x@brass",
        "`@brass`",
        "```\n@brass\n```",
        "[@brass](/x)",
        "https://x.example/@brass",
        "@brass.example",
        "@brass-",
        "@brass@x",
    ],
)
def test_what_only_looks_like_a_mention_stays_text(source):
    found = render(source, known)
    assert found.mentioned == set() and "mention" not in found.html


def test_people_are_asked_for_once_and_only_so_many():
    asked = []
    render(" ".join(f"@p{number}" for number in range(300)), lambda handles: asked.append(handles) or {})
    assert [len(handles) for handles in asked] == [50]
