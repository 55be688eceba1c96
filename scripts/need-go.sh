#!/bin/sh
# Makes sure that Go is here and new enough, and says what to do when it is not.
# Leaves alone how Go got here: it installs nothing.
set -eu
need_minor=26
here=$(cd "$(dirname "$0")/.." && pwd)

refuse() {
	printf 'hostwise: %s\n' "$1" >&2
	printf 'Hostwise needs Go 1.%s or newer. Get it from https://go.dev/dl/ and put its bin folder on PATH.\n' "$need_minor" >&2
	exit 1
}

go=${GO:-go}
command -v "$go" >/dev/null 2>&1 || refuse "Go is not installed, or its bin folder is not on PATH."

# Asked outside the module: inside it, an older Go would try to fetch a newer one before it answers.
found=$(cd / && GOTOOLCHAIN=local "$go" env GOVERSION 2>/dev/null) || refuse "'$go' does not answer; it may be broken."
version=${found#go}
major=${version%%.*}
rest=${version#*.}
minor=${rest%%[!0-9]*}
case "$major$minor" in
"" | *[!0-9]*)
	# A development build of Go: whoever runs one knows its age.
	exit 0
	;;
esac
if [ "$major" -gt 1 ] || [ "$minor" -ge "$need_minor" ]; then
	exit 0
fi

# From 1.21 on, Go can fetch the version that go.mod names. It counts if it works.
if [ "$minor" -ge 21 ] && (cd "$here" && "$go" version >/dev/null 2>&1); then
	printf 'Go %s is older than 1.%s; using the one it fetched: %s\n' \
		"$version" "$need_minor" "$(cd "$here" && "$go" env GOVERSION)"
	exit 0
fi
refuse "Go $version is installed, which is too old."
