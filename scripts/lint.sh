#!/bin/sh
# Checks form: gofmt, go vet and staticcheck, over everything that git tracks
# or would track. Prints nothing but what is wrong, and a closing line.
set -eu
cd "$(dirname "$0")/.."
go=${GO:-go}
# Without cgo the checks share their compiled packages with `make test`. The
# tags bring in the files that only the window tests build.
export CGO_ENABLED=0
tags=e2e,screenshots

unformatted=$(git ls-files -z --cached --others --exclude-standard -- '*.go' |
	xargs -0 sh -c 'for file; do [ -f "$file" ] && printf "%s\n" "$file"; done' sh |
	tr '\n' '\0' | xargs -0 gofmt -l)
if [ -n "$unformatted" ]; then
	printf 'Not formatted (run gofmt -w on them):\n%s\n' "$unformatted" >&2
	exit 1
fi
"$go" vet -tags "$tags" ./...
"$go" tool staticcheck -tags "$tags" ./...
echo "lint: gofmt, go vet and staticcheck have nothing to say."
