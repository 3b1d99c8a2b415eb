"""The wire protocols of others: their clients get the answers they know, from our classifier."""

from service.web.wire import akismet, coral, discovery, openai, perspective

BLUEPRINTS = (perspective.bp, discovery.bp, akismet.bp, coral.bp, openai.bp)
