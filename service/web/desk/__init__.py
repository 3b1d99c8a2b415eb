"""Pages of the desk: the queue, the office and accounts."""
