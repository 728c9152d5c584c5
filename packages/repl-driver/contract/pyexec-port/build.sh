#!/bin/sh
# Builds the contract suite's native engine: MicroPython's own pyexec.c on this machine's terminal, or on its own WebREPL.
#   build.sh [SOURCE]   SOURCE: MicroPython's source folder; without it Debian's source package of forky (6 MB) is fetched.
# Needs make, gcc and python3; as any user. The result is $XDG_CACHE_HOME/wirewrap/pyexec/pyexec.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/wirewrap/pyexec
for tool in make gcc python3; do
    command -v "$tool" >/dev/null || { echo "build.sh needs $tool: install it." >&2; exit 2; }
done
mkdir -p "$cache"
work=$(mktemp -d "$cache/work.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

if [ $# -gt 0 ]; then
    source=$(cd "$1" && pwd)
else
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -e "$keyring" ] || { echo "This is not Debian: give the folder of MicroPython's source." >&2; exit 2; }
    mirror=$(apt-get indextargets --format '$(REPO_URI)|$(COMPONENT)' | sed -n 's/|main$//p' | head -n 1)
    [ -n "$mirror" ] || { echo "apt has no source of Debian's: give the folder of MicroPython's source." >&2; exit 2; }
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/empty"
    : >"$work/status"
    echo "deb-src [signed-by=$keyring] $mirror forky main" >"$work/sources.list"
    cat >"$work/apt.conf" <<EOF
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "$work/empty";
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Debug::NoLocking "1";
EOF
    export APT_CONFIG="$work/apt.conf"
    apt-get -q update
    (cd "$work" && apt-get -q source --download-only micropython && tar -xf micropython_*.orig.tar.*)
    source=$(echo "$work"/micropython-*)
fi

make -s -C "$here" TOP="$source" BUILD="$work/build" >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }
mv "$work/build/pyexec" "$cache/pyexec"
echo "$cache/pyexec"
