#!/usr/bin/env bash
# Do the events and users of an org keep their times, names and lines in a program that reads them with Foundation?
#
# Version: Foundation of Swift 6.3.1 for Linux (the parts whose code is shared by all platforms); needs `swiftc`.
# Expected: A time is written as it was read. Two members of an object whose names consist of different characters both remain:
# names in JSON are compared by code points (RFC 8259 section 8.3). Lines end in LF or CRLF. A value that a type does not accept
# is an error for that value only.
# Seen:
# - `Date.ISO8601FormatStyle(includingFractionalSeconds: true)` writes 496 of the 1000 milliseconds one too early: .002 becomes
#   .001. A program that continues with `published gt "..."` after the last event of a page reads that event again on half of
#   the pages. If it is the last event of all, the program reads it for ever, because no page is empty. ISO8601DateFormatter
#   writes all of them right.
# - For JSONDecoder, a name with an accent in one code point and the same name in two code points are one member. The first
#   remains, and nothing is reported. Two such logins are also one member of a Set.
# - `split(separator: "\n")` makes one line of a file of events whose lines end in CRLF, because CRLF is one Character.
#   `\.isNewline` cuts an event at U+2028 or U+0085 in a string, and JSON allows both there.
# - Each UUID is written in capitals, so an attribute that is read as a UUID and sent back has a different text.
# - With a member `profileUrl: URL`, one empty string makes a page of users unreadable. The member writes a%2Fb|c as
#   a%252Fb%7Cc.
# - `.sortedKeys` sorts by code points in JSONEncoder. The option of the same name in JSONSerialization sorts without regard to
#   case, and a9 before a10.
set -euo pipefail
swiftc --version 2>/dev/null | grep -q 'Swift version 6\.3\.1 ' || { echo "needs swiftc 6.3.1" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/main.swift" <<'SWIFT'
import Foundation

struct User: Codable { var id: UUID?, profileUrl: URL? }

var failed = false

func check<Value: Equatable>(_ what: String, _ seen: Value, _ expected: Value) {
    print("\(what): \(seen)")
    if seen != expected {
        failed = true
        print("  changed: expected \(expected)")
    }
}

func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

/// Reads users and writes them again.
func rewritten(_ json: String) -> String {
    do {
        return text(try JSONEncoder().encode(JSONDecoder().decode([User].self, from: Data(json.utf8))))
            .replacingOccurrences(of: "\\/", with: "/")
    } catch {
        return "unreadable"
    }
}

let times = (0..<1000).map { "2026-11-29T12:00:00.\("\($0 + 1000)".dropFirst())Z" }
let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
let formatter = ISO8601DateFormatter()
formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
let byStyle = times.map { (try? style.parse($0)).map(style.format) ?? "" }
let byFormatter = times.map { formatter.date(from: $0).map(formatter.string) ?? "" }
check("times that the style changes", zip(times, byStyle).filter { $0 != $1 }.count, 496)
check("the first one", zip(times, byStyle).first { $0 != $1 }.map { "\($0) becomes \($1)" } ?? "none",
      "2026-11-29T12:00:00.002Z becomes 2026-11-29T12:00:00.001Z")
check("times that the formatter changes", zip(times, byFormatter).filter { $0 != $1 }.count, 0)

/// Reads the 1000 events in pages of ten, until a page is empty: each question is for what is later than the last event.
func read(_ write: (String) -> String?) -> String {
    var after = "", count = 0
    for _ in 0..<150 {
        let page = times.filter { $0 > after }.prefix(10)
        guard let last = page.last else { return "\(count), then an empty page" }
        count += page.count
        after = write(last) ?? last
    }
    return "\(count), and no page of 150 was empty"
}

check("events read with the style", read { (try? style.parse($0)).map(style.format) }, "1068, and no page of 150 was empty")
check("events read with the formatter", read { formatter.date(from: $0).map(formatter.string) }, "1000, then an empty page")

let two = Data("{\"caf\u{e9}\": \"A\", \"cafe\u{301}\": \"B\"}".utf8)
check("members of two", (try? JSONDecoder().decode([String: String].self, from: two)).map { Array($0.values) }, ["A"])
check("logins of two", Set(["j\u{fc}rgen@example.com", "ju\u{308}rgen@example.com"]).count, 1)

let windows = "{\"uuid\": 1}\r\n{\"uuid\": 2}\r\n", plain = "{\"title\": \"a\u{2028}b\u{85}c\"}\n{\"title\": null}\n"
check("lines of two events with CRLF, by the separator", windows.split(separator: "\n").count, 1)
check("by isNewline", windows.split(whereSeparator: \.isNewline).count, 2)
check("lines of two events with LF, by isNewline", plain.split(whereSeparator: \.isNewline).count, 4)

check("a UUID", rewritten(#"[{"id": "e621e1f8-c36c-495a-93fc-0c247a3e6e5f"}]"#),
      #"[{"id":"E621E1F8-C36C-495A-93FC-0C247A3E6E5F"}]"#)
check("an empty URL", rewritten(#"[{"profileUrl": "https://acme.example"}, {"profileUrl": ""}]"#), "unreadable")
check("a URL", rewritten(#"[{"profileUrl": "https://acme.example/a%2Fb|c"}]"#),
      #"[{"profileUrl":"https://acme.example/a%252Fb%7Cc"}]"#)

let members = ["userType": 1, "Title": 2, "a10": 3, "a9": 4]
let encoder = JSONEncoder()
encoder.outputFormatting = .sortedKeys
check("sorted by JSONEncoder", (try? encoder.encode(members)).map(text) ?? "", #"{"Title":2,"a10":3,"a9":4,"userType":1}"#)
check("sorted by JSONSerialization", (try? JSONSerialization.data(withJSONObject: members, options: .sortedKeys)).map(text) ?? "",
      #"{"a9":4,"a10":3,"Title":2,"userType":1}"#)
exit(failed ? 1 : 0)
SWIFT
swiftc -o "$folder/main" "$folder/main.swift"
swiftc --version 2>&1 | head -1
"$folder/main"
