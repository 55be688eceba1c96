#!/bin/sh
# Installs the system packages that Hostwise needs and this machine lacks.
#
#   system-packages.sh build    a C compiler and the window system's headers
#   system-packages.sh e2e      the same, and what a window without a screen needs
#
# It knows apt, dnf, pacman, zypper and macOS. It says what is missing and
# which command it is about to run; it skips what is there, so that a second
# run does nothing. It asks for sudo only where the person is not root.
set -eu
for_what=${1:-build}
case "$for_what" in
build | e2e) ;;
*)
	echo "usage: $0 build|e2e" >&2
	exit 2
	;;
esac

say() { printf '%s\n' "$*"; }

refuse() {
	printf 'hostwise: %s\n' "$1" >&2
	exit 1
}

# as_root COMMAND...: runs it with the right to install, or says how the person can.
as_root() {
	say "Running: $*"
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo "$@"
	else
		refuse "this needs root, and sudo is not here. As root, run: $*"
	fi
}

missing_apt() {
	for package in "$@"; do
		case "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" in
		*"ok installed") ;;
		*) printf '%s ' "$package" ;;
		esac
	done
}

# Fedora and openSUSE: a name may be provided by a package that is called otherwise.
missing_rpm() {
	for package in "$@"; do
		rpm -q --whatprovides "$package" >/dev/null 2>&1 || printf '%s ' "$package"
	done
}

# pacman -T prints those of the names that nothing installed provides.
missing_pacman() { pacman -T "$@" | tr '\n' ' ' || true; }

install_apt() {
	# Without this an older list may name files that the mirror no longer has.
	as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}
install_dnf() { as_root dnf install -y "$@"; }
install_pacman() { as_root pacman -S --needed --noconfirm "$@"; }
install_zypper() { as_root zypper --non-interactive install --no-recommends "$@"; }

if [ "$(uname -s)" = Darwin ]; then
	if ! xcode-select -p >/dev/null 2>&1; then
		refuse "Apple's command line tools are missing. Run: xcode-select --install"
	fi
	if [ "$for_what" = e2e ]; then
		refuse "the window tests need an X server without a screen (Xvfb); run them on Linux."
	fi
	exit 0
fi

if command -v apt-get >/dev/null 2>&1; then
	family=apt query=apt
	build="make git ca-certificates gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev libwayland-dev libxkbcommon-dev"
	screen="xvfb openbox xdotool libgl1-mesa-dri x11-utils"
elif command -v dnf >/dev/null 2>&1; then
	family=dnf query=rpm
	build="make git gcc glibc-devel pkgconf-pkg-config mesa-libGL-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel wayland-devel libxkbcommon-devel"
	screen="xorg-x11-server-Xvfb openbox xdotool mesa-dri-drivers xwininfo xprop"
elif command -v pacman >/dev/null 2>&1; then
	family=pacman query=pacman
	build="make git gcc pkgconf libglvnd libxcursor libxrandr libxinerama libxi libxxf86vm wayland libxkbcommon"
	screen="xorg-server-xvfb openbox xdotool mesa xorg-xwininfo xorg-xprop"
elif command -v zypper >/dev/null 2>&1; then
	family=zypper query=rpm
	build="make git gcc glibc-devel pkg-config Mesa-libGL-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel wayland-devel libxkbcommon-devel"
	screen="xorg-x11-server-Xvfb openbox xdotool Mesa-dri xwininfo xprop"
else
	say "No package manager that this script knows (apt, dnf, pacman, zypper)."
	say "Going on; the build needs a C compiler, pkg-config, and the headers of OpenGL, X11, Wayland and xkbcommon."
	exit 0
fi

wanted=$build
[ "$for_what" = build ] || wanted="$build $screen"

# Package names hold no spaces: the lists are split on purpose.
# shellcheck disable=SC2086
missing=$("missing_$query" $wanted)
if [ -z "$missing" ]; then
	say "System packages: nothing is missing."
	exit 0
fi
say "System packages that are missing: $missing"
# shellcheck disable=SC2086
"install_$family" $missing
