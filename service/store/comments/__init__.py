"""Comments: accepting, changing, ordering and searching them."""
