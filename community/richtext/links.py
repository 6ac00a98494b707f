"""Which addresses a text may lead to, and which site an address really is."""

import re
import unicodedata
from urllib.parse import quote

EXTERNAL_REL = "nofollow ugc noopener"

IGNORED = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
WEB = re.compile(r"(https?)://(\[[0-9a-f:.]{2,45}\]|[\w.-]{1,253})(:\d{1,5})?([/?#].*)?", re.IGNORECASE)
MAIL = re.compile(r"mailto:([\w.!#$%&'*+/=?^{|}~-]{1,64}@[\w.-]{1,255})(\?[\w=%.&+@,-]*)?", re.IGNORECASE)
OWN = re.compile(r"(/(?![/\\])|#).*", re.DOTALL)
UNSAFE = re.compile(r"""[<>"'`{}|\\^]+|[^\x21-\x7e]+""")
A_SITE = re.compile(r"(?:[^\W_][\w-]{0,62}\.){1,9}[^\W\d_][\w-]{1,62}")
DOTS = str.maketrans("。．｡․", "....")


def safe_url(written: str) -> str | None:
    """The address in the one form we hand on, or None where it is neither web, mail nor a place of our own.

    What browsers ignore inside an address is taken out before looking; the rest must match from end to end.
    """
    url = IGNORED.sub("", written)
    if url.lower().startswith("www."):
        url = f"https://{url}"
    web = WEB.fullmatch(url)
    if web and ".." not in web[2]:
        return f"{web[1].lower()}://{plain_host(web[2])}{web[3] or ''}{encoded(web[4] or '')}"
    if MAIL.fullmatch(url):
        return f"mailto:{encoded(url[7:])}"
    if OWN.fullmatch(url):
        return encoded(url)
    return None


def is_external(url: str) -> bool:
    """Whether a safe address leaves this site."""
    return url.startswith(("http://", "https://"))


def real_name(text: str, url: str) -> str:
    """What must be shown beside a link because its text names another site than it leads to; empty if all is well."""
    seen = unicodedata.normalize("NFKC", IGNORED.sub(" ", text)).translate(DOTS).lower()
    named = [bare(site) for site in A_SITE.findall(seen)]
    if is_external(url):
        host = url.split("/")[2].split("?")[0].split("#")[0]
        is_foreign = "xn--" in host
        return host if is_foreign or any(name != bare(host) for name in named) else ""
    if url.startswith("mailto:"):
        address = url[7:].split("?")[0]
        return address if named and address.lower() not in seen else ""
    return url if "://" in seen or "www." in seen else ""


def plain_host(host: str) -> str:
    """The host in letters that have no twins."""
    labels = unicodedata.normalize("NFKC", host).lower().split(".")
    return ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels)


def bare(host: str) -> str:
    return host.split(":")[0].removeprefix("www.").rstrip(".")


def encoded(rest: str) -> str:
    return UNSAFE.sub(lambda found: quote(found.group(), safe=""), rest)
