import Foundation
import OktaCatalog
import OktaGenerator
import Testing
import YAML

/// Catalog text never becomes code, for any key of the grammar.
///
/// The keys come from the decoder: those that it requests while it reads the hostile catalog, which must contain all of
/// them.
@Suite(.longCalculation) struct HostileTextTests {
    private let folder = GoldenCase(name: "hostile", isOverlay: false).folder()

    /// Texts that would be code outside a comment or literal. None of them can become an identifier.
    private static let samples = [
        "x\nlet injected = 1", "x\r\nimport injected", "x \" + injected + \"", "x \\(injected)", "x` injected",
        "x `injected`", "x */ injected /*", "x \"\"\"#\ninjected", "x \u{2028}injected\u{85}\u{0}", "x injected \\",
        "x \\\" + injected", "x #\"\"\"\ninjected", "x\n}\ninjected(", "x\n\"\"\"\ninjected", "x \\#(injected)",
    ]

    private func recorded() -> GrammarRecorder {
        let recorder = GrammarRecorder()
        GrammarRecorder.$current.withValue(recorder) {
            var diagnostics = Diagnostics()
            _ = CatalogLoader().load(folder, reporting: &diagnostics)
        }
        return recorder
    }

    @Test("Hostile catalog: has every file and every key of the grammar")
    func hasEveryFileAndEveryKeyOfGrammar() {
        for name in CatalogFolder.fileNames { #expect(folder.files[name] != nil) }
        for name in CatalogFolder.folderNames { #expect(folder.files.keys.contains { $0.hasPrefix("\(name)/") }) }
        let recorder = recorded()
        #expect(recorder.absentKeys.map(\.description).sorted() == [])
        let read = Set(recorder.texts.map(\.key))
        #expect(recorder.textKeys.subtracting(read).map(\.description).sorted() == [])
        #expect(read.count > 60)
    }

    /// A key accepts any text, or the generator rejects text that does not have the required form.
    @Test("Hostile catalog: has hostile text at every key that accepts it, and the other keys reject it")
    func hasHostileTextAtEveryKeyThatAcceptsIt() throws {
        let recorder = recorded()
        var open: Set<GrammarRecorder.Key> = []
        for (index, text) in Set(recorder.texts.map(\.value)).sorted().enumerated() {
            let slots = recorder.texts.filter { $0.value == text }
            // One text at a time, because one of its keys may reject it.
            for sample in [Self.samples[index % Self.samples.count], Self.samples.joined(separator: " ")] {
                let output = try run(replacing: [text: sample], in: recorder)
                if output != nil { open.formUnion(slots.map(\.key)) }
            }
        }
        let isHostile = { (text: String) in ["\n", "\"", "`", "\\("].allSatisfy(text.contains) }
        let hostile = Set(recorder.texts.filter { isHostile($0.value) }.map(\.key))
        #expect(open.subtracting(hostile).map(\.description).sorted() == [])
        #expect(open.count > 30)
    }

    @Test("Generated Swift: contains catalog text only in comments and literals", arguments: 0..<8)
    func randomTexts(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let recorder = recorded()
        let isHostile = { (text: String) in text.contains("\n") && text.contains("\"") }
        let texts = Set(recorder.texts.map(\.value).filter(isHostile)).sorted()
        var generated = 0
        for _ in 0..<5 {
            var replacements: [String: String] = [:]
            for (index, text) in texts.enumerated() where Bool.random(using: &generator) {
                // The number makes names unique, so that a text can be rejected only for its form.
                replacements[text] = "x\(index) " + Self.random(using: &generator)
            }
            if try run(replacing: replacements, in: recorder) != nil { generated += 1 }
        }
        #expect(generated > 1)
    }

    @Test("Lexer: detects text that leaves a comment or literal")
    func lexer() throws {
        #expect(try SwiftLexer("/// a\nlet b = \"c \\(d)\" // e").words == ["let", "b", "d"])
        #expect(try SwiftLexer("#\"\"\"\n\"a\"\n\"\"\"#").words.isEmpty)
        for text in ["let a = \"b\n\"", "\"a", "/* a */", "a)", "(a", "\"\\(a\"", "#\"\"\"\n\\#(a)\"\"\"#", "\u{2028}"]
        {
            #expect(throws: SwiftLexer.Fault.self) { try SwiftLexer(text) }
        }
    }

    // MARK: Substitution

    private static func random(using generator: inout SplitMix64) -> String {
        let pieces = [
            "\n", "\r", "\r\n", "\"", "\"\"\"", "#", "\\", "\\(", ")", "`", "*/", "/*", "//", " ", "injected", "{", "}",
            "\u{2028}", "\u{0}", "\u{85}", "\u{202E}", "\u{FEFF}", "e\u{301}", "\u{1F468}\u{200D}\u{1F469}", "'", ";",
            ":",
        ]
        return (0..<Int.random(in: 1...12, using: &generator)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }.joined()
    }

    /// Generates from the catalog with some texts replaced.
    ///
    /// - Returns: Nil if the catalog is rejected with an error that has a location.
    private func run(replacing texts: [String: String], in recorder: GrammarRecorder) throws -> Generation.Output? {
        var folder = folder
        for (name, file) in folder.files {
            let slots = Set(recorder.texts.filter { $0.location.file == file.path }.map { TextSlot($0) })
            folder.files[name] = file.replacing(slots) { texts[$0] }
        }
        var diagnostics = Diagnostics()
        let output = Generation().run(folder, reporting: &diagnostics)
        guard let output else {
            #expect(diagnostics.sorted.contains { $0.severity == .error && $0.location != nil })
            return nil
        }
        for (path, text) in output.library.files.merging(output.testSupport.files, uniquingKeysWith: { $1 })
        where path.hasSuffix(".swift") {
            do {
                #expect(try !SwiftLexer(text).words.contains("injected"), "\(path)")
            } catch {
                Issue.record("\(path): \(error)\n\(texts)\n\(text)")
            }
        }
        return output
    }
}

/// The location of a text in a file.
private struct TextSlot: Hashable {
    var value: String
    var start: SourceMark
    var end: SourceMark

    init(_ text: GrammarRecorder.Text) {
        value = text.value
        start = text.location.start
        end = text.location.end
    }
}

extension SourceFile {
    /// The file with some texts replaced by quoted ones: those for which `replacement` returns a text.
    fileprivate func replacing(_ slots: Set<TextSlot>, by replacement: (String) -> String?) -> SourceFile {
        var lines = String(decoding: bytes, as: UTF8.self).unicodeScalars
            .split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        for slot in slots.sorted(by: { $0.start > $1.start }) {
            guard let text = replacement(slot.value), slot.start.line == slot.end.line else { continue }
            let quoted = text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
                Array("\\U\(String(scalar.value, radix: 16).leftPadded(to: 8))".unicodeScalars)
            }
            lines[slot.start.line - 1].replaceSubrange(
                slot.start.column - 1..<slot.end.column - 1, with: ["\""] + quoted + ["\""])
        }
        return SourceFile(
            path: path,
            text: lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n"))
    }
}

extension String {
    fileprivate func leftPadded(to length: Int) -> String {
        String(repeating: "0", count: max(0, length - count)) + self
    }
}
