import Foundation
import OktaCatalog
import Testing
import YAML

@testable import OktaDrift

/// Walking bytes gives the same result as walking a tree, with memory that does not grow with the recording.
@Suite(.longCalculation) struct TrafficWalkTests {
    private static let catalog = [
        "catalog.yaml":
            "grammar: 1\nservice: Test\nmodule: Test\nreference: https://example.com/\ncategories: [Thing]\n",
        "actions/thing.yaml": """
        category: Thing
        summary: Things.
        actions:
          - {action: Get Thing, summary: Reads a thing., method: GET, path: '/api/v1/things/{id}',
             params: {id: {in: path, type: string}}, returns: Thing, success: [200]}
        """,
        "models/thing.yaml": """
        category: Thing
        models:
          - model: Thing
            doc: A thing
            fields:
              id: {type: string}
              name: {type: string, nullable: true}
              status: {type: Status}
              created: {type: dateTime, nullable: true}
              size: {type: integer}
              weight: {type: number}
              flag: {type: boolean}
              any: {type: json}
              next: {type: Thing}
              labels: {type: {map: [string]}}
              parts: {type: [Part]}
              grid: {type: [[integer]]}
              shape: {type: Shape}
              either: {type: Either}
          - {model: Part, doc: A part, open: true, fields: {size: {type: integer}}}
          - model: Shape
            doc: A shape
            discriminator: type
            variants: {CIRCLE: Circle, SQUARE: Square}
            fields: {type: {type: ShapeKind}, id: {type: string}}
          - {model: Circle, doc: A circle, extends: Shape, fields: {size: {type: number}}}
          - {model: Square, doc: A square, extends: Shape, fields: {name: {type: string}, next: {type: Shape}}}
          - {model: Either, doc: One of two, variants: [Part, Thing], fields: {flag: {type: boolean}}}
          - {enum: Status, doc: A status, values: [ACTIVE, INACTIVE]}
          - {enum: ShapeKind, doc: A kind, values: [CIRCLE, SQUARE]}
        """,
    ]

    private static func decoded() throws -> Catalog {
        var diagnostics = Diagnostics()
        let result = CatalogLoader().load(CatalogFolder(texts: catalog), reporting: &diagnostics)
        #expect(diagnostics.all.isEmpty, "\(diagnostics.all)")
        return try #require(result)
    }

    private static let values = RandomJSON(
        maximumDepth: 5,
        keys: [
            "id", "n\\u0061me", "status", "created", "size", "weight", "flag", "any", "next", "labels", "parts", "grid",
            "shape",
            "either", "type", "color", "jane@example", "pixel",
        ],
        scalars: [
            "null", "null", "true", "0", "1.5", "1.0", "\"text\"", "\"ACTIVE\"", "\"ACTIV\\u0045\"", "\"BROKEN_1\"",
            "\"CIRCLE\"", "\"SQUARE\"", "\"2026-01-31T12:00:00.000Z\"", "\"2026-01-31\"", "\"a\\\"b\"",
        ])

