"""The web application factory; importing this module has no effects."""

import atexit
import os
from pathlib import Path

from flask import Flask

from service import installation, logs, settings
from service.analysis.analyst import Analyst
from service.core import Core
from service.likeness.memory import Likeness
from service.process import die_with_parent
from service.readers.nudge import Foresight
from service.scoring import BOTH_TIERS
from service.store.comments import turns
from service.store.comments.turn_watch import TurnWatch
from service.web import demo, wire
from service.web.api import (
    analysis,
    appeals,
    captcha,
    comments,
    feed,
    health,
    reference,
    refusal,
)
from service.web.assets import assets
from service.web.desk import review
from service.web.desk.office import articles_api
from service.web.desk.queue import manage
from service.web.door.door import Door
from service.web.door.glance import Glance
from service.web.frame import appearance, authorship, listing, memory, report
from service.web.frame import routes as widget
from service.web.frame.kept.pages import KeptPages
from service.web.http import compression, guard, language, problems
from service.web.http.json_reader import JsonReader
from service.web.http.microcache import Microcache
from service.web.http.proxies import Proxies
from service.web.http.settling import Settling

MAX_BODY = 64 * 1024
READERS = (widget.bp, authorship.bp, report.bp, memory.bp, feed.bp, captcha.bp)
PROGRAMS = (comments.bp, appeals.bp, analysis.bp, manage.bp, articles_api.bp, *wire.BLUEPRINTS)


def create_app(
    core: Core,
    *,
    trusted_proxies: int = 0,
    with_demo: bool = False,
    model: Path | None = None,
    tiers: int = BOTH_TIERS,
    watch: TurnWatch | None = None,
    perspective: str = "",
) -> Flask:
    """Build the web application around a core; with a watch, pages may be had without the store."""
    app = Flask("service.web")
    app.extensions["folkmoot"] = core
    app.extensions["folkmoot.analyst"] = Analyst.of(core, model, tiers, perspective)
    app.extensions["folkmoot.foresight"] = Foresight(app.extensions["folkmoot.analyst"].scorers)
    app.extensions["folkmoot.likeness"] = Likeness()
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.json = JsonReader(app)
    for part in (compression, problems, guard, language, appearance, listing, assets, refusal):
        part.register(app)
    for blueprint in (*READERS, *PROGRAMS, review.bp, reference.bp, health.bp):
        app.register_blueprint(blueprint)
    if with_demo:
        app.register_blueprint(demo.bp)
    _remember_answers(app, core, watch, behind_proxies=trusted_proxies > 0)
    if trusted_proxies:
        app.wsgi_app = Proxies(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, trusted_proxies
        )
    return app


def _remember_answers(
    app: Flask, core: Core, watch: TurnWatch | None, *, behind_proxies: bool
) -> None:
    """Put the two memories in front of an application: public answers, and pages."""

    def turn(site: str) -> str | None:
        return turns.current(core.at(site))

    def known(site: str) -> str | None:
        return watch.known(site) if watch else None

    inner = Settling(app.wsgi_app, watch.settle) if watch else app.wsgi_app
    answers = Microcache(inner, turn, known=known)
    pages = KeptPages(answers, core, turn, known=known)
    app.wsgi_app = pages  # type: ignore[method-assign]  # Flask's documented way
    glance = Glance(pages.glance, None if behind_proxies else answers.glance)
    app.extensions["folkmoot.glance"] = glance


def from_environment() -> Door:
    """Build the web application from the environment alone, as a server calls it."""
    # Our parent is the server's master process; if it is killed, we would keep its port.
    die_with_parent()
    config = settings.read()
    logs.configure(config.log_level)
    core = installation.open_core(config)
    watch = TurnWatch(core.redis)
    watch.start()
    shadow = config.perspective_shadow
    app = create_app(
        core,
        trusted_proxies=config.trusted_proxies,
        with_demo=config.demo,
        model=config.model_folder,
        tiers=config.tiers,
        watch=watch,
        perspective=shadow.get_secret_value() if shadow else "",
    )
    app.extensions["folkmoot.analyst"].make_ready()
    atexit.register(app.extensions["folkmoot.analyst"].meter.flush)
    return Door(
        app,
        threads=min(8, 2 * (os.cpu_count() or 1) + 1),
        trusted_proxies=config.trusted_proxies,
        per_network=config.requests_per_network,
        glance=app.extensions["folkmoot.glance"],
    )
