import Foundation
import Testing

/// The Swift examples of the README and the guides are compiled with the tests: each one is in one of these files,
/// between `// example begin` and `// example end`.
@Suite struct DocumentExampleTests {
    private static let sources = [
        "OktaTests/Readme/ReadmeExample", "OktaTests/Readme/ReadmeFurtherExamples",
        "OktaTests/Readme/ReadmeModelExamples", "OktaTests/Readme/GuideExamples", "OktaTests/Readme/GuideModelExamples",
        "OktaOAuthTests/Readme/OAuthReadmeExample", "OktaLocalOrgTests/Readme/LocalOrgReadmeExamples",
    ]
    private static let guides = "Runtime/OktaRuntime/Documentation.docc"

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func lines(of path: String) throws -> [Substring] {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static func documents() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(guides).path)
        return ["README.md", "Tools/LocalOrg/README.md"]
            + names.filter { $0.hasSuffix(".md") }.sorted().map { "\(guides)/\($0)" }
    }

    /// Returns the examples of a document without their imports, and without fragments of a manifest.
    private static func examples(of document: String) throws -> [String] {
        var examples: [String] = []
        var example: [Substring]?
        for line in try lines(of: document) {
            if line == "```swift" {
                example = []
            } else if line == "```", let lines = example {
                let code = lines.drop { $0.hasPrefix("import ") || $0.isEmpty }
                let isOfManifest = [".package(", ".target(", "// Package.swift"].contains {
                    code.first?.hasPrefix($0) == true
                }
                if !isOfManifest { examples.append(code.joined(separator: "\n")) }
                example = nil
            } else {
                example?.append(line)
            }
        }
        return examples
    }

    /// Returns the compiled examples, without the indentation of their markers.
    private static func compiled() throws -> Set<String> {
        var examples: Set<String> = []
        for source in sources {
            var example: (indentation: Int, lines: [Substring])?
            for line in try lines(of: "Tests/\(source).swift") {
                if line.hasSuffix("// example begin") {
                    example = (line.prefix { $0 == " " }.count, [])
                } else if line.hasSuffix("// example end"), let found = example {
                    examples.insert(found.lines.joined(separator: "\n"))
                    example = nil
                } else if let indentation = example?.indentation {
                    example?.lines.append(line.dropFirst(indentation))
                }
            }
        }
        return examples
    }

    @Test("Documents: each Swift example is compiled with the tests") func eachExampleIsCompiled() throws {
        let compiled = try Self.compiled()
        for document in try Self.documents() {
            for example in try Self.examples(of: document) {
                #expect(compiled.contains(example), "\(document): add it to a file of these tests:\n\(example)")
            }
        }
    }

    @Test("Documents: each example that is compiled is in a document") func eachCompiledExampleIsUsed() throws {
        let stated = Set(try Self.documents().flatMap { try Self.examples(of: $0) })
        for example in try Self.compiled() { #expect(stated.contains(example), "remove it:\n\(example)") }
    }
}
