#!/bin/sh
# Prints the version to build in: the last tag with what came after it, or
# the version of FyneApp.toml where there is no tag or no git history.
set -eu
cd "$(dirname "$0")/.."
if version=$(git describe --tags --match 'v[0-9]*' --dirty 2>/dev/null); then
	printf '%s\n' "${version#v}"
	exit 0
fi
version=$(sed -n 's/^ *Version *= *"\(.*\)".*/\1/p' FyneApp.toml)
if commit=$(git rev-parse --short=9 HEAD 2>/dev/null); then
	version="$version+$commit"
fi
printf '%s\n' "$version"
