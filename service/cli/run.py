"""`folkmoot run`: everything at once."""

from pathlib import Path

import click

from service import demo, installation, logs, settings, supervisor
from service.core import Core
from service.demo.town import Town
from service.desk.account import accounts
from service.domain.moderator import Moderator, Role
from service.settings import Settings
from service.store.accounts import moderators
from service.store.site import sites
from service.supervisor import Supervisor


@click.command()
@click.option("--host", help="The address to listen on (127.0.0.1).")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port to listen on (8000); 0 picks one."
)
@click.option(
    "--data", "data_dir", type=click.Path(path_type=Path), help="The data folder (./data)."
)
@click.option("--web-workers", type=click.IntRange(1, 64), help="Web processes (1).")
@click.option("--workers", type=click.IntRange(1, 64), help="Worker processes (1).")
@click.option("--demo/--no-demo", "with_demo", default=None, help="A demo site and its news page.")
@click.option(
    "--demo-comments/--no-demo-comments",
    default=True,
    help="Invented comments under the articles of a new demo.",
)
@click.option(
    "--unsafe-store", is_flag=True, default=None, help="Accept a store that may lose data."
)
def run(with_demo: bool | None, demo_comments: bool, **given: object) -> None:
    """Serve everything: store, web, workers and maintenance under one supervisor.

    \b
    Example:
      folkmoot run --port 9000 --data /var/lib/folkmoot
    """
    wishes = settings.read(**given)
    logs.configure(wishes.log_level)
    if wishes.port == 0:
        wishes = wishes.model_copy(update={"port": supervisor.free_port(wishes.host)})
    with supervisor.exclusive(wishes) as lock:
        _supervise(Supervisor(wishes), wishes, lock, with_demo, demo_comments)


def _supervise(
    parts: Supervisor,
    wishes: Settings,
    lock: int | None,
    with_demo: bool | None,
    demo_comments: bool,
) -> None:
    parts.heed_signals()
    try:
        parts.start_store(lock)
        core = installation.open_core(wishes)
        shown = demo.is_wanted(core, with_demo)
        founded = shown and demo.prepare(core, wishes.port)
        parts.start_roles(with_demo=shown)
        parts.wait_until_ready()
        if founded and demo_comments:
            Town(core, wishes.port).speak()
        _announce(core, wishes, shown)
        parts.watch()
    finally:
        parts.stop()


def _announce(core: Core, wishes: Settings, shown: bool) -> None:
    lines = [f"ready {wishes.base_url}", ""]
    if shown:
        lines.append(f"  demo article   {demo.article_url(wishes.port)}")
    lines.append(f"  review queue   {wishes.base_url}/review/")
    if not any(account.password for account in moderators.every(core.redis)):
        owner = Moderator(name="owner", role=Role.OWNER)
        lines.append(f"  set-up link    {accounts.invite(core, owner)}   (once, for you)")
    if not sites.every(core.redis):
        lines.append("  no site yet    folkmoot site add NAME --origin https://…")
    lines.append(f"  API            {wishes.base_url}/docs")
    click.echo("\n".join(lines))
