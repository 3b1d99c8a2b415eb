"""Assets of the pages: scripts, style sheets and colours."""
