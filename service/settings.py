"""Settings: one frozen object, read once from the environment and folkmoot.toml."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from service.store.server import address
from service.store.server.address import Topology

PREFIX = "FOLKMOOT_"
TOML = "folkmoot.toml"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # where we may listen, not where we do


class SettingsWrong(Exception):
    """The environment or folkmoot.toml has faults; the message names all of them."""


class Settings(BaseSettings):
    """Every setting with its default; nothing secret has one."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file=TOML, frozen=True, extra="ignore", str_strip_whitespace=True
    )

    redis_url: str | None = Field(None, description="The record; without it a store is embedded.")
    queue_url: str | None = Field(
        None, description="RQ's server; the record's, if not set.", validate_default=True
    )
    data_dir: Path = Field(Path("data"), description="Where the embedded store keeps its files.")
    secret_key: SecretStr | None = Field(
        None, description="Signs tokens; embedded mode makes one in the data folder.", min_length=32
    )
    public_url: str | None = Field(None, description="How browsers reach us; else host and port.")
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen on; 0 picks one.")
    web_workers: int = Field(1, ge=1, le=64, description="Web processes.")
    workers: int = Field(1, ge=1, le=64, description="Worker processes.")
    model: str | None = Field(None, description="A model's folder; else the one that is shipped.")
    trusted_proxies: int = Field(
        0, ge=0, le=8, description="Proxies in front that set X-Forwarded-For."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much is logged."
    )
    smtp_url: SecretStr | None = Field(
        None, description="The mail server, e.g. smtps://user:password@mail.example; else no mail."
    )
    mail_from: str = Field("folkmoot@localhost", description="Whom our mails come from.")
    digest_hour: int = Field(7, ge=0, le=23, description="When the daily mail is due, UTC.")
    webhook_private: bool = Field(False, description="Let webhooks lead into private networks.")
    demo: bool = Field(False, description="Serve the demo news page.")
    unsafe_store: bool = Field(False, description="Accept a store that may lose data.")

    @field_validator("redis_url", "queue_url")
    @classmethod
    def _is_redis(cls, value: str | None) -> str | None:
        if value is not None:
            address.read(value)
        return value

    @field_validator("queue_url")
    @classmethod
    def _is_for_rq(cls, value: str | None, info: ValidationInfo) -> str | None:
        chosen = value or info.data.get("redis_url")
        if chosen and address.read(chosen).topology is Topology.CLUSTER:
            raise ValueError("must name a single server or Sentinels: RQ does not run on a Cluster")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("smtp://", "smtps://")):
            raise ValueError("must begin with smtp:// or smtps://")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_origin(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the command line win over the environment, and that over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def model_folder(self) -> Path | None:
        """The classifier's folder, None for the one that is shipped."""
        return Path(self.model) if self.model else None

    @property
    def base_url(self) -> str:
        """How browsers reach us, without a slash at the end."""
        host = "127.0.0.1" if self.host in EVERYWHERE else self.host
        return self.public_url or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def read(**given: object) -> Settings:
    """Read the settings; what is given, and not None, wins.

    :raises SettingsWrong: some are wrong; all are named.
    """
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]  # pydantic checks the types
    except ValidationError as error:
        found = (f"{_name(e['loc'])}: {e['msg']}" for e in error.errors(include_url=False))
        raise SettingsWrong("; ".join(found)) from None


def _name(loc: tuple[int | str, ...]) -> str:
    return PREFIX + "_".join(str(part) for part in loc).upper()
