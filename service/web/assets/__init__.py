"""What pages load: scripts, style sheets, colours."""
