import Foundation
import OktaCatalog
import Testing
import YAML

@testable import OktaDrift

/// Recordings: both formats are read, and no recorded value is disclosed.
@Suite(.longCalculation) struct TrafficComparisonTests {
    private let drift = DriftCase(name: "traffic-unknown-field")

    private func report(_ text: String, hosts: [String] = []) throws -> DriftReport {
        var comparison = TrafficComparison(of: try drift.catalog(), hosts: try OrgHosts(hosts))
        try comparison.read(Recording(name: "recording", text: text))
        var report = DriftPolicy().report(
            .init(command: "drift traffic", old: "old", new: "new"), changes: comparison.changes)
        report.recording = comparison.summary
        return report
    }

    private static func line(_ url: String, body: String = #"{\"color\": 1}"#, status: Int = 200) -> String {
        #"{"request": {"method": "get", "url": "\#(url)"}, "response": {"status": \#(status), "body": "\#(body)"}}"#
            + "\n"
    }

    private static let har = """
        {"log": {"version": "1.2", "creator": {"name": "a", "version": "1"}, "entries": [
          {"request": {"method": "GET", "url": "https://example.okta.com/api/v1/things/hush1?expand=hush2"},
           "response": {"status": 200, "content": {"mimeType": "application/json",
             "text": "{\\"id\\": \\"hush3\\", \\"hush@4.example\\": true, \\"status\\": \\"hush5\\", \\"color\\": \\"hush6\\"}"}}},
          {"request": {"method": "GET", "url": "https://example.okta.com/api/v1/others"},
           "response": {"status": 200, "content": {"encoding": "base64", "text": "W3siY29sb3IiOiAiaHVzaCJ9XQ=="}}},
          {"request": {"method": "PATCH", "url": "https://example.okta.com/api/v1/hush7/hush8"},
           "response": {"status": 200, "content": {}}},
          {"request": {"method": "GET", "url": "https://example.okta.com/app/hush9"},
           "response": {"status": 200, "content": {"mimeType": "text/html", "text": "<html>"}}},
          {"request": {"method": "GET", "url": "https://hush.tracker.example/api/v1/things/77"},
           "response": {"status": 200, "content": {"mimeType": "application/json", "text": "{\\"pixel\\": true}"}}},
          {"request": {"method": "GET", "url": "data:image/png;base64,AAAA"},
           "response": {"status": 200, "content": {"mimeType": "image/png"}}}
        ], "pages": []}}
        """

