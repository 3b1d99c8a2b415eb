#!/bin/sh
# Find a Chromium for the browser tests; install one where that is possible; else say so loudly.
whole=
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && whole=$name
done
# The same engine without a window is a third less work; only Debian packages it.
[ -n "$whole" ] && command -v chromium-headless-shell >/dev/null && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && { apt-get install -y -qq chromium chromium-headless-shell >/dev/null ||
        apt-get install -y -qq chromium >/dev/null; } && exit 0
fi
[ -n "$whole" ] && exit 0
"${PLAYWRIGHT%playwright}python" -c '
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not os.path.exists(p.chromium.executable_path))' && exit 0
"$PLAYWRIGHT" install chromium && exit 0

echo "NO BROWSER TESTS: there is no Chromium here, and none could be installed." >&2
[ -z "$CI" ]
