#!/usr/bin/env bash
# Compares the build cost of module Okta with that of the same models as structs with synthesized Codable: CPU of a
# clean build, size of the objects, and size of a stripped program that makes one call. Module Okta also contains its
# actions and registry.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
scratch=.build-models
package=(--package-path Benchmarks --scratch-path "$scratch")
TIMEFORMAT='%U %S'

rm -rf "$scratch"
declare -A cpu objects program

# Prints the CPU seconds, user and system, of a command and its children.
seconds() { { time "$@" >/dev/null 2>&1; } 2>&1 | awk '{printf "%.1f", $1 + $2}'; }
# The objects of a module, and of its models where they are one.
megabytes() { find "$1" -regex ".*/$2\(Models\)?\.build/.*\.o" -printf '%s\n' | awk '{sum += $1} END {printf "%.1f", sum / 1e6}'; }

for configuration in debug release; do
    echo "$configuration: building what both need"
    "$swift" build "${package[@]}" -c "$configuration" --target OktaRuntime >/dev/null 2>&1
    for module in Okta CodableModels; do
        cpu[$configuration,$module]=$(seconds "$swift" build "${package[@]}" -c "$configuration" --target "$module")
        objects[$configuration,$module]=$(megabytes "$scratch/$configuration/" "$module")
    done
done
for name in okta codable; do
    "$swift" build "${package[@]}" -c release --product "program-$name" >/dev/null 2>&1
    strip -o "$scratch/$name.stripped" "$scratch/release/program-$name"
    program[$name]=$(stat -c %s "$scratch/$name.stripped" | awk '{printf "%.2f", $1 / 1e6}')
done

row() { awk -v name="$1" -v ours="$2" -v theirs="$3" -v most="$4" 'BEGIN {
    printf "%-34s %8s %8s %8.2f   (at most %.2f)\n", name, ours, theirs, ours / theirs, most }'; }
printf '%-34s %8s %8s %8s\n' "" Okta Codable ratio
row "debug build, CPU seconds" "${cpu[debug,Okta]}" "${cpu[debug,CodableModels]}" 0.5
row "release build, CPU seconds" "${cpu[release,Okta]}" "${cpu[release,CodableModels]}" 0.5
row "debug objects, MB" "${objects[debug,Okta]}" "${objects[debug,CodableModels]}" 0.55
row "release objects, MB" "${objects[release,Okta]}" "${objects[release,CodableModels]}" 0.55
row "stripped program of one call, MB" "${program[okta]}" "${program[codable]}" 0.5
