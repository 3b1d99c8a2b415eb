"""`folkmoot run`: all parts under one supervisor."""

import click

from service import demo, installation, logs, settings, supervisor
from service.cli.setting_options import setting
from service.core import Core
from service.demo.town import Town
from service.desk.account import accounts
from service.domain.moderator import Moderator, Role
from service.settings import Settings
from service.store.accounts import moderators
from service.store.site import sites
from service.supervisor import Supervisor


@click.command()
@setting("--host", "host")
@setting("--port", "port")
@setting("--data", "data_dir")
@setting("--web-workers", "web_workers")
@setting("--workers", "workers")
@click.option("--demo/--no-demo", "with_demo", default=None, help="A demo site and its news page.")
@click.option(
    "--demo-comments/--no-demo-comments",
    default=True,
    help="Invented comments under the articles of a new demo.",
)
@setting("--unsafe-store", "unsafe_store")
def run(with_demo: bool | None, demo_comments: bool, **given: object) -> None:
    """Run everything: store, web, workers and maintenance under one supervisor.

    \b
    Example:
      folkmoot run --port 9000 --data /var/lib/folkmoot
    """
    config = settings.read(**given)
    logs.configure(config.log_level)
    if config.port == 0:
        config = config.model_copy(update={"port": supervisor.free_port(config.host)})
    with supervisor.exclusive(config) as lock:
        _supervise(Supervisor(config), config, lock, with_demo, demo_comments)


def _supervise(
    parts: Supervisor,
    config: Settings,
    lock: int | None,
    with_demo: bool | None,
    demo_comments: bool,
) -> None:
    parts.heed_signals()
    try:
        parts.start_store(lock)
        core = installation.open_core(config)
        has_demo = demo.is_wanted(core, with_demo)
        is_new = has_demo and demo.prepare(core, config.port)
        parts.start_roles(with_demo=has_demo)
        parts.wait_until_ready()
        if is_new and demo_comments:
            Town(core, config.port).speak()
        _announce(core, config, has_demo)
        parts.watch()
    finally:
        parts.stop()


def _announce(core: Core, config: Settings, has_demo: bool) -> None:
    lines = [f"ready {config.base_url}", ""]
    if has_demo:
        lines.append(f"  demo article   {demo.article_url(config.port)}")
    lines.append(f"  review queue   {config.base_url}/review/")
    if not any(account.password for account in moderators.every(core.redis)):
        owner = Moderator(name="owner", role=Role.OWNER)
        lines.append(f"  set-up link    {accounts.invite(core, owner)}   (once, for you)")
    if not sites.every(core.redis):
        lines.append("  no site yet    folkmoot site add NAME --origin https://…")
    lines.append(f"  API            {config.base_url}/docs")
    click.echo("\n".join(lines))
