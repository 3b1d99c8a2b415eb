"""The way in: an RSGI application that hands complete requests to a bounded number of threads."""
