"""The pages of the working half of the desk, one file a noun."""

from service.web.desk.queue import authors, blocklist, bulk, cards, decisions, pulse

BLUEPRINTS = (cards.bp, decisions.bp, bulk.bp, authors.bp, blocklist.bp, pulse.bp)
