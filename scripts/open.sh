#!/bin/sh
# Opens the built app, or says why a window cannot open here.
set -eu
cd "$(dirname "$0")/.."
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
	cat >&2 <<'END'
hostwise: there is no display here, so the window cannot open. bin/hostwise is built.
Without a display, use the sub-commands:  bin/hostwise help
END
	exit 1
fi
exec ./bin/hostwise
