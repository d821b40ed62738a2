import Foundation
import OktaDrift
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// JUnit XML that conforms to the schema of Ant's task: order of elements, attributes and their types.
@Suite(.longCalculation) struct JUnitReportTests {
    private struct Element {
        var name: String
        var attributes: [String: String]
        var children: [Element] = []
        var text = ""
    }

    private final class Tree: NSObject, XMLParserDelegate {
        private var open: [Element] = []
        private(set) var root: Element?

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            open.append(Element(name: name, attributes: attributes))
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            guard let element = open.popLast() else { return }
            if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if !open.isEmpty { open[open.count - 1].text += text }
        }
    }

    /// The schema's definition of an element.
    private struct Rule {
        /// The attributes, each with whether it is required and the format of its values.
        var attributes: [String: (isRequired: Bool, form: String)] = [:]
        /// The children in order, each with its number of occurrences.
        var children: [(names: [String], count: ClosedRange<Int>)] = []
    }

    private static let many = 0...Int.max
    private static let rules: [String: Rule] = [
        "testsuites": Rule(children: [(["testsuite"], many)]),
        "testsuite": Rule(
            attributes: [
                "name": (true, "(?s).+"), "timestamp": (true, #"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}"#),
                "hostname": (true, "(?s).+"), "tests": (true, #"\d+"#), "failures": (true, #"\d+"#),
                "errors": (true, #"\d+"#), "skipped": (false, #"\d+"#), "time": (true, #"\d+(\.\d+)?"#),
                "package": (true, "(?s).+"), "id": (true, #"\d+"#),
            ],
            children: [
                (["properties"], 1...1), (["testcase"], many), (["system-out"], 1...1), (["system-err"], 1...1),
            ]),
        "properties": Rule(children: [(["property"], many)]),
        "property": Rule(attributes: ["name": (true, "(?s).+"), "value": (true, "(?s).*")]),
        "testcase": Rule(
            attributes: ["name": (true, "(?s).+"), "classname": (true, "(?s).+"), "time": (true, #"\d+(\.\d+)?"#)],
            children: [(["skipped", "error", "failure"], 0...1)]),
        "failure": Rule(attributes: ["type": (true, "(?s).+"), "message": (false, "(?s).*")]),
        "skipped": Rule(attributes: ["message": (false, "(?s).*")]), "system-out": Rule(), "system-err": Rule(),
    ]

    private static func matches(_ value: String, _ form: String) -> Bool {
        value.range(of: "^(?:\(form))$", options: .regularExpression) != nil
    }

    private static func faults(of element: Element) -> [String] {
        guard let rule = rules[element.name] else { return ["\(element.name) is not an element"] }
        var faults: [String] = []
        for (name, (isRequired, form)) in rule.attributes {
            guard let value = element.attributes[name] else {
                if isRequired { faults.append("\(element.name) has no \(name)") }
                continue
            }
            if !matches(value, form) { faults.append("\(element.name) \(name)=\(value)") }
        }
        faults += element.attributes.keys.filter { rule.attributes[$0] == nil }.map { "\(element.name) has \($0)" }
        var rest = element.children[...]
        for (names, count) in rule.children {
            let found = rest.prefix { names.contains($0.name) }
            if !count.contains(found.count) { faults.append("\(element.name) has \(found.count) \(names)") }
            rest = rest.dropFirst(found.count)
        }
        faults += rest.map { "\(element.name) holds \($0.name), or not in its place" }
        return faults + element.children.flatMap { Self.faults(of: $0) }
    }

    private func tree(of report: DriftReport) throws -> Element {
        let text = ReportFormat.junit.text(of: report)
        for scalar in text.unicodeScalars {
            let isLegal =
                switch scalar.value {
                case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
                default: false
                }
            #expect(isLegal, "U+\(String(scalar.value, radix: 16)) is not a character of XML 1.0")
        }
        let (parser, tree) = (XMLParser(data: Data(text.utf8)), Tree())
        parser.delegate = tree
        #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
        return try #require(tree.root)
    }

    @Test("JUnit: reports conform to the schema", arguments: DriftCase.all)
    func form(_ drift: DriftCase) throws {
        for level in DriftSeverity.allCases {
            let root = try tree(of: try drift.report(DriftPolicy(failOn: level)))
            #expect(Self.faults(of: root) == [])
            try checkCounts(of: root)
        }
    }

    private func checkCounts(of root: Element) throws {
        let suite = try #require(root.children.first)
        let cases = suite.children.filter { $0.name == "testcase" }
        func count(_ name: String) -> Int { cases.count { $0.children.first?.name == name } }
        #expect(suite.attributes["tests"] == String(cases.count))
        #expect(suite.attributes["failures"] == String(count("failure")))
        #expect(suite.attributes["skipped"] == String(count("skipped")))
        #expect(Set(cases.map { "\($0.attributes)" }).count == cases.count)
    }

    @Test("JUnit: any text is valid XML and can be read back")
    func hostileText() throws {
        var report = try ReportFormatTests.hostileReport()
        report.findings[0].change.detail = "a\u{0}\u{1F}\u{7F}\u{FFFE}\u{1FFFF}\r\n]]>&amp;"
        let root = try tree(of: report)
        #expect(Self.faults(of: root) == [])
        let failures = root.children[0].children.flatMap(\.children).filter { $0.name == "failure" }
        #expect(failures.contains { $0.text.hasSuffix("\na\u{FFFD}\u{FFFD}\u{7F}\u{FFFD}\u{1FFFF}\r\n]]>&amp;") })
        #expect(
            failures.contains {
                $0.attributes["message"]?.contains("<a href=\"x\">|` ::error::%0A \u{FFFD}é & ]]> ") == true
            })
    }

    @Test("JUnit: without changes one test passes, accepted changes are skipped, and unused entries fail")
    func outcomes() throws {
        let clean = try tree(of: DriftPolicy().report(.init(command: "diff", old: "a", new: "b"), changes: []))
        #expect(Self.faults(of: clean) == [])
        #expect(clean.children[0].attributes["tests"] == "1")
        #expect(clean.children[0].attributes["failures"] == "0")
        let drift = DriftCase(name: "field-removed")
        let fingerprint = try #require(try drift.report().findings.first).fingerprint
        let text =
            "accepted:\n  - {fingerprint: \"\(fingerprint)\", reason: so it is}\n"
            + "  - {fingerprint: \"0123456789ab\", reason: was so once}\n"
        let accepted = try tree(of: try drift.report(DriftPolicy(baseline: try PolicyTests.baseline(text))))
        #expect(Self.faults(of: accepted) == [])
        try checkCounts(of: accepted)
        #expect(accepted.children[0].attributes["skipped"] == "1")
        #expect(accepted.children[0].attributes["failures"] == "1")
    }

    @Test("JUnit: changes below the failing severity are listed in the output")
    func notes() throws {
        let root = try tree(of: try DriftCase(name: "value-added").report(DriftPolicy(failOn: .error)))
        let output = try #require(root.children[0].children.first { $0.name == "system-out" })
        #expect(output.text.contains("info: Status: the value"))
        #expect(root.children[0].attributes["failures"] == "0")
    }
}
