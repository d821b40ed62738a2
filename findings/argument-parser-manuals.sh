#!/usr/bin/env bash
# Can users find and read the manual pages that swift-argument-parser generates for a program?
#
# Versions: swift-argument-parser 1.8.2 (its plugin `generate-manual`), Swift 6.3.1; mandoc 1.14.6 and man-db 2.11.2 of Debian
# 12. Needs `swift`, and root for apt-get update; the packages are unpacked and not installed.
# Expected: The pages contain what `--help` prints. `man org-users` shows the page of the command `org users`, and `man -k
# users` lists it.
# Seen:
# - A line of a discussion that starts with a dot or an apostrophe is missing from the page. mandoc and groff take it for a
#   formatter request and skip it. `--help` prints it.
# - Default values are missing from the page. "(default: 20)" appears in `--help` only.
# - The page of a subcommand is named `org.users.1`. `man org-users` and `man org users` do not find it. man-db cannot parse its
#   NAME section, so `man -k` and `whatis` do not list it.
# - If the subcommand has an alias such as `u`, man-db does list its page, but as the manual of a command named `u`. No such
#   command exists.
set -euo pipefail
swift --version 2>/dev/null | grep -q 'Swift version 6\.3\.1 ' || { echo "needs swift 6.3.1" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/Sources/org" "$folder/packages"
cat >"$folder/Package.swift" <<'SWIFT'
// swift-tools-version: 6.0
import PackageDescription
let package = Package(
    name: "org",
    dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")],
    targets: [
        .executableTarget(name: "org", dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")])
    ])
SWIFT
cat >"$folder/Sources/org/Org.swift" <<'SWIFT'
import ArgumentParser

@main struct Org: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Manages an org.",
        discussion: """
            First line of the discussion.
            .env is read in the current folder.
            'ACTIVE' is a status.
            Last line of the discussion.
            """,
        subcommands: [Users.self, Groups.self])
}

struct Users: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists users.")
    @Option(help: "Users on a page.") var limit = 20
}

struct Groups: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists groups.", aliases: ["g"])
}
SWIFT
cd "$folder"
swift package --allow-writing-to-package-directory generate-manual --multi-page >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
pages=$folder/.build/plugins/GenerateManual/outputs/org
program=$(find "$folder/.build" -type f -name org -perm -u+x | head -1)
(
    cd "$folder/packages"
    apt-get update -qq
    apt-get -qq -o APT::Sandbox::User=root download mandoc man-db groff-base libpipeline1 libgdbm6
    for package in *.deb; do dpkg -x "$package" "$folder/root"; done
)
export PATH=$folder/root/usr/bin:$PATH LC_ALL=C.UTF-8
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu:$folder/root/usr/lib/man-db
failed=0
check() {
    printf '%s: %s\n' "$1" "$2"
    if [ "$2" != "$3" ]; then
        printf '  changed: expected %s\n' "$3" >&2
        failed=1
    fi
}
has() { if grep -qF -- "$1"; then echo yes; else echo no; fi; }
for line in "First line" ".env is read" "'ACTIVE' is a status" "Last line"; do
    expected=$([[ $line == *line ]] && echo yes || echo no)
    check "\"$line\" in --help" "$("$program" --help | has "$line")" yes
    check "\"$line\" in mandoc's page" "$(mandoc -T utf8 "$pages/org.1" | has "$line")" "$expected"
    check "\"$line\" in groff's page" "$(GROFF_NO_SGR=1 groff -F "$folder/root/usr/share/groff/1.22.4/font" \
        -M "$folder/root/usr/share/groff/1.22.4/tmac" -mdoc -Tutf8 "$pages/org.1" 2>/dev/null | has "$line")" "$expected"
done
check "default in --help" "$("$program" users --help | has "(default: 20)")" yes
check "help in the page" "$(has "Users on a page." <"$pages/org.users.1")" yes
check "default in the page" "$(has default <"$pages/org.users.1")" no
check "pages" "$(ls "$pages" | xargs)" "org.1 org.groups.1 org.help.1 org.users.1"
mkdir -p "$folder/manual/man1"
cp "$pages"/*.1 "$folder/manual/man1"
for words in org org-users org-groups org.users; do
    expected=$([[ $words == *-* ]] && echo no || echo yes)
    check "man $words" "$(man -M "$folder/manual" -w "$words" >/dev/null 2>&1 && echo yes || echo no)" "$expected"
done
# The names that mandb reads from a page for `man -k`.
names() { lexgrog "$1" 2>/dev/null | sed -n 's/^[^"]*"\([^ ]*\) - .*/\1/p' | xargs; }
check "names of org.1" "$(names "$pages/org.1")" org
check "names of org.users.1" "$(names "$pages/org.users.1")" ""
check "names of org.groups.1" "$(names "$pages/org.groups.1")" g
exit $failed
