"""Origins of web pages as options of commands."""

import re

import click

from service.domain.thread import origin_of

# Programs in browsers may also be extensions, which have origins of their own.
EXTENSION = re.compile(r"[a-z]+(?:-[a-z]+)*-extension://[A-Za-z0-9-]+")


def read(urls: tuple[str, ...], *, extensions: bool = False) -> tuple[str, ...]:
    """Return the origins of addresses, each once.

    :raises click.BadParameter: an address is none.
    """
    return tuple(dict.fromkeys(_origin(url, extensions) for url in urls))


def _origin(url: str, extensions: bool) -> str:
    if extensions and EXTENSION.fullmatch(url.rstrip("/")):
        return url.rstrip("/")
    try:
        return origin_of(url)
    except ValueError:
        raise click.BadParameter(
            f"{url!r} is no origin; write for example https://news.example", param_hint="--origin"
        ) from None
