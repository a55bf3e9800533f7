#!/usr/bin/env bash
# A real CPython 3.11 for Windows under Wine, and the program tried with it. By hand: nothing of this runs by itself.
#
#   tests/windows/wine.sh build  [FOLDER]            make the environment; a minute and 400 MB
#   tests/windows/wine.sh check  [FOLDER]            the pure suites, the shell's commands, two processes that write
#   tests/windows/wine.sh python FOLDER ARGUMENTS    that interpreter, with this checkout on its path
#   tests/windows/wine.sh terminal FOLDER ARGUMENTS  the same for the app, which needs the terminal itself
#
# FOLDER is .wine-python beside the checkout's .venv, which git ignores. Needed beforehand: Wine for 64 bits, the MinGW
# compiler (Debian: wine64, gcc-mingw-w64-x86-64), and python3.11 with pip, whose standard library is copied.
#
# There is no Windows interpreter to unpack on the package index, but the wheel of panda3d for Windows ships the
# interpreter's DLL and its extension modules, so that games can be frozen. A launcher of one line does the rest.
set -euo pipefail

checkout=$(cd "$(dirname "$0")/../.." && pwd)
action=${1:-}
folder=$(realpath -m "${2:-$checkout/.wine-python}")
shift $(($# > 2 ? 2 : $#))

wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
export WINEPREFIX=$folder/prefix WINEDEBUG=${WINEDEBUG:--all} WINEDLLOVERRIDES="mscoree=;mshtml="
export PYTHONUTF8=0 PYTHONDONTWRITEBYTECODE=1

of_windows() { printf 'Z:%s' "${1//\//\\}"; }

build() {
  command -v x86_64-w64-mingw32-gcc >/dev/null || { echo "gcc-mingw-w64-x86-64 is missing" >&2; exit 1; }
  [ -x "$wine" ] || { echo "wine64 is missing" >&2; exit 1; }
  mkdir -p "$folder/python" "$folder/wheels" "$folder/site"
  for_windows=(--platform win_amd64 --only-binary=:all: --python-version 3.11 --quiet --disable-pip-version-check)
  python3.11 -m pip download "${for_windows[@]}" --no-deps --dest "$folder/wheels" panda3d
  python3.11 -m pip install "${for_windows[@]}" --upgrade --target "$folder/site" --requirement <(requirements)

  (cd "$folder/python" && unzip -qjo "$folder"/wheels/panda3d-*.whl 'deploy_libs/*' -x 'deploy_libs/api-ms-*')
  cp -r "$(python3.11 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')/." "$folder/python/Lib"
  rm -rf "$folder/python/Lib/site-packages" "$folder/python/Lib/lib-dynload"
  cat > "$folder/launcher.c" <<'C'
int Py_Main(int count, unsigned short **arguments);
int wmain(int count, unsigned short **arguments) { return Py_Main(count, arguments); }
C
  x86_64-w64-mingw32-gcc -municode -o "$folder/python/python.exe" "$folder/launcher.c" "$folder/python/python311.dll"
  "$wine" wineboot --init </dev/null 2>/dev/null | cat
  python --version
}

requirements() {  # what the project needs, and what its tests need that has a wheel for Windows
  python3.11 - "$checkout/pyproject.toml" <<'P'
import sys, tomllib
project = tomllib.load(open(sys.argv[1], "rb"))["project"]
tests = ("hypothesis", "pytest", "textual-serve")
print(*project["dependencies"], *(each for each in project["optional-dependencies"]["dev"] if each.startswith(tests)),
      "colorama", "tzdata", sep="\n")
P
}

export_paths() {
  PYTHONHOME=$(of_windows "$folder/python") PYTHONPATH="$(of_windows "$checkout");$(of_windows "$folder/site")"
  export PYTHONHOME PYTHONPATH
}

python() {  # through a pipe: Wine gives the interpreter no handle for a file
  (export_paths; "$wine" "$folder/python/python.exe" "$@" 2>&1 | cat)
}

case $action in
  build) build ;;
  python) python "$@" ;;
  terminal) export_paths; exec "$wine" "$folder/python/python.exe" "$@" ;;
  check) exec "$checkout/.venv/bin/python" "$checkout/tests/windows/wine_check.py" "$folder" ;;
  *) sed -n '2,8p' "$0"; exit 2 ;;
esac
