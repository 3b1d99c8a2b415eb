"""Settings: one frozen object, read once from the environment and folkmoot.toml."""

from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from service.domain.thread import origin_of
from service.store.server import address
from service.store.server.address import Topology

PREFIX = "FOLKMOOT_"
TOML = "folkmoot.toml"
MIN_SECRET = 32
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # compared with, not bound here


class SettingsWrong(Exception):
    """The environment or folkmoot.toml has faults; the message lists all of them."""


def _setting(default: Any, description: str, *, unset: str = "–", **limits: Any) -> Any:
    """Declare a setting: commands, checks and the table in docs/running.md are made from it.

    `unset` describes the fallback if the default is None.
    """
    return Field(default, description=description, json_schema_extra={"unset": unset}, **limits)


class Settings(BaseSettings):
    """All settings with their defaults; secrets have none."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file=TOML, frozen=True, extra="ignore", str_strip_whitespace=True
    )

    redis_url: str | None = _setting(
        None, "the record; if not set, a store is embedded", repr=False
    )
    queue_url: str | None = _setting(
        None,
        "RQ's server or Sentinels; must be set when the record is a Cluster",
        unset="the record's",
        repr=False,
        validate_default=True,
    )
    data_dir: Path = _setting(
        Path("data"), "the embedded store's files, its socket, the secret key"
    )
    secret_key: SecretStr | None = _setting(
        None,
        "signs tokens; at least 32 characters; must be set with an external store",
        unset="made in the data folder",
        min_length=MIN_SECRET,
    )
    secret_key_fallbacks: SecretStr | None = _setting(
        None,
        "former secrets that are still recognised, separated by commas; nothing new is signed "
        "with them",
    )
    session_idle_minutes: int = _setting(
        120, "minutes without use after which a moderator is signed out", ge=5, le=720
    )
    public_url: str | None = _setting(None, "the address that browsers use", unset="host and port")
    host: str = _setting("127.0.0.1", "the address to listen on")
    port: int = _setting(8000, "the port to listen on; 0 picks one", ge=0, le=65535)
    web_workers: int = _setting(1, "web processes", ge=1, le=64)
    workers: int = _setting(1, "worker processes of `folkmoot run`", ge=1, le=64)
    model: str | None = _setting(None, "a classifier's folder", unset="the shipped one")
    tiers: int = _setting(
        2,
        "2 has an encoder read each comment after the linear model; 1 leaves that out and saves "
        "memory and time, at the price of more mistakes",
        ge=1,
        le=2,
    )
    trusted_proxies: int = _setting(
        0,
        "proxies in front that set X-Forwarded-For, -Proto and -Host, or Forwarded, "
        "and remove those that clients send",
        ge=0,
        le=8,
    )
    requests_per_network: int = _setting(
        256,
        "requests of one address (IPv6: one /64) that may wait for a thread in a web process; "
        "four times as many may be half sent; 0 for any number",
        ge=0,
    )
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "info", "debug, info, warning or error"
    )
    smtp_url: SecretStr | None = _setting(
        None,
        "the mail server, `smtps://user:password@host:465` or `smtp://host:25`; "
        "if not set, no mail is sent",
    )
    mail_from: str = _setting("folkmoot@localhost", "the sender of our mails")
    digest_hour: int = _setting(7, "the hour of the daily mail, UTC", ge=0, le=23)
    webhook_private: bool = _setting(False, "allow webhooks in private networks")
    perspective_shadow: SecretStr | None = _setting(
        None,
        "where Perspective is asked too, to compare: "
        "`https://commentanalyzer.googleapis.com/v1alpha1/comments:analyze?key=KEY`; "
        "only both scores are kept",
    )
    demo: bool = _setting(
        False,
        "serve the demo news page, by `folkmoot web` alone; `run` has `--demo` and `--no-demo`",
    )
    unsafe_store: bool = _setting(False, "accept a store that may lose data")

    @field_validator("secret_key_fallbacks")
    @classmethod
    def _are_secrets(cls, value: SecretStr | None) -> SecretStr | None:
        former = value.get_secret_value().split(",") if value is not None else []
        if any(len(one.strip()) < MIN_SECRET for one in former):
            raise ValueError(f"each must have at least {MIN_SECRET} characters")
        return value

    @field_validator("redis_url", "queue_url")
    @classmethod
    def _is_redis(cls, value: str | None) -> str | None:
        if value is not None:
            address.read(value)
        return value

    @field_validator("queue_url")
    @classmethod
    def _is_for_rq(cls, value: str | None, info: ValidationInfo) -> str | None:
        queue_url = value or info.data.get("redis_url")
        if queue_url and address.read(queue_url).topology is Topology.CLUSTER:
            raise ValueError("must name a single server or Sentinels: RQ does not run on a Cluster")
        return value

    @field_validator("perspective_shadow")
    @classmethod
    def _is_web(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("https://", "http://")):
            raise ValueError("must begin with https://")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return value
        if not value.get_secret_value().startswith(("smtp://", "smtps://")):
            raise ValueError("must begin with smtp:// or smtps://")
        if not _is_whole(value.get_secret_value()):
            raise ValueError("must be percent-encoded where user or password contain : / ? # @ %")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_origin(cls, value: str | None) -> str | None:
        if not value:
            return None
        parts = urlsplit(value)
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError(
                "must be a host name of its own, such as https://comments.example: "
                "Folkmoot does not run below a path"
            )
        try:
            return origin_of(value)
        except ValueError:
            raise ValueError("must be an address such as https://comments.example") from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Give the command line precedence over the environment, and that over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def model_folder(self) -> Path | None:
        """The classifier's folder, None for the shipped one."""
        return Path(self.model) if self.model else None

    @property
    def base_url(self) -> str:
        """The address that browsers use, without a trailing slash."""
        host = "127.0.0.1" if self.host in EVERYWHERE else self.host
        return self.public_url or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def read(**given: object) -> Settings:
    """Read the settings; arguments that are not None take precedence.

    :raises SettingsWrong: some are invalid; all are listed.
    """
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]  # pydantic checks the types
    except ValidationError as error:
        faults = (
            f"{variable('_'.join(map(str, fault['loc'])))}: {fault['msg']}"
            for fault in error.errors(include_url=False)
        )
        raise SettingsWrong("; ".join(faults)) from None


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def variables(settings: Settings) -> dict[str, str]:
    """Return the environment variables that make another process read the same settings."""
    values = {name: getattr(settings, name) for name in Settings.model_fields}
    return {variable(name): _text(value) for name, value in values.items() if value is not None}


def default(name: str) -> str:
    """Return the default of a setting as text."""
    field = Settings.model_fields[name]
    if field.default is not None:
        return str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
    return str(cast("dict[str, str]", field.json_schema_extra)["unset"])


def _is_whole(url: str) -> bool:
    """Tell whether an address has host and port, and nothing that looks like a torn password."""
    try:
        parts = urlsplit(url)
        is_place = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_place and "@" not in parts.path + parts.query + parts.fragment


def _text(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
