"""Pages of the widget's frame under an article; they work without JavaScript."""
