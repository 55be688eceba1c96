#!/bin/sh
# Prints the freedesktop entry of the app from FyneApp.toml, so that its name
# and words stand in one place.
set -eu
cd "$(dirname "$0")/.."
# value KEY: the string of one key.
value() { sed -n "s/^ *$1 *= *\"\(.*\)\".*/\1/p" FyneApp.toml; }
# list KEY: the strings of an array, each closed by a semicolon.
list() { sed -n "s/^ *$1 *= *\[\(.*\)\].*/\1/p" FyneApp.toml | sed 's/", *"/;/g; s/"//g; s/$/;/'; }

cat <<END
[Desktop Entry]
Type=Application
Name=$(value Name)
GenericName=$(value GenericName)
Comment=$(value Comment)
Exec=hostwise
Icon=$(value ID)
StartupWMClass=$(value Name)
Categories=$(list Categories)
Keywords=$(list Keywords)
END
