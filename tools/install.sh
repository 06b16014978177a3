#!/bin/sh
# install.sh LIST…: installs the Debian packages of the lists that are missing; does nothing, quickly, if none is.
# A line is a package, or "package command": then the command in the PATH is as good as the package.
set -eu

missing=$(sed 's/#.*//' "$@" | while read -r package command; do
	test -n "$package" || continue
	if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
	case "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" in
	installed*) ;;
	*) echo "$package" ;;
	esac
done)
test -n "$missing" || exit 0

root=
if [ "$(id -u)" -ne 0 ]; then
	root=sudo
	command -v sudo >/dev/null || { echo "Missing packages: $missing"; echo "Please install them as root, or install sudo."; exit 1; }
fi
echo "Installing: $(echo $missing)"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -q
$root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
