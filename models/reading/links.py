"""Links and the kinds of domains they lead to, from a trusted newspaper to a URL shortener."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

LINK: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+|(?<![\w@.])(?:[a-z0-9-]+\.)+"
    r"(?:com|net|org|info|biz|ru|me|ly|xyz|top|click|shop|online|site|club|live|io|gg|tk|ml|ga|cf|"
    r"icu|vip|win|loan|work|bid|co\.uk|de|fr|br|cn|jp|kr)(?:/[^\s<>\"]*)?(?![\w.@])",
    re.IGNORECASE,
)
# As browsers parse it: a backslash is a slash, and ends the user name.
_HOST: Final = re.compile(
    r"(?:https?://)?(?:[^/\\?#\s]*@)?(?:www\.|m\.|mobile\.)?([^/\\:?#\s]+)", re.I
)
FEW: Final = 2
KNOWN_LINK: Final = "www.un.org"
"""A trusted link, and one of the shortest."""
DEEPEST: Final = 5  # no listed domain has more labels


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


class DomainKind(StrEnum):
    """What is known about a domain."""

    TRUSTED = "trusted"
    HOSTING = "hosting"
    UNKNOWN = "unknown"
    SHORTENED = "shortened"
    MESSENGER = "messenger"
    DOUBTFUL = "doubtful"


TRUSTED: Final = frozenset(
    _listed(
        "nytimes.com washingtonpost.com theguardian.com guardian.co.uk bbc.co.uk bbc.com "
        "cnn.com reuters.com apnews.com npr.org wsj.com ft.com economist.com bloomberg.com "
        "latimes.com usatoday.com cbsnews.com nbcnews.com abcnews.go.com cbc.ca "
        "theglobeandmail.com thestar.com nationalpost.com globalnews.ca ctvnews.ca "
        "independent.co.uk telegraph.co.uk thetimes.co.uk dailymail.co.uk sky.com time.com "
        "theatlantic.com newyorker.com politico.com politico.eu axios.com vox.com slate.com "
        "salon.com forbes.com businessinsider.com cnbc.com foxnews.com huffingtonpost.com "
        "huffpost.com aljazeera.com dw.com spiegel.de zeit.de faz.net sueddeutsche.de welt.de "
        "tagesschau.de taz.de nzz.ch derstandard.at orf.at lemonde.fr lefigaro.fr "
        "liberation.fr ouest-france.fr francetvinfo.fr rfi.fr folha.uol.com.br uol.com.br "
        "globo.com estadao.com.br publico.pt elpais.com elmundo.es corriere.it repubblica.it "
        "nos.nl nrc.nl svt.se yle.fi nrk.no dr.dk asahi.com mainichi.jp nhk.or.jp "
        "yomiuri.co.jp chosun.com joongang.co.kr hani.co.kr yna.co.kr xinhuanet.com scmp.com "
        "haaretz.com timesofisrael.com thehindu.com indiatimes.com ndtv.com abc.net.au "
        "smh.com.au stuff.co.nz nzherald.co.nz irishtimes.com rte.ie seattletimes.com "
        "chicagotribune.com sfgate.com bostonglobe.com denverpost.com adn.com oregonlive.com "
        "staradvertiser.com civilbeat.org wikipedia.org wikimedia.org wiktionary.org "
        "archive.org britannica.com snopes.com politifact.com factcheck.org nature.com "
        "science.org sciencemag.org sciencedirect.com springer.com wiley.com jstor.org "
        "arxiv.org doi.org nih.gov cdc.gov who.int un.org europa.eu imf.org worldbank.org "
        "oecd.org pewresearch.org gallup.com nasa.gov noaa.gov gov.uk parliament.uk canada.ca "
        "gc.ca bund.de gouv.fr gov.br congress.gov supremecourt.gov ted.com "
        "nationalgeographic.com imdb.com goodreads.com propublica.org icij.org hrw.org "
        "amnesty.org c-span.org pbs.org meduza.io novayagazeta.ru kommersant.ru vedomosti.ru "
        "rbc.ru tass.ru ria.ru interfax.ru lenta.ru gazeta.ru"
    )
)
TRUSTED_ENDINGS: Final = (".gov", ".edu", ".mil", ".ac.uk", ".gov.uk", ".gov.au", ".edu.au", ".int")
HOSTING: Final = frozenset(
    _listed(
        "youtube.com youtu.be vimeo.com twitter.com x.com facebook.com instagram.com "
        "reddit.com tiktok.com linkedin.com medium.com substack.com github.com google.com "
        "amazon.com flickr.com soundcloud.com spotify.com twitch.tv vk.com blogspot.com "
        "wordpress.com tumblr.com"
    )
)
SHORTENED: Final = frozenset(
    _listed(
        "bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly cutt.ly rb.gy adf.ly shorturl.at "
        "tiny.cc clck.ru vk.cc lnkd.in rebrand.ly"
    )
)
MESSENGER: Final = frozenset(
    _listed(
        "t.me telegram.me telegram.org wa.me whatsapp.com chat.whatsapp.com discord.gg "
        "discord.com viber.com"
    )
)
DOUBTFUL_ENDINGS: Final = _listed(
    ".xyz .top .click .shop .online .site .club .icu .vip .win .loan .work .bid .tk .ml "
    ".ga .cf .gq .biz .buzz .stream .download .racing .date .faith .review .cam .monster "
    ".bet .casino .ltd .fun .life .best .pw .cc .ws"
)


def links_in(text: str) -> list[str]:
    """Find the links in a text; no link contains a space, so only parts with a dot are searched."""
    likely = [part for part in text.split() if "." in part[:-1] or "://" in part]
    return [link for part in likely for link in LINK.findall(part)]


def without_links(text: str) -> str:
    """Replace every link by a space."""
    return LINK.sub(" ", text)


def domain_kind(link: str) -> DomainKind:
    """Classify a link by its domain."""
    match = _HOST.match(link)
    host = match[1].lower().rstrip(".") if match else ""
    names = _parents(host)
    if not names.isdisjoint(TRUSTED) or host.endswith(TRUSTED_ENDINGS):
        return DomainKind.TRUSTED
    for domains, kind in (
        (MESSENGER, DomainKind.MESSENGER),
        (SHORTENED, DomainKind.SHORTENED),
        (HOSTING, DomainKind.HOSTING),
    ):
        if not names.isdisjoint(domains):
            return kind
    if host.endswith(DOUBTFUL_ENDINGS) or host.replace(".", "").isdigit():
        return DomainKind.DOUBTFUL
    return DomainKind.UNKNOWN


def may_be_bare(links: Sequence[str]) -> bool:
    """Tell whether links are few and of ordinary standing: spam links to more or to worse."""
    ordinary = (DomainKind.TRUSTED, DomainKind.HOSTING, DomainKind.UNKNOWN)
    return 0 < len(links) <= FEW and all(domain_kind(link) in ordinary for link in links)


def _parents(host: str) -> set[str]:
    """Return a host and its parent domains, as far as they can be listed."""
    parts = host.rsplit(".", DEEPEST)[-DEEPEST:]
    return {".".join(parts[place:]) for place in range(len(parts) - 1)}
