"""The pages of the working half of the desk, one file a noun."""

from service.web.desk import authors, bulk, cards, decisions, live, words

BLUEPRINTS = (cards.bp, decisions.bp, bulk.bp, authors.bp, words.bp, live.bp)
