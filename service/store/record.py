"""The record of a site: the client of the store and the site's keys, which go together."""

from dataclasses import dataclass

from redis import Redis

from service.store.keys import Keys


@dataclass(frozen=True, slots=True)
class Record:
    """What every function of the store that is about one site works on."""

    redis: Redis
    keys: Keys
