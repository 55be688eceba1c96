#!/bin/sh
# Checks form: gofmt, go vet and staticcheck, over every Go file of the project.
# Prints nothing but what is wrong, and a closing line.
set -eu
cd "$(dirname "$0")/.."
go=${GO:-go}
# Without cgo the checks share their compiled packages with `make test`. The
# tags bring in the files that only the window tests build.
export CGO_ENABLED=0
tags=e2e,screenshots

unformatted=$("$("$go" env GOROOT)/bin/gofmt" -l .)
if [ -n "$unformatted" ]; then
	printf 'Not formatted (run gofmt -w on them):\n%s\n' "$unformatted" >&2
	exit 1
fi
"$go" vet -tags "$tags" ./...
# The labels for screen readers stand behind a tag of Fyne's.
"$go" vet -tags accessibility,migrated_fynedo,no_emoji ./...
"$go" tool staticcheck -tags "$tags" ./...
echo "lint: gofmt, go vet and staticcheck have nothing to say."
