"""Wire protocols of other systems, answered by our classifier."""

from service.web.wire import akismet, coral, discourse, discovery, openai, perspective, stray

BLUEPRINTS = (
    perspective.bp,
    discovery.bp,
    akismet.bp,
    coral.bp,
    openai.bp,
    discourse.bp,
    stray.bp,
)
