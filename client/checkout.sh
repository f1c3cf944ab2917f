# What ./run and ./gantral share: both run programs built from this checkout, and mean the same data folder. Sourced.

need_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1; then
    echo "$1: \`dotnet\` was not found; install the .NET 10 SDK and put it on the PATH." >&2
    exit 69
  fi
}

# build_silo NAME ROOT: builds the server and prints what runs it.
build_silo() {
  build "$1" "$2" "$2/silo" "$2/silo/bin/Release/net10.0/Gantral.Silo.dll" "$2/silo" "$2/grains" "$2/evidence" "$2/abstractions"
}

# build NAME ROOT PROJECT COMMAND FOLDER…: builds the project when something in the folders is newer than its last good build.
build() {
  name=$1 root=$2 project=$3 command=$4
  shift 4
  # Holds the time at which the last good build began: a build that changes nothing leaves the command's own time as it was.
  built=$project/obj/gantral.built
  if ! is_stale "$@"; then return 0; fi

  mkdir -p "$project/obj"
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$project/obj/gantral.lock"
    flock 9
    # Another one may have built it while this one waited.
    if ! is_stale "$@"; then exec 9>&-; return 0; fi
  fi
  if [ -t 2 ]; then echo "Building…" >&2; fi
  : >"$built.next"
  # Servers of the compiler would outlive this command and hold the lock.
  if ! dotnet build "$project" -c Release -v quiet --nologo --disable-build-servers >"$built.log" 2>&1 9>&-; then
    cat "$built.log" >&2
    echo "$name: the build failed; see above." >&2
    exit 70
  fi
  mv "$built.next" "$built"
  exec 9>&-
}

is_stale() {
  [ ! -f "$command" ] || [ ! -f "$built" ] || [ -n "$(find \
    "$@" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" \
    \( -name bin -o -name obj \) -prune -o -newer "$built" -print | head -n 1)" ]
}
