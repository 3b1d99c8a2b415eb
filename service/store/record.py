"""The record of a site: the client of the store and the names of the site's keys.

A function about one site takes the record first; one about the whole installation, such as its
accounts, takes the client alone. `core.at(site.name)` gives a site's record.
"""

from dataclasses import dataclass

from redis import Redis

from service.store.keys import Keys


@dataclass(frozen=True, slots=True)
class Record:
    """One site's part of the store."""

    redis: Redis
    keys: Keys
