import OktaCommand
import OktaRuntime
import Testing
import YAML

@Suite("YAML results") struct YAMLFormTests {
    @Test("YAML: the loader reads every value back", arguments: 0..<300)
    func roundTrip(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let items = (0..<Int.random(in: 1...3, using: &random)).map { _ in Self.value(3, &random) }
        let output = TextOutput.memory()
        var writer = try ResultWriter(
            OutputOptions(format: .yaml), model: nil, module: .management, isList: true, output: output)
        for item in items { try writer.write(item) }
        try writer.finish()
        var diagnostics = Diagnostics()
        let file = SourceFile(path: "result.yaml", bytes: Array(output.text.utf8))
        let node = YAMLLoader().load(file, reporting: &diagnostics)
        let read = try #require(node, "\(diagnostics)\n\(output.text)")
        #expect(try Self.json(read) == JSON(items), "\(output.text)")
    }

    /// Returns the value of a node in YAML's core schema.
    private static func json(_ node: YAMLNode) throws -> JSON {
        switch node.content {
        case .sequence(let elements): return JSON(try elements.map(json))
        case .mapping(let entries): return JSON(members: try entries.map { ($0.name, try json($0.value)) })
        case .scalar(let text, .plain):
            if let value = try? JSON(parsing: text), value.kind != .string { return value }
            return JSON(text)
        case .scalar(let text, _): return JSON(text)
        }
    }

    private static func value(_ depth: Int, _ random: inout SplitMix64) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: return .null
        case 1: return JSON(Bool.random(using: &random))
        case 2: return JSON(Int.random(in: -1000...1000, using: &random))
        case 3, 4: return JSON(text(&random))
        case 5: return JSON((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth - 1, &random) })
        default:
            var object = JSON.emptyObject
            for _ in 0..<Int.random(in: 0...3, using: &random) { object[text(&random)] = value(depth - 1, &random) }
            return object
        }
    }

    /// Texts that mean something else without quotes, and characters that YAML treats specially.
    private static func text(_ random: inout SplitMix64) -> String {
        let words = [
            "true", "No", "null", "~", "1e3", "0x1F", "2026-01-01", "1:30", "- a", "a: b", "a #b", "", " a", "a ", "é",
            "\n", "a\n", "\t", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}", "😀", "'", "\"", "\\", "&a", "*a",
            "!t", "%d", "@", "`", "[", "{", "|", ">", "?", "name", "first name", "a.b-c_d", ".inf", "y", "=", "<<",
        ]
        return (0..<Int.random(in: 1...3, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
            .joined()
    }
}
