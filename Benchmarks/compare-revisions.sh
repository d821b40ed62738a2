#!/usr/bin/env bash
# Compares the build cost of a generated module with the one that another revision generates from the same catalog: CPU
# seconds of a clean build of the module alone, memory of the largest compiler process, and size of a stripped program
# that makes one call. The runs alternate, and the medians of RUNS count. Finally, it prints the growth of that program
# from the other revision's own catalog to this one, and on Linux the same with link-time optimization. Each CPU figure
# includes about two seconds of `swift build` itself.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
runs=${RUNS:-3}
since=${1:?a revision is needed}
catalog=${2:-}
folder() { if [ -d "$1/management" ]; then echo "$1/management"; else echo "$1"; fi; }
catalog=$(realpath "${catalog:-$(folder Spec)}")
work=$PWD/.build-since/models
rm -rf "$work"
mkdir -p "$work/then" "$work/now"
git archive "$since" | tar -x -C "$work/then"
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -e "$file" ] || printf '%s\0' "$file"
done | tar --null -T - -cf - | tar -x -C "$work/now"

"$swift" build -c release --package-path Benchmarks --scratch-path .build-benchmarks --product measure 2>&1 | tail -1
measure=$("$swift" build -c release --package-path Benchmarks --scratch-path .build-benchmarks --show-bin-path)/measure
for tree in then now; do
    "$swift" build --package-path "$work/$tree" --scratch-path "$work/$tree-generator" --product okta-generator 2>&1 | tail -1
    mkdir -p "$work/$tree-program/Sources/program"
    cp Benchmarks/Comparison/program-okta/main.swift "$work/$tree-program/Sources/program/"
    cat >"$work/$tree-program/Package.swift" <<END
// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "program", platforms: [.macOS(.v15)],
    dependencies: [.package(name: "okta-swift", path: "../$tree", traits: [])],
    targets: [.executableTarget(name: "program", dependencies: [.product(name: "Okta", package: "okta-swift")])])
END
done

# Writes module Okta of a tree from a catalog.
generate() {
    local output=$work/$1/Generated
    [ ! -d "$output/Okta" ] || output=$output/Okta
    "$work/$1-generator/debug/okta-generator" generate --spec "$2" --output "$output" --test-support "$work/test-support" |
        tail -1
}
build() { "$swift" build --package-path "$work/$1-program" --scratch-path "$work/$1-build" "${@:2}"; }
# Builds module Okta alone, and prints the CPU seconds and the MiB of the largest process.
cost() {
    build "$1" -c "$2" --target OktaRuntime >/dev/null
    rm -rf "$work/$1-build/$2"/{Okta,OktaModels}.build "$work/$1-build/$2/Modules"/Okta{,Models}.* "$work/$1-build/$2/index"
    "$measure" --label cost -- "$swift" build --package-path "$work/$1-program" --scratch-path "$work/$1-build" \
        -c "$2" --target Okta | awk '{print $2, $(NF - 1)}'
}
# Prints the size of the stripped program of a tree in bytes: size TREE SCRATCH [FLAG...]
size() {
    local tree=$1 scratch=$work/$1-$2
    "$swift" build --package-path "$work/$tree-program" --scratch-path "$scratch" -c release --product program \
        "${@:3}" >&2 || return
    strip -o "$work/stripped" "$scratch/release/program"
    stat -c %s "$work/stripped" 2>/dev/null || stat -f %z "$work/stripped"
}
# The flags for small programs in ModelsAreViews.md.
optimized=(
    --experimental-lto-mode full -Xswiftc -use-ld=lld -Xswiftc -Xfrontend -Xswiftc -internalize-at-link
    -Xlinker -z -Xlinker pack-relative-relocs
)
measures_optimized() { [ "$(uname)" = Linux ]; }
median() { sort -n | awk '{value[NR] = $1} END {print value[int((NR + 1) / 2)]}'; }

for tree in then now; do generate "$tree" "$catalog"; done
printf '%-38s %10s %10s %8s\n' "" "$since" now ratio
row() { awk -v name="$1" -v then="$2" -v now="$3" -v most="$4" -v format="%-38s %10.$5f %10.$5f %8.2f   (at most %.2f)\n" \
    'BEGIN { printf format, name, then, now, now / then, most }'; }
for configuration in debug release; do
    for ((run = 0; run < runs; run++)); do
        for tree in then now; do cost "$tree" "$configuration" >>"$work/$tree-$configuration.txt"; done
    done
    cpu() { awk '{print $1}' "$work/$1-$configuration.txt" | median; }
    memory() { awk '{print $2}' "$work/$1-$configuration.txt" | median; }
    row "$configuration build, CPU seconds" "$(cpu then)" "$(cpu now)" "$([ $configuration = debug ] && echo 0.70 || echo 0.50)" 1
    row "$configuration build, largest process, MiB" "$(memory then)" "$(memory now)" 1 0
done
all=$(size now build)
if measures_optimized; then all_optimized=$(size now optimized "${optimized[@]}"); fi
row "stripped program of one call, MB" "$(size then build | awk '{print $1 / 1e6}')" "$(awk "BEGIN {print $all / 1e6}")" 1 2
generate now "$(folder "$work/then/Spec")"
# The package manager searches for new files only after a change of the manifest.
touch "$work/now/Package.swift"
growth() { awk -v name="$1" -v few="$2" -v all="$3" 'BEGIN {
    printf "%s with the catalog of the revision: %.2f MB, with all of this one: %.2f MB (%+.1f %%)\n",
        name, few / 1e6, all / 1e6, (all / few - 1) * 100 }'; }
growth "the program" "$(size now build)" "$all"
if measures_optimized; then
    growth "the program with link-time optimization" "$(size now optimized "${optimized[@]}")" "$all_optimized"
fi
