#!/bin/sh
# Find node and npm for the tests with clients from npm; install them where that is possible; else
# say so loudly.
command -v node >/dev/null && command -v npm >/dev/null && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null && exit 0
fi

echo "NO NODE CLIENTS TESTED: there is no node and npm here, and none could be installed." >&2
[ -z "$CI" ]
