"""The widget: the frame under an article, page by page; it works without JavaScript."""
