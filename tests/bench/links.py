"""How long it takes to classify a link: to read its address as a browser does, to tell whose it is, what it has to
do with Amazon, and what is odd about it. Every address is another one, so that nothing is remembered but hosts."""

from __future__ import annotations

import random
import time

import pelicanconf
from plugins.amazon_affiliate.links import amazon_link
from plugins.privacy.declaration import Declaration
from plugins.privacy.settings import Privacy
from plugins.third_party_links.judging import judge_of

LINKS = 50_000
ROUNDS = 5
HOSTS = (
    *(
        "www.example.com",
        "docs.example.com",
        "openzfs.org",
        "www.debian.org",
        "www.amazon.de",
        "amazon.com",
        "amzn.to",
    ),
    *("en.wikipedia.org", "github.com", "www.youtube.com", "xn--mller-kva.example", "t.co"),
    *(f"host-{number}.example" for number in range(500)),
)
FORMS = (
    *("https://{host}/{path}", "https://{host}/{path}", "https://{host}/{path}", "//{host}/{path}"),
    *(
        "https://{host}/dp/{path}?tag=examplesystems-21&th=1#x",
        "http://{host}/{path}?a=b&c=d",
        "/{path}",
        "../{path}/",
    ),
    *("HTTPS://{host}\\{path}", "https://user@{host}:8080/{path}"),
)


def addresses() -> list[str]:
    """Return the addresses: a tenth of each form, on hosts drawn at random, the same on every run."""
    chance = random.Random(1)
    return [
        FORMS[number % len(FORMS)].format(host=chance.choice(HOSTS), path=f"page-{number}") for number in range(LINKS)
    ]


def microseconds_per_link() -> float:
    """Return the CPU time for one link: the best of some rounds, since what else runs can only slow them down."""
    declaration = Declaration(Privacy.model_validate(pelicanconf.PRIVACY))
    urls, base = addresses(), declaration.site + "/blog/post/"
    rounds = []
    for _ in range(ROUNDS):
        read, judge = declaration.reader(), judge_of(declaration)
        start = time.process_time()
        for url in urls:
            verdict = read(url, base)
            if verdict.address is not None:
                amazon_link(verdict.address)
                judge(url, verdict.address)
        rounds.append((time.process_time() - start) / len(urls))
    return min(rounds) * 1e6