    @Test("Traffic: reads a HAR, with the locations of its entries")
    func readsHAR() throws {
        let report = try report(Self.har)
        let found = report.findings.map { "\($0.change.rule.id) \($0.change.subject)" }
        #expect(
            found.sorted() == [
                "traffic-unknown-field Thing.<a?9.a>", "traffic-unknown-field Thing.color",
                "traffic-unknown-operation PATCH /api/v1/{}/{}", "traffic-unknown-value ThingStatus",
            ])
        let color = try #require(report.findings.first { $0.change.subject == "Thing.color" })
        #expect(color.change.detail == "2 times, such as GET /api/v1/things/{} -> color")
        #expect(color.location?.shown == "recording:2:3")
        #expect(report.findings.first { $0.change.rule.id == "traffic-unknown-operation" }?.location?.start.line == 7)
    }

    @Test("Traffic: counts and lists the hosts that are not compared")
    func otherHostsAreListed() throws {
        let report = try report(Self.har)
        #expect(report.recording?.hosts == [.init(name: "example.okta.com", exchanges: 4)])
        #expect(report.recording?.otherHosts == [.init(name: "hush.tracker.example", exchanges: 1)])
        for format in ReportFormat.allCases {
            #expect(format.text(of: report).contains("hush.tracker.example"), "\(format)")
        }
        let all = try self.report(Self.har, hosts: ["*"])
        #expect(all.findings.contains { $0.change.subject == "Thing.pixel" })
        #expect(all.recording?.otherExchanges == 0)
    }

    @Test(
        "Traffic: the only host of a line recording counts as an org, but not that of a browser recording",
        arguments: [
            (["https://a.example/api/v1/others"], ["a.example"], 0),
            (["https://a.example/api/v1/others", "http://A.example./api/v1/others"], ["a.example"], 0),
            (["/api/v1/others"], ["no host"], 0),
            (["https://a.example/api/v1/others", "https://b.example/api/v1/others"], [], 2),
            (["https://a.example/api/v1/others", "/api/v1/others", "https://a.example/x"], [], 3),
            (["https://a.example/api/v1/others", "https://a.okta.com/api/v1/others"], ["a.okta.com"], 1),
            (["https://a.okta.com/x", "https://a.okta.com.evil.example/api/v1/others"], ["a.okta.com"], 1),
        ])
    func onlyHost(_ urls: [String], _ hosts: [String], _ others: Int) throws {
        let summary = try #require(try report(urls.map { Self.line($0) }.joined()).recording)
        #expect(summary.hosts.map(\.name) == hosts)
        #expect(summary.otherExchanges == others)
        #expect(summary.exchanges == urls.count - others)
        let archive = urls.map { Self.line($0) }.joined(separator: ",")
        let browsed = try report("{\"log\": {\"entries\": [\(archive)]}}")
        #expect(browsed.recording?.hosts.map(\.name) == hosts.filter { $0.hasSuffix("okta.com") })
    }

    @Test("Traffic: drops the findings of a host that turns out not to be the only one")
    func candidatesAreDropped() throws {
        let (first, second) = (Self.line("https://a.example/api/v1/things/1"), Self.line("https://b.example/"))
        #expect(try report(first).findings.count == 1)
        #expect(try report(first + second).findings.isEmpty)
        // A HAR entry on one line also comes from a browser.
        let entry = first.replacing("\"body\":", with: "\"content\": {}, \"body\":")
        #expect(try report(entry).findings.isEmpty)
    }

    @Test("Traffic drift: no value of a recording is reported", arguments: ReportFormat.allCases)
    func valuesNeverGetOut(_ format: ReportFormat) throws {
        let text = format.text(of: try report(Self.har.replacing("hush.tracker", with: "tracker")))
        #expect(!text.isEmpty)
        #expect(!text.contains("hush"))
        for name in DriftCase.all.filter({ $0.has("new.jsonl") }) {
            let text = format.text(of: try name.report())
            for value in ["secret", "SECRET", "jane", "yesterday", "00u1a2b3"] { #expect(!text.contains(value)) }
        }
        let strange = Self.line("https://hush word/api/v1/others") + Self.line("https://\\nhush/api/v1/others")
        #expect(!format.text(of: try report(strange)).contains("hush"))
    }

    @Test(
        "Traffic: an unreadable line does not affect the others",
        arguments: [
            #"{"request": "hush"}"#, #"{"request": {"method": "GET", "url": "https://a"#, "{}", "hush", "[", "\"",
            "\u{7}",
            #"{"request": {"method": "GET", "url": "/a"}, "response": {"status": "200"}}"#,
            #"{"request": {"method": "GET", "url": "/a"}, "response": {"status": 200}} hush"#,
            #"{"request": {"method": "GET", "url": "/a"}, "response": {"status": 200, "body": 1}}"#,
            #"{"request": {"method": "GET", "url": null}, "response": {"status": 200, "body": ""}}"#,
        ])
    func unreadableLines(_ bad: String) throws {
        let good = Self.line("https://a.okta.com/api/v1/things/1")
        let report = try report(good + bad + "\n" + good + good)
        #expect(report.recording?.exchanges == 3)
        let found = try #require(report.findings.first { $0.change.rule.id == "traffic-unreadable" })
        #expect(found.change.detail == "1 time, in line 2")
        #expect(found.location?.shown == "recording:2:1")
        #expect(report.isDrift)
        for format in ReportFormat.allCases { #expect(!format.text(of: report).contains("hush")) }
    }

    @Test(
        "Traffic: a body that is not JSON is counted, and not compared",
        arguments: ["<html>", "H4sIAAAAAAAAA6tWKkktLlGyUgIAsL4", #"{\"color\": 1"#])
    func otherBodies(_ body: String) throws {
        let (good, bad) = (Self.line("https://a.okta.com/api/v1/things/1"), "https://a.okta.com/api/v1/things/2")
        let report = try report(good + Self.line(bad, body: body) + Self.line(bad, body: body, status: 400))
        #expect(report.recording?.otherBodies == 1)
        #expect(report.recording?.exchanges == 3)
        #expect(report.findings.count == 1)
        #expect(ReportFormat.text.text(of: report).contains("1 response whose body is not JSON"))
        // A content that does not match its encoding, in a HAR.
        let content = #""content": {"mimeType": "application/json", "encoding": "br", "text": "{}"}"#
        let entry = #"{"request": {"method": "GET", "url": "\#(bad)"}, "response": {"status": 200, \#(content)}}"#
        #expect(try self.report(#"{"log": {"entries": [\#(entry)]}}"#).recording?.otherBodies == 1)
    }

    @Test("Traffic: counts unreadable lines, and shows the first ones")
    func unreadableLinesAreCounted() throws {
        let report = try report(String(repeating: "hush\n", count: 20_000) + Self.line("https://a.okta.com/"))
        let found = try #require(report.findings.first { $0.change.rule.id == "traffic-unreadable" })
        #expect(found.change.detail == "20000 times, such as lines 1, 2, 3")
        #expect(ReportFormat.text.text(of: report).utf8.count < 2_000)
    }

    @Test("Traffic: a truncated HAR counts up to the end of the file")
    func brokenHAR() throws {
        let cut = try #require(Self.har.range(of: "PATCH"))
        let report = try report(String(Self.har[..<cut.lowerBound]))
        #expect(report.recording?.exchanges == 2)
        let found = try #require(report.findings.first { $0.change.rule.id == "traffic-unreadable" })
        #expect(found.change.detail?.hasPrefix("1 time, in line 7; the rest of the file") == true)
    }

    @Test("Traffic: an invalid HAR entry does not affect the others")
    func unreadableEntry() throws {
        let report = try report(Self.har.replacing("\"method\": \"PATCH\"", with: "\"method\": 7"))
        #expect(report.recording?.exchanges == 3)
        #expect(report.findings.contains { $0.change.detail == "1 time, in line 7" })
    }

    @Test(
        "Traffic: recordings in different formats give the same result",
        arguments: ["\u{FEFF}", "\r\n", " \n\t\n", "body", "list", "no line feed at the end"])
    func forms(_ form: String) throws {
        let lines = [
            Self.line("https://a.okta.com/api/v1/things/1"),
            Self.line("https://a.okta.com/api/v1/others", body: #"[{\"name\": null}]"#),
        ]
        let plain = lines.joined()
        let text =
            switch form {
            case "\u{FEFF}": form + plain
            case "\r\n": plain.replacing("\n", with: form)
            case " \n\t\n": form + lines.joined(separator: form)
            case "body":
                plain.replacing("\"body\": \"", with: "\"body\": ").replacing("\"}}\n", with: "}}\n")
                    .replacing("\\\"", with: "\"")
            case "list": "[\(lines.joined(separator: ","))]"
            default: String(plain.dropLast())
            }
        let (expected, found) = (try report(plain), try report(text))
        #expect(found.findings.map(\.change.subject) == expected.findings.map(\.change.subject))
        #expect(expected.findings.count == 2)
        #expect(found.findings.map(\.change.detail) == expected.findings.map(\.change.detail))
        #expect(found.recording == expected.recording)
    }

    /// Numbers are distinguished by value, and booleans from numbers.
    @Test(
        "Traffic drift: integers and decimals are distinguished",
        arguments: [
            ("1", false), ("1.5", true), ("true", true), ("-9007199254740993", false), ("\"1\"", true), ("1.0", false),
            ("1e2", false), ("15e-1", true), ("-0", false), ("9223372036854775807", false),
            ("9223372036854775808", true),
            ("-9223372036854775808", false), ("0.00", false), ("1e100000000000", true),
        ])
    func kindsOfNumbers(_ literal: String, _ isUnexpected: Bool) throws {
        let body = "{\\\"parts\\\": [{\\\"size\\\": \(literal.replacing("\"", with: "\\\""))}]}"
        let report = try report(Self.line("https://a.example/api/v1/things/1", body: body))
        #expect(report.findings.map(\.change.rule.id) == (isUnexpected ? ["traffic-unexpected-type"] : []))
    }

    @Test("Traffic: limits the number of differences in a report, and states how many are omitted")
    func findingsAreBounded() throws {
        let maximum = TrafficFindings.maximum
        let members = (0..<maximum + 7).map { number in
            let letters = String(number, radix: 26).utf8.map { String(UnicodeScalar($0 < 58 ? $0 + 49 : $0 + 10)) }
            return "\"\(letters.joined())\": 1"
        }
        let report = try report(
            #"{"request": {"method": "GET", "url": "/api/v1/things/1"}, "response": {"status": 200, "body": {"#
                + members.joined(separator: ",") + "}}}")
        #expect(report.findings.count == maximum)
        #expect(report.recording?.omittedFindings == 7)
        #expect(ReportFormat.text.text(of: report).contains("not listed: what 7 more places showed"))
    }
}
