#!/bin/sh
# Measures Gantral against ceilings taken in the same run: ./bench.sh [--quick] [--case NAME] [--json] [--html FILE]
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
if ! command -v dotnet >/dev/null 2>&1; then
  echo "bench.sh: \`dotnet\` was not found; install the .NET 10 SDK and put it on the PATH." >&2
  exit 69
fi

echo "Building…" >&2
mkdir -p "$root/bench/obj"
# Servers of the compiler would take processor time from what is measured.
if ! dotnet build "$root/bench" -c Release -v quiet --nologo --disable-build-servers >"$root/bench/obj/build.log" 2>&1; then
  cat "$root/bench/obj/build.log" >&2
  echo "bench.sh: the build failed; see above." >&2
  exit 70
fi
exec dotnet "$root/bench/bin/Release/net10.0/Gantral.Bench.dll" "$@"
