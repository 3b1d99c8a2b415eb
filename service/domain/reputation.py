"""Reputation: hosts whose links are no sign of spam, and texts in which nothing else counts."""

from collections.abc import Collection, Iterable

from service.domain import links
from service.domain.hosts import is_among
from service.domain.links import Link

# Newspapers, broadcasters, agencies, libraries and institutions, besides those that the classifier
# was trained with (models/reading/links.py). Only places where no stranger can publish.
PRESS = (
    "20minutes.fr 24sata.hr ad.nl afp.com aftenposten.no aftonbladet.se ansa.it arabnews.com "
    "ard.de arte.tv badische-zeitung.de bangkokpost.com belfasttelegraph.co.uk "
    "berliner-zeitung.de berlingske.dk bernerzeitung.ch bfmtv.com blick.ch bostonherald.com br.de "
    "channelnewsasia.com clarin.com courrierinternational.com csmonitor.com dailymaverick.co.za "
    "dallasnews.com dawn.com delo.si detik.com deutschlandfunk.de deutschlandfunkkultur.de "
    "diepresse.com dn.se dnevnik.bg dpa.com efe.com elconfidencial.com eldiario.es "
    "eluniversal.com.mx emol.com er.ee euronews.com eurozine.com excelsior.com.mx expressen.se "
    "fd.nl focus.de folha.com.br fr.de france24.com franceinfo.fr freitag.de "
    "hamburger-abendblatt.de handelsblatt.com heraldscotland.com hindustantimes.com hn.cz "
    "houstonchronicle.com hs.fi hvg.hu idnes.cz ilfattoquotidiano.it ilpost.it ilsole24ore.com "
    "indianexpress.com inews.co.uk infobae.com irozhlas.cz japantimes.co.jp jn.pt "
    "jornaldenegocios.pt jpost.com jutarnji.hr jyllands-posten.dk kathimerini.gr kleinezeitung.at "
    "knack.be koreaherald.com koreatimes.co.kr kurier.at kyivindependent.com kyodonews.net "
    "la-croix.com lanacion.com.ar lastampa.it latribune.fr lavanguardia.com ledevoir.com "
    "leparisien.fr lepoint.fr lesechos.fr lesoir.be letemps.ch lexpress.fr lrt.lt lsm.lv lto.de "
    "luzernerzeitung.ch magyarnarancs.hu mdr.de mediapart.fr mercurynews.com metro.co.uk mg.co.za "
    "miamiherald.com milenio.com mopo.de morgenpost.de nation.africa nationalreview.com ndr.de "
    "netzpolitik.org newindianexpress.com news24.com newstatesman.com newsweek.com nikkei.com "
    "novinky.cz ntv.com.tr nu.nl observador.pt origo.hu pap.pl parool.nl politiken.dk polityka.pl "
    "pravda.com.ua prensalibre.com profil.at publico.es rappler.com rbb24.de reforma.com "
    "rheinpfalz.de rnz.co.nz rp-online.de rtbf.be rtl.fr rtp.pt rts.ch rtve.es rzeczpospolita.pl "
    "saarbruecker-zeitung.de scotsman.com sme.sk spectator.co.uk srf.ch standaard.be "
    "standard.co.uk stern.de stltoday.com straitstimes.com stuttgarter-zeitung.de sudouest.fr "
    "svd.se swissinfo.ch swr.de tageblatt.lu tagesanzeiger.ch tagesspiegel.de tampabay.com "
    "theage.com.au theaustralian.com.au theconversation.com thedailystar.net thehill.com "
    "theintercept.com thejournal.ie thelocal.de themoscowtimes.com thenation.com "
    "thenationalnews.com thetimes.com thewire.in tportal.hr trouw.nl tvn24.pl tvp.info tz.de "
    "ukrinform.net ultimahora.com upi.com usnews.com volkskrant.nl vrt.be washingtontimes.com "
    "wdr.de weser-kurier.de wired.com wort.lu woz.ch wyborcza.pl zdf.de"
)
LIBRARIES = (
    "acm.org bmj.com bnf.fr cell.com cern.ch d-nb.info destatis.de esa.int eumetsat.int "
    "europeana.eu icrc.org iea.org ieee.org imo.org ipcc.ch khanacademy.org msf.org nejm.org "
    "ourworldindata.org oxfam.org plos.org pnas.org redcross.org rsf.org sciencedaily.com "
    "scientificamerican.com thelancet.com transparency.org unesco.org unicef.org w3.org "
    "wikidata.org wikisource.org worldcat.org wwf.org"
)
REPUTABLE = frozenset(f"{PRESS} {LIBRARIES}".split())
# Endings that are given to public bodies only, alone or below a country's ending.
PUBLIC = frozenset({"gov", "gob", "gouv", "govt", "edu", "mil", "ac"})
EVERYWHERE = frozenset({"gov", "edu", "mil", "int", "museum"})


def is_reputable(host: str) -> bool:
    """Return whether a host belongs to the press or to a public body."""
    if is_among(host, REPUTABLE):
        return True
    *_, second, ending = ("", *host.split("."))
    return ending in EVERYWHERE or (len(ending) == 2 and second in PUBLIC)


def vouch(text: str, trusted: Collection[str], sign: str) -> str:
    """Replace links to trusted and reputable hosts by `sign`, a link that nobody suspects.

    Every other character stays at its place; where a link is too short for the sign, blanks do.
    """
    known = [link for link in links.find(text) if _is_known(link.host, trusted)]
    return replace(text, known, sign) if known else text


def replace(text: str, found: Iterable[Link], sign: str) -> str:
    """Replace links by a sign of the same length."""
    parts, end = [], 0
    for link in found:
        size = link.end - link.start
        parts += [text[end : link.start], sign.ljust(size) if len(sign) <= size else " " * size]
        end = link.end
    replaced = "".join([*parts, text[end:]])
    return replaced if replaced.strip() else sign


def _is_known(host: str, trusted: Collection[str]) -> bool:
    return bool(host) and (is_among(host, trusted) or is_reputable(host))
