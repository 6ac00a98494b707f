"""The files in deploy/ say what their servers need."""

import re

from django.conf import settings

NGINX = (settings.BASE_DIR / "deploy/nginx.conf").read_text()
SITE = {"Host $host", "X-Forwarded-Proto $scheme", "X-Forwarded-For $remote_addr"}


def test_each_place_of_nginx_says_whose_site_it_is():
    """nginx: headers are inherited only where a place sets none of its own. Without Host every answer is 400."""
    places = re.findall(r"location [^{]+\{([^}]+proxy_pass[^}]+)\}", NGINX)
    assert len(places) == 2
    for place in places:
        own = set(re.findall(r"proxy_set_header ([^;]+);", place))
        assert not own or own >= SITE
    assert set(re.findall(r"^    proxy_set_header ([^;]+);", NGINX, re.MULTILINE)) == SITE


def test_a_download_that_nginx_sends_keeps_what_we_say_of_it():
    """nginx keeps the type and little else of an answer that hands it a file."""
    kept = dict(re.findall(r"add_header (\S+) \$upstream_http_(\w+) always;", NGINX))
    assert {name.lower().replace("-", "_") for name in kept} == set(kept.values())
    assert kept.keys() >= {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Strict-Transport-Security",
        "Cross-Origin-Resource-Policy",
    }
