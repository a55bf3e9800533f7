#!/usr/bin/env bash
# Examines the workbooks that differ between two commits, and writes what changed in them as Markdown.
#
#   review.sh BASE HEAD OUT
#
# Exit 1 where a workbook of HEAD is unsound or its seals do not hold; the Markdown says so first. Run it in a clone
# that holds both commits, with cimodel-tui on the path.
set -euo pipefail
base=$1 head=$2 out=$3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
code=0
: > "$out"

# One workbook as it is in a commit; the null device where it is not there.
state() {
  if [ -n "$2" ] && git cat-file -e "$1:$2" 2>/dev/null; then
    mkdir -p "$work/$3"
    git show "$1:$2" > "$work/$3/${2##*/}"
    printf '%s\n' "$work/$3/${2##*/}"
  else
    printf '/dev/null\n'
  fi
}

# What changed, as `git diff --name-status -z` tells it: a letter and a path, of a renamed file the old and the new one.
changed() { git diff --name-status --find-renames -z "$base...$head" -- '*.cimodel.json'; }

# A path without what is live in Markdown.
shown() { printf '%s' "$1" | tr -d '`*<>[]()|\\' | tr '\n\r' '  '; }

from=$(git merge-base "$base" "$head")
while IFS= read -r -d '' status; do
  IFS= read -r -d '' before
  path=$before
  case $status in R* | C*) IFS= read -r -d '' path ;; esac
  old=$(state "$from" "$before" old)
  new=$(state "$head" "$path" new)
  if [ "$new" != /dev/null ] && ! findings=$(cimodel-tui doctor "$new" 2>&1); then
    code=1
    { printf '**%s is not sound:**\n\n' "$(shown "$path")"; printf '%s\n' "${findings//"$work/new/"/}" | sed 's/^/    /'; printf '\n'; } >> "$out"
  fi
  printf '`%s`\n\n' "$(shown "$path")" >> "$out"
  if ! cimodel-tui diff "$old" "$new" >> "$out" 2> "$work/error"; then
    code=1
    sed 's/^/    /' "$work/error" >> "$out"
  fi
  printf '\n' >> "$out"
done < <(changed)

[ -s "$out" ] || printf 'No improvement workbook changed.\n' > "$out"
exit "$code"
