#!/usr/bin/env bash
# Which parts of a statically linked library, SwiftPM's default, stay in a release program that uses one function of it?
#
# Versions: Swift 6.3.1 (package manager, compiler and its default linker), Linux x86-64.
# Expected: `swift build -c release` passes --gc-sections, and each function is in a separate section, so the linker drops what
# nothing refers to.
# Seen:
# - All public functions stay, and the getter, setter and coroutine of every public stored variable. The compiler marks their
#   sections as retained (SHF_GNU_RETAIN), although no other image can name them. A constant has only a getter.
# - Unused internal functions are dropped, and so are unused public functions with @_alwaysEmitIntoClient.
# The size of a program grows with the public surface of a generated library, and not with what the program calls.
set -euo pipefail
command -v swift >/dev/null || { echo "swift-public-code-stays: Swift is needed" >&2; exit 2; }
[ "$(uname -s)" = Linux ] || { echo "swift-public-code-stays: ELF only" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/Sources/Library" "$folder/Sources/program"
cat >"$folder/Package.swift" <<'END'
// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "program",
    targets: [.target(name: "Library"), .executableTarget(name: "program", dependencies: ["Library"])])
END
{
    for n in $(seq 1 100); do
        echo "public func open$n(_ x: Int) -> Int { var y = x; for i in 0..<x { y &*= $n &+ i }; return y }"
        echo "@_alwaysEmitIntoClient public func copied$n(_ x: Int) -> Int { var y = x; for i in 0..<x { y &*= $n &- i }; return y }"
        echo "func hidden$n(_ x: Int) -> Int { var y = x; for i in 0..<x { y &+= $n &* i }; return y }"
        echo "public struct Variable$n { public var text: String; public init(_ text: String) { self.text = text } }"
        echo "public struct Constant$n { public let text: String; public init(_ text: String) { self.text = text } }"
    done
} >"$folder/Sources/Library/Library.swift"
echo 'import Library
print(open1(CommandLine.arguments.count), copied1(CommandLine.arguments.count))' >"$folder/Sources/program/main.swift"
swift build -c release --package-path "$folder" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
names=$(nm "$folder/.build/release/program" | awk '$2 ~ /[tT]/ { print $3 }')
count() { grep -cE "$1" <<<"$names" || true; }
swift --version 2>/dev/null | head -1
failed=0
row() { # WHAT PATTERN SEEN
    local found
    found=$(count "$2")
    echo "$1: $found of 100 in the program"
    [ "$found" = "$3" ] || failed=1
}
row "public functions" '7Library4open[0-9]+|7Library5open[0-9]+|7Library6open[0-9]+|7Library7open[0-9]+' 100
row "public functions with @_alwaysEmitIntoClient" 'copied[0-9]+' 0
row "internal functions" 'hidden[0-9]+' 0
row "getters of public variables" 'Variable[0-9]+V4textSSvg$' 100
row "setters of public variables" 'Variable[0-9]+V4textSSvs$' 100
row "coroutines of public variables" 'Variable[0-9]+V4textSSvM$' 100
row "getters of public constants" 'Constant[0-9]+V4textSSvg$' 100
[ "$failed" = 0 ] || { echo "the behaviour has changed" >&2; exit 1; }
