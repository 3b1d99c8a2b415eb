"""The only place where the web process is put together; nothing happens at import."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from service import installation, logs, settings
from service.captcha import Renderings
from service.core import Core
from service.process import die_with_parent
from service.web import (
    api,
    captcha,
    demo,
    guard,
    health,
    problems,
    reference,
    review,
    widget,
)

MAX_BODY = 64 * 1024


def create_app(core: Core, *, trusted_proxies: int = 0, with_demo: bool = False) -> Flask:
    """Build the web application around a core."""
    app = Flask("service.web")
    app.extensions["folkmoot"] = core
    app.extensions["folkmoot.renderings"] = Renderings(core.signer.derive("captcha"))
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.json.sort_keys = False  # type: ignore[attr-defined]  # set by Flask's default provider
    problems.register(app)
    guard.register(app)
    for blueprint in (api.bp, captcha.bp, health.bp, widget.bp, review.bp, reference.bp):
        app.register_blueprint(blueprint)
    if with_demo:
        app.register_blueprint(demo.bp)
    if trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=trusted_proxies, x_proto=trusted_proxies, x_host=trusted_proxies
        )
    return app


def from_environment() -> Flask:
    """Build the web application as a server does: from the environment alone."""
    # The server's own master is our parent here; killed, it would leave us on its port.
    die_with_parent()
    wishes = settings.read()
    logs.configure(wishes.log_level)
    core = installation.open_core(wishes)
    return create_app(core, trusted_proxies=wishes.trusted_proxies, with_demo=wishes.demo)