    @Test("Traffic: walking bytes gives the same findings as walking a tree", arguments: 0..<6)
    func sameAsTree(_ seed: UInt64) throws {
        let catalog = try Self.decoded()
        let description = CatalogDescriber.describe(catalog)
        let use = try #require(description.operations.first?.responses.first?.media.first?.use)
        var generator = SplitMix64(seed: seed)
        var total = 0
        for _ in 0..<250 {
            let body = Self.values.text(using: &generator)
            let tree = try #require(TreeValue(json: body), "\(body)")
            var expected = TreeWalk(catalog: description)
            expected.visit(tree, as: use, subject: "okta.thing.getThing 200", path: "")
            var comparison = TrafficComparison(of: catalog)
            try comparison.read(
                Recording(
                    name: "a",
                    text:
                        #"{"request": {"method": "GET", "url": "/api/v1/things/1"}, "response": {"status": 200, "body": "#
                        + body.replacing("\n", with: " ") + "}}"))
            let found = comparison.changes.map { change in
                let times = change.detail?.split(separator: " ").first ?? ""
                return "\(times) \(change.rule.id) \(change.subject) \(change.message)"
            }
            total += found.count
            // A body that is text is recorded as a JSON string.
            if body.contains(/^\s*[\[{]/) { #expect(found.sorted() == expected.counted, "\(body)") }
        }
        #expect(total > 150)
    }

    @Test("Traffic: the window size does not affect the result", arguments: [1, 2, 3, 7, 64, 1_000])
    func windows(_ capacity: Int) throws {
        var generator = SplitMix64(seed: 5)
        let lines = (0..<12).map { number in
            let body = Self.values.text(using: &generator).replacing("\n", with: " ")
            return number == 7
                ? "{\"request\": 1"
                : #"{"request": {"method": "GET", "url": "https://a.okta.com/api/v1/things/1"}, "response": "#
                    + #"{"status": 200, "headers": {"a": ["b"]}, "body": "# + (body.first == "\"" ? "{}" : "[\(body)]")
                    + "}}"
        }
        let archive =
            "{\"log\": {\"entries\": [\n\(lines.filter { $0.hasSuffix("}}") }.joined(separator: ",\n"))]}}"
        for text in [lines.joined(separator: "\n"), archive] {
            func run(_ capacity: Int) throws -> ([Change], RecordingSummary) {
                var comparison = TrafficComparison(
                    of: try Self.decoded(), hosts: .belowOktaDomains,
                    windowCapacity: max(capacity, text == archive ? 64 : 1))
                try comparison.read(Recording(name: "a", text: text))
                return (comparison.changes, comparison.summary)
            }
            let (expected, found) = (try run(1 << 20), try run(capacity))
            #expect(found.0 == expected.0)
            #expect(found.1 == expected.1)
            #expect(expected.1.exchanges == 11)
        }
    }

    /// A recording that is generated while it is read.
    private static func recording(_ pieces: some Sequence<String>) -> Recording {
        var (rest, pieces) = ([][...] as ArraySlice<UInt8>, AnyIterator(pieces.makeIterator()))
        return Recording(name: "made") { buffer in
            if rest.isEmpty { rest = Array((pieces.next() ?? "").utf8)[...] }
            let count = min(buffer.count, rest.count)
            _ = buffer.update(fromContentsOf: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
    }

    @Test("Traffic: memory use does not grow with the recording", arguments: [false, true])
    func memory(_ asHAR: Bool) throws {
        let exchange =
            #"{"request": {"method": "GET", "url": "https://a.okta.com/api/v1/things/1"}, "#
            + #""response": {"status": 200, "content": {"text": "{\"id\": \"1\", \"any\": \""#
            + String(repeating: "x", count: 2_000) + #"\"}"}}}"#
        for count in [20, 400] {
            let pieces =
                asHAR
                ? ["{\"log\": {\"entries\": [\n"] + repeatElement("\(exchange),\n", count: count - 1) + [
                    "\(exchange)]}}"
                ]
                : Array(repeating: "\(exchange)\n", count: count)
            var comparison = TrafficComparison(
                of: try Self.decoded(), hosts: .belowOktaDomains, windowCapacity: 16 << 10)
            try comparison.read(Self.recording(pieces))
            #expect(comparison.summary.exchanges == count)
            #expect(comparison.heldBytes < 48 << 10)
        }
    }

    @Test("Traffic: counts an oversized response without storing it")
    func longBodies() throws {
        let head = #"{"request": {"method": "GET", "url": "/api/v1/things/1"}, "response": {"status": 200, "body": ""#
        let piece = String(repeating: "x", count: 256 << 10)
        var comparison = TrafficComparison(of: try Self.decoded())
        try comparison.read(Self.recording([head] + repeatElement(piece, count: 40) + ["\"}}\n"]))
        #expect(comparison.summary.longBodies == 1)
        #expect(comparison.summary.exchanges == 1)
        #expect(comparison.heldBytes < RecordedExchange.maximumBody + 1 << 20)
    }
}
