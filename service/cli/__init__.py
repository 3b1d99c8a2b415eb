"""The command line: each command's module is loaded only when it is called."""

from importlib import import_module
from typing import Any

import click

from service.datadir import AlreadyRunning
from service.domain.errors import DomainError, SiteNotFound
from service.settings import SettingsWrong
from service.socketdir import FolderRefused
from service.supervisor import NotReady

COMMANDS = {
    "run": "service.cli.run:run",
    "web": "service.cli.roles:web",
    "worker": "service.cli.roles:worker",
    "maintenance": "service.cli.roles:maintenance",
    "check": "service.cli.check:check",
    "site": "service.cli.site:site",
    "thread": "service.cli.thread:thread",
    "moderator": "service.cli.moderator:moderator",
    "key": "service.cli.key:key",
    "agreement": "service.cli.agreement:agreement",
    "report": "service.cli.report:report",
    "export": "service.cli.transfer:export",
    "import": "service.cli.transfer:import_",
    "backup": "service.cli.backup:backup",
    "restore": "service.cli.backup:restore",
    "migrate": "service.cli.backup:migrate",
    "model": "models.commands:model",
}
EXPECTED = (DomainError, SettingsWrong, AlreadyRunning, FolderRefused, NotReady)


class Lazy(click.Group):
    """A group that imports a command when it is called, so that `--help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; expected errors are shown as one line, without a traceback."""
        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            raise click.ClickException(_sentence(error)) from None


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="folkmoot")
def main() -> None:
    """Comments and comment moderation for news sites.

    \b
    Example:
      folkmoot run            everything at once: store, web, workers, demo
      folkmoot site add news --origin https://news.example
    """


def _sentence(error: Exception) -> str:
    if isinstance(error, SiteNotFound):
        return f"there is no site {str(error)!r}; `folkmoot site list` names them"
    return str(error) or (type(error).__doc__ or type(error).__name__)
