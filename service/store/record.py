"""The record of a site: the store's client with the names of the site's keys.

Functions about one site take the record first; those about the whole installation, such as its
accounts, take the client alone. `core.at(site.name)` gives a site's record.
"""

from dataclasses import dataclass

from redis import Redis

from service.store.keys import Keys


@dataclass(frozen=True, slots=True)
class Record:
    """One site's part of the store."""

    redis: Redis
    keys: Keys
