#!/usr/bin/env bash
# Does SwiftPM compile only the new file when a file is added to a package with several traits?
#
# Version: Swift Package Manager of Swift 6.3.1 on Linux; no packages needed.
# Expected: The added file is compiled, and the other modules keep their command lines.
# Seen: Each time SwiftPM makes the build plan, the `-D` options of the enabled traits are in a different order (the order of a
# Swift Set). Every command line of the package and of dependencies with traits then differs, and everything is compiled again.
# With SWIFT_DETERMINISTIC_HASHING=1 the order stays the same.
set -euo pipefail
unset SWIFT_DETERMINISTIC_HASHING
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/Sources/Library"
cat >"$folder/Package.swift" <<'SWIFT'
// swift-tools-version: 6.1
import PackageDescription
let package = Package(
    name: "Traits", traits: ["One", "Two", "Three", "Four", "Five"], targets: [.target(name: "Library")])
SWIFT
swift --version 2>/dev/null | head -1

# Prints the number of different orders in five plans. Each plan is made because a file was added.
orders() {
    for round in 1 2 3 4 5; do
        echo "let value$1$round = $round" >"$folder/Sources/Library/$1$round.swift"
        swift build --package-path "$folder" --enable-all-traits >/dev/null 2>&1
        grep -oE '"-D(One|Two|Three|Four|Five)"' "$folder/.build/debug.yaml" | head -5 | xargs
    done | sort -u | wc -l
}
random=$(orders random)
fixed=$(SWIFT_DETERMINISTIC_HASHING=1 orders fixed)
echo "orders in five plans: $random, with deterministic hashing: $fixed"
[ "$random" -gt 1 ] && [ "$fixed" -eq 1 ]
