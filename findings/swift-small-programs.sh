#!/usr/bin/env bash
# Which flags make a Swift program smaller, and do they change what it does?
#
# Version: Swift 6.3.1 with its linker lld, Linux x86-64, glibc 2.36.
# Expected: Flags about metadata and relocations change the size. A program prints the same with each of them. With the Swift
# library linked statically, --gc-sections drops unused public functions after link-time optimization.
# Seen:
# - With -disable-reflection-metadata, a case of an enumeration is printed as the name of its type: "Status" for .suspended.
# - With -conditional-runtime-records too, an error loses its `description`: "Failure()" for "refused with E0000007". The
#   compiler keeps a conformance only if the program refers to the protocol, and the lookup is in the Swift library. Alone, this
#   flag changes nothing here, because the metadata of fields refers to the type.
# - With -static-stdlib the program exports every public symbol of its modules, because the toolchain's list of arguments for
#   the linker contains -export-dynamic. Unused public functions stay. --no-export-dynamic drops them.
# - With --pack-dyn-relocs=relr the linker reports nothing, and the program does not start: "DT_RELR without GLIBC_ABI_DT_RELR
#   dependency". With -z pack-relative-relocs, which writes the same table, it does.
set -euo pipefail
command -v swiftc >/dev/null || { echo "swift-small-programs: Swift is needed" >&2; exit 2; }
[ "$(uname -sm)" = "Linux x86_64" ] || { echo "swift-small-programs: Linux on x86-64 only" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >Library.swift <<'END'
public struct Failure: Error, CustomStringConvertible {
    public let code: String
    public init(_ code: String) { self.code = code }
    public var description: String { "refused with \(code)" }
}
public enum Status { case active, suspended }
public func unused(_ count: Int) -> [Int] { (0..<count).map { $0 &* 7919 } }
END
cat >main.swift <<'END'
import Library

let error: any Error = Failure("E0000007")
print("\(error)", Status.suspended)
END
compile() { # FOLDER [FLAG...]
    mkdir "$1"
    swiftc -O -wmo -parse-as-library -emit-module -emit-module-path "$1/Library.swiftmodule" -module-name Library \
        -c Library.swift -o "$1/library.o" "${@:2}"
    swiftc -O -wmo -I "$1" -module-name program -c main.swift -o "$1/main.o" "${@:2}"
}
link() { # FOLDER PROGRAM [FLAG...]
    swiftc -use-ld=lld "$1/library.o" "$1/main.o" -o "$2" -Xlinker --gc-sections "${@:3}"
}
swift --version 2>/dev/null | head -1
failed=0
check() { # WHAT SEEN EXPECTED
    printf '%-58s %s\n' "$1" "$2"
    [ "$2" = "$3" ] || { echo "  this was: $3" >&2; failed=1; }
}

optimized=(-lto=llvm-full -Xfrontend -internalize-at-link)
records=(-Xfrontend -conditional-runtime-records)
reflection=(-Xfrontend -disable-reflection-metadata)
compile plain
compile optimized "${optimized[@]}"
compile records "${optimized[@]}" "${records[@]}"
compile reflection "${optimized[@]}" "${reflection[@]}"
compile both "${optimized[@]}" "${records[@]}" "${reflection[@]}"
for name in plain optimized records reflection both; do link "$name" "program-$name"; done
check "no flags" "$(./program-plain)" "refused with E0000007 suspended"
check "link-time optimization" "$(./program-optimized)" "refused with E0000007 suspended"
check "and conditional records" "$(./program-records)" "refused with E0000007 suspended"
check "and no metadata for reflection" "$(./program-reflection)" "refused with E0000007 Status"
check "and both" "$(./program-both)" "Failure() Status"

exported() { nm -D --defined-only "$1" | grep -c 'Library' || true; }
link optimized static -static-stdlib
link optimized closed -static-stdlib -Xlinker --no-export-dynamic
check "exported symbols of the library, -static-stdlib" "$([ "$(exported static)" -gt 10 ] && echo many || echo few)" many
check "the same with --no-export-dynamic" "$(exported closed)" 0

link plain packed -Xlinker --pack-dyn-relocs=relr
link plain relative -Xlinker -z -Xlinker pack-relative-relocs
check "packed relocations" "$({ ./packed 2>&1 || true; } | grep -o 'DT_RELR without.*' || echo started)" \
    "DT_RELR without GLIBC_ABI_DT_RELR dependency"
check "packed relative relocations" "$(./relative)" "refused with E0000007 suspended"
exit "$failed"
