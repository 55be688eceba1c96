#!/bin/sh
# Packages the app for the system it runs on, into dist/:
#
#   Linux, BSD   a .tar.gz with the program, its desktop entry, icon and
#                licences, and a Makefile that installs or removes them
#   macOS        a .zip with Hostwise.app and the licences
#   Windows      a .zip with hostwise.exe, which keeps its console: the
#                sub-commands print there
#
# Cross-building needs each system's own C compiler and headers; run this on
# the system it is for. A checksum stands beside every package.
set -eu
cd "$(dirname "$0")/.."
go=${GO:-go}
version=$(sh scripts/version.sh)
os=$("$go" env GOOS)
arch=$("$go" env GOARCH)
name="hostwise-$version-$os-$arch"
stage="dist/$name"
program=hostwise
[ "$os" != windows ] || program=hostwise.exe

rm -rf "$stage"
mkdir -p "$stage/licences"
flags="-s -w -X main.version=$version"
CGO_ENABLED=1 "$go" build -buildvcs=false -tags migrated_fynedo,no_emoji -trimpath -ldflags "$flags" -o "$stage/$program" .

# Every module that is linked asks for its licence text to travel along.
cp LICENSE THIRD_PARTY.md README.md "$stage/"
cp assets/fonts/OFL-*.txt "$stage/licences/"
cp "$("$go" env GOROOT)/LICENSE" "$stage/licences/go.txt"
"$go" list -tags migrated_fynedo,no_emoji -deps -f '{{with .Module}}{{if not .Main}}{{.Path}}	{{.Dir}}{{end}}{{end}}' . |
	sort -u | while IFS='	' read -r module dir; do
	[ -n "$module" ] || continue
	file=$(printf '%s' "$module" | tr '/' '_')
	found=no
	for text in "$dir"/LICENSE* "$dir"/LICENCE* "$dir"/COPYING* "$dir"/NOTICE* "$dir"/glfw/LICENSE*; do
		[ -f "$text" ] || continue
		cat "$text" >>"$stage/licences/$file.txt"
		found=yes
	done
	if [ "$found" = no ]; then
		echo "hostwise: no licence text in $module" >&2
		exit 1
	fi
done

case "$os" in
darwin)
	# The bundle's form (Info.plist, icon set) is the business of Fyne's own tool.
	"$go" run fyne.io/tools/cmd/fyne@v1.7.4 package --target darwin --release --executable "$stage/$program"
	mv Hostwise.app "$stage/"
	rm "$stage/$program"
	package="$name.zip"
	(cd dist && zip -qry "$package" "$name")
	;;
windows)
	package="$name.zip"
	(cd dist && zip -qr "$package" "$name")
	;;
*)
	cp assets/icon.png "$stage/app.hostwise.Hostwise.png"
	cp scripts/install.mk "$stage/Makefile"
	sh scripts/desktop-entry.sh >"$stage/app.hostwise.Hostwise.desktop"
	package="$name.tar.gz"
	tar -C dist -czf "dist/$package" "$name"
	;;
esac
(cd dist && if command -v sha256sum >/dev/null 2>&1; then sha256sum "$package"; else shasum -a 256 "$package"; fi >"$package.sha256")
rm -rf "$stage"
echo "Made dist/$package"
