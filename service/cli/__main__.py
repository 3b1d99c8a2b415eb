"""The entry point `python -m service.cli`, with which the supervisor starts its parts."""

from service.cli import main

main()
