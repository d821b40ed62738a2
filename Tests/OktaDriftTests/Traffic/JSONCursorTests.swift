import Foundation
import Testing

@testable import OktaDrift

/// Reading JSON through a window: the grammar, and independence of the window size.
@Suite(.longCalculation) struct JSONCursorTests {
    private static func isJSON(_ bytes: [UInt8], window: Int?) -> Bool {
        if let window {
            var cursor = JSONCursor(RecordingWindow(recording(bytes), capacity: window))
            return (try? cursor.skipValue()) != nil && cursor.peek() == nil
        }
        return bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            var cursor = JSONCursor(start: start, count: buffer.count)
            return (try? cursor.skipValue()) != nil && cursor.peek() == nil
        }
    }

    private static func recording(_ bytes: [UInt8]) -> Recording {
        Recording(name: "bytes", text: String(decoding: bytes, as: UTF8.self))
    }

    @Test("JSON: accepts the same texts as Foundation", arguments: 0..<8)
    func grammar(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var (taken, refused) = (0, 0)
        for _ in 0..<400 {
            var bytes = Array(RandomJSON(maximumDepth: 4).text(using: &generator).utf8)
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                let byte = Array(#"{}[]":,\/u0123-+.eEtrufalsn \#n\#t"#.utf8).randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = byte
                case 1: bytes.insert(byte, at: index)
                default: if bytes.count > 1 { bytes.remove(at: index) }
                }
            }
            let expected = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            let text = String(decoding: bytes, as: UTF8.self)
            // Foundation rejects numbers that do not fit a Double, unpaired surrogates and invalid UTF-8. On Linux, it
            // accepts a trailing comma in a list.
            if text.contains(/[eE]\+?[0-9]{3}/) || text.contains(/\\u[dD][89a-fA-F]/) || text.contains("\u{FFFD}")
                || text.contains(/,\s*[\]}]/)
            {
                continue
            }
            if expected { taken += 1 } else { refused += 1 }
            for window in [nil, 1, 3, 16] { #expect(Self.isJSON(bytes, window: window) == expected, "\(text)") }
        }
        #expect(taken > 50 && refused > 50)
    }

    @Test(
        "JSON: rejects trailing commas",
        arguments: ["[0,]", "[,]", "[,0]", "{\"a\": 1,}", "{,}", "[0 0]"])
    func commas(_ text: String) {
        for window in [nil, 1, 3] { #expect(!Self.isJSON(Array(text.utf8), window: window)) }
    }

    @Test("JSON: rejects too deep nesting, and skips the rest without recursion")
    func depth() {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(Self.isJSON(nested(JSONCursor.maximumDepth), window: nil))
        #expect(!Self.isJSON(nested(JSONCursor.maximumDepth + 1), window: nil))
        #expect(!Self.isJSON(nested(200_000), window: 64))
    }

    @Test(
        "JSON: decodes escapes in strings",
        arguments: [
            (#""plain""#, "plain"), (#""a\"b\\c\/d""#, "a\"b\\c/d"), (#""\n\r\t\b\f""#, "\n\r\t\u{8}\u{C}"),
            (#""\u00e9\u20AC\ud83d\ude00""#, "é€😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ud83dx\u0041""#, "\u{FFFD}xA"),
            (#""é€😀 and more than eight bytes""#, "é€😀 and more than eight bytes"), (#""""#, ""),
        ])
    func strings(_ json: String, _ text: String) throws {
        let scratch = ByteBuffer(limit: 1_000)
        for window in 1...12 {
            var cursor = JSONCursor(RecordingWindow(Self.recording(Array(json.utf8)), capacity: window))
            #expect(cursor.peekKind() == .string)
            #expect(String(decoding: try cursor.readString(scratch), as: UTF8.self) == text)
            #expect(cursor.peek() == nil)
        }
    }

    @Test("JSON: keeps the bytes of a skipped value", arguments: 1...9)
    func kept(_ window: Int) throws {
        let json = #"[1, {"a": "b\"c", "d": [true, null]}, 2]"#
        let cursor = JSONCursor(RecordingWindow(Self.recording(Array(json.utf8)), capacity: window))
        var (reader, isFirst) = (cursor, true)
        let buffer = ByteBuffer(limit: 1_000)
        _ = try reader.enterList()
        _ = try reader.nextElement(&isFirst)
        try reader.skipValue()
        _ = try reader.nextElement(&isFirst)
        try reader.skipValue(keepingIn: buffer)
        #expect(buffer.text == #"{"a": "b\"c", "d": [true, null]}"#)
        #expect(try reader.nextElement(&isFirst))
    }

    @Test("JSON: a buffer holds at most its limit and one chunk")
    func buffers() {
        let buffer = ByteBuffer(limit: 100)
        let piece = Array("0123456789abcdef".utf8)
        for _ in 0..<100 { piece.withUnsafeBufferPointer { buffer.append($0) } }
        #expect(!buffer.isComplete)
        #expect(buffer.count <= 116 && buffer.capacity <= 256)
        buffer.empty()
        piece.withUnsafeBufferPointer { buffer.append($0) }
        #expect(buffer.isComplete && buffer.text == "0123456789abcdef")
    }
}

/// Random JSON in many notations.
struct RandomJSON {
    var maximumDepth: Int
    /// Keys that are chosen more often than others.
    var keys = ["id", "name", "a b", "\\u0069d", "é", "x\\ny"]
    /// Values that are chosen more often than others.
    var scalars = [
        "null", "true", "false", "0", "-1", "1.5", "1.0", "2e2", "-0", "\"\"", "\"text\"", "\"a\\\"b\\u00e9\\n\"",
        "\"ACTIVE\"", "\"2026-01-31T12:00:00.000Z\"", "9223372036854775808",
    ]

    func text(using generator: inout SplitMix64) -> String { value(0, using: &generator) }

    private func value(_ depth: Int, using generator: inout SplitMix64) -> String {
        let isScalar = depth >= maximumDepth || Int.random(in: 0..<3, using: &generator) == 0
        let space = ["", "", " ", "\n\t "].randomElement(using: &generator) ?? ""
        guard !isScalar else { return space + (scalars.randomElement(using: &generator) ?? "0") + space }
        let count = Int.random(in: 0...4, using: &generator)
        if Bool.random(using: &generator) {
            return "[\((0..<count).map { _ in value(depth + 1, using: &generator) }.joined(separator: ","))\(space)]"
        }
        let names = Array(keys.shuffled(using: &generator).prefix(count))
        let members = names.map { "\(space)\"\($0)\"\(space):\(value(depth + 1, using: &generator))" }
        return "{\(members.joined(separator: ","))\(space)}"
    }
}
