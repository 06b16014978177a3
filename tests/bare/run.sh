#!/bin/bash
# run.sh: the proof that a fresh Debian 12 with only git and make is enough. Builds one in a folder (debootstrap), clones
# this repository into it, and there, as root, runs `make test`, then `make run` until it answers. The last line says how it went.
# As root, with debootstrap installed; make proof-bare installs it. What this machine needs to reach its package sources
# (mirrors, keys, proxies, certificates, npm's settings) is copied from this machine and its environment, never written here.
#   FOLDER=…  where the machine is built (default: a new folder in /var/tmp, removed afterwards)    KEEP=1  leave it there
set -eu
[ "$(id -u)" -eq 0 ] || { echo "run.sh: please as root (it makes a machine in a folder)"; exit 1; }
suite=bookworm
top=$(git rev-parse --show-toplevel)
folder=${FOLDER:-$(mktemp -d /var/tmp/kontor-bare-XXXXXX)}
root=$folder/root

end() {
	for sub in dev/shm dev/pts dev sys proc; do mountpoint -q "$root/$sub" && umount -l "$root/$sub"; done
	[ -n "${KEEP:-}" ] || rm -rf --one-file-system "$folder"
}
trap end EXIT

# Where this machine gets its packages from: the first source of the suite itself.
mirror=$(apt-get indextargets --format '$(CODENAME) $(SITE)' 'Created-By: Packages' | awk -v suite=$suite '$1 == suite { print $2; exit }')
[ -n "$mirror" ] || { echo "run.sh: apt knows no source of $suite here"; exit 1; }

copy() { # paths that may be missing
	local path
	for path in "$@"; do
		[ -e "$path" ] || continue
		mkdir -p "$root$(dirname "$path")"
		cp -aL "$path" "$root$(dirname "$path")/"
	done
}

echo "a bare $suite"
mkdir -p "$root"
debootstrap --variant=minbase --include=git,make "$suite" "$root" "$mirror" > "$folder/debootstrap.log" 2>&1 || { tail -20 "$folder/debootstrap.log"; exit 1; }
# Sources, keys and settings of apt; certificates; npm's settings. A later package may bring its own certificates: they stay beside.
rm -f "$root/etc/apt/sources.list"
copy /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/auth.conf.d /etc/apt/preferences.d /etc/apt/keyrings /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d \
	/etc/resolv.conf /etc/hosts /usr/local/share/ca-certificates /etc/npmrc /usr/etc/npmrc /usr/local/etc/npmrc /root/.npmrc
mkdir -p "$root/bare"
bundle=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
[ -e "$bundle" ] && cp -L "$bundle" "$root/bare/certificates.pem"
# npm's settings may name the bundle by this machine's path, before the package that brings it is installed there.
mkdir -p "$root/etc/ssl/certs"
[ -e "$bundle" ] && cp -L "$bundle" "$root/etc/ssl/certs/ca-certificates.crt"

for sub in proc sys dev dev/pts; do mount --bind "/$sub" "$root/$sub"; done
mkdir -p "$root/dev/shm"
mountpoint -q "$root/dev/shm" || mount -t tmpfs tmpfs "$root/dev/shm"

git clone -q --no-hardlinks "$top" "$root/root/kontor"
inside() { # a command in the clone, with nothing of this machine's environment but what leads to the packages
	local keep=() name
	for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do [ -n "${!name:-}" ] && keep+=("$name=${!name}"); done
	while read -r name; do keep+=("$name=${!name}"); done < <(compgen -e | grep -i '^npm_config_' || true)
	[ -e "$root/bare/certificates.pem" ] && keep+=(NODE_EXTRA_CA_CERTS=/bare/certificates.pem)
	chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb "${keep[@]}" \
		/bin/bash -c "cd /root/kontor && $1"
}

inside 'for tool in gcc node npm sqlite3 chromium clang; do ! command -v $tool || exit 1; done' || { echo "run.sh: this machine is not bare"; exit 1; }
echo "make test"
inside 'make test < /dev/null' > "$folder/test.log" 2>&1 && tested=0 || tested=$?
grep ' passed, .* failed' "$folder/test.log" || tail -40 "$folder/test.log"
[ $tested -eq 0 ] || { grep -A60 '^--- ' "$folder/test.log" | head -200; echo "make test ended with $tested"; exit 1; }

# make run answers on 127.0.0.1 (the network is this machine's), and ends when it is told to.
echo "make run"
port=${PORT:-$((20000 + RANDOM % 10000))}
set -m
inside "exec make run PORT=$port < /dev/null" > "$folder/run.log" 2>&1 &
run=$!
set +m
answer=
for _ in $(seq 600); do
	answer=$(printf 'GET / HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$port" 2>/dev/null | timeout 5 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port && cat >&3 && head -1 <&3" 2>/dev/null | tr -d '\r') && [ -n "$answer" ] && break
	kill -0 $run 2>/dev/null || break
	sleep 0.5
done
kill -TERM -- -$run 2>/dev/null || true
wait $run || true
cat "$folder/run.log" | tail -3
case "$answer" in "HTTP/1.1 200"*|"HTTP/1.1 303"*) ;; *) echo "make run did not answer: ${answer:-nothing}"; exit 1 ;; esac
echo "make run answers: $answer"
echo "$(tail -1 "$folder/test.log")"
