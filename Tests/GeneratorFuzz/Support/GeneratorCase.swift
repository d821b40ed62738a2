import Foundation
import YAML

/// A random catalog and document on disk, and the rules that the generator's commands must meet for them.
public struct GeneratorCase {
    /// The result of a command.
    public struct Ending: Sendable {
        /// The exit code, or the negative number of the signal that ended it.
        public var status: Int32
        /// The output of both streams.
        public var output: String

        /// Creates a result.
        public init(status: Int32, output: String) {
            self.status = status
            self.output = output
        }
    }

    /// A violated rule.
    public struct Violation: Error, CustomStringConvertible {
        /// The rule, and what violated it.
        public var description: String

        /// Creates a violation.
        public init(description: String) {
            self.description = description
        }
    }

    /// Runs the generator with arguments.
    public typealias Runner = (_ arguments: [String]) throws -> Ending

    /// The outcome, for statistics.
    public enum Result: Sendable {
        case generated
        /// The catalog was rejected, with locations.
        case refused
    }

    /// The folder of the case.
    public let folder: String
    private let seed: UInt64
    private let catalog: RandomCatalog
    private let run: Runner
    private let style: YAMLStyle

    /// Writes a case into a folder.
    public init(seed: UInt64, folder: String, runner: @escaping Runner) throws {
        self.seed = seed
        self.folder = folder
        run = runner
        catalog = RandomCatalog(seed: seed)
        style = seed % 4 == 0 ? YAMLStyle() : .random(seed: seed)
        for (index, file) in catalog.files.sorted(by: { $0.key < $1.key }).enumerated() {
            var own = style
            own.flow = index == 0 ? 0 : style.flow
            try write(own.text(of: file.value), to: "spec/\(file.key)")
        }
        let document = RandomDocument(seed: seed ^ 0xD0C, operations: catalog.operations).root
        try write(
            seed % 2 == 0
                ? JSONStyle.random(seed: seed).text(of: document) : YAMLStyle.random(seed: seed ^ 1).text(of: document),
            to: "openapi")
        try write("# Changelog\n\n## Unreleased\n", to: "CHANGELOG.md")
    }

    // MARK: The rules

    /// Checks all rules.
    public func check() throws -> Result {
        let first = try generate()
        let before = try trees()
        try fill(keeping: before)
        try fillWords()
        _ = try generate()
        try bringUpToDate()
        return first
    }

    /// `generate` writes output that `check` accepts, or reports errors with locations and writes nothing.
    @discardableResult
    public func generate() throws -> Result {
        let generated = try command("generate", ["--output", "\(folder)/Generated", "--test-support", "none"])
        switch generated.status {
        case 0:
            try expect(0, of: command("check", ["--output", "\(folder)/Generated", "--test-support", "none"]), "check")
            return .generated
        case 2:
            try requirePlaces(in: generated, "generate")
            return .refused
        default: throw violation("generate ended with \(generated.status)", generated)
        }
    }

    /// `import` adds facts and removes nothing. A second import adds nothing.
    private func fill(keeping before: [String: YAMLNode]) throws {
        let comments = try countComments()
        try expect(0, of: command("import", ["--openapi", "\(folder)/openapi"]), "import")
        let after = try trees()
        for (path, tree) in before {
            guard let new = after[path] else { throw Violation(description: "import removed \(path)") }
            guard let lost = tree.firstLoss(in: new, at: path) else { continue }
            throw Violation(description: "import changed \(lost)")
        }
        for (path, count) in try countComments() where count < comments[path, default: 0] {
            throw Violation(description: "import lost comments of \(path)")
        }
        let texts = try texts()
        try expect(0, of: command("import", ["--openapi", "\(folder)/openapi"]), "a second import")
        if let change = Self.change(from: texts, to: try self.texts()) {
            throw Violation(description: "a second import changed \(change)")
        }
    }

    /// The first file that differs, with the differing lines. Nil if none does.
    private static func change(from old: [String: String], to new: [String: String]) -> String? {
        for path in Set(old.keys).union(new.keys).sorted() where old[path] != new[path] {
            let (before, after) = (lines(of: old[path]), lines(of: new[path]))
            let changes = after.difference(from: before).map { change in
                switch change {
                case .insert(_, let line, _): "+ \(line)"
                case .remove(_, let line, _): "- \(line)"
                }
            }
            return "\(path):\n\(changes.joined(separator: "\n"))"
        }
        return nil
    }

    private static func lines(of text: String?) -> [Substring] {
        (text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// `update` keeps handwritten text, a second update changes nothing, and then there is no drift.
    private func bringUpToDate() throws {
        let before = try trees()
        let arguments = ["--upstream", "\(folder)/openapi", "--changelog", "\(folder)/CHANGELOG.md"]
        try expect(0, of: command("update", arguments), "update")
        let after = try trees()
        for (path, tree) in before where path.hasPrefix("actions/") {
            guard let new = after[path],
                let lost = tree.personal.firstLoss(in: new.personal, at: path, isOrdered: false)
            else { continue }
            throw Violation(description: "update changed \(lost)")
        }
        let texts = try texts()
        try expect(0, of: command("update", arguments), "a second update")
        if let change = Self.change(from: texts, to: try self.texts()) {
            throw Violation(description: "a second update changed \(change)")
        }
        try fillWords()
        if try generate() == .generated {
            let drift = try command("drift", ["upstream", "\(folder)/openapi"], isDrift: true)
            if !tellsOnlyOfReasons(drift) { try expect(0, of: drift, "drift after an update") }
        }
        let both = ["drift", "upstream", "--from", "\(folder)/openapi", "--to", "\(folder)/openapi"]
        try expect(0, of: run(both), "drift of a document and itself")
    }

    /// Whether the only findings are ignored operations that the document no longer has. An update keeps the reasons,
    /// which an author wrote.
    private func tellsOnlyOfReasons(_ drift: Ending) -> Bool {
        let findings = drift.output.split(whereSeparator: \.isNewline).filter {
            $0.contains(/\[[a-z-]+\] [0-9a-f]{12}$/)
        }
        return drift.status == 1 && !findings.isEmpty
            && findings.allSatisfy { $0.contains("the entry under `ignored` is out of date") }
    }

    // MARK: Commands

    /// Runs a command on the catalog.
    public func command(_ name: String, _ arguments: [String], isDrift: Bool = false) throws -> Ending {
        let ending = try run([name] + arguments + ["--spec", "\(folder)/spec"])
        if ending.status < 0 || ending.status > 2 { throw violation("\(name) ended with \(ending.status)", ending) }
        return ending
    }

    private func expect(_ status: Int32, of ending: Ending, _ name: String) throws {
        guard ending.status != status else { return }
        throw violation("\(name) ended with \(ending.status)", ending)
    }

    private func requirePlaces(in ending: Ending, _ name: String) throws {
        let errors = ending.output.split(whereSeparator: \.isNewline).filter { $0.contains(": error: ") }
        let hasPlaces = errors.allSatisfy { $0.contains(/:\d+:\d+: error: .* \[[a-z-]+\]$/) }
        if errors.isEmpty || !hasPlaces { throw violation("\(name) refused the catalog without a place", ending) }
    }

    private func violation(_ text: String, _ ending: Ending) -> Violation {
        Violation(description: "\(text):\n\(ending.output.prefix(4000))")
    }

    // MARK: Files

    private func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// The texts of the catalog files.
    public func texts() throws -> [String: String] {
        var texts: [String: String] = [:]
        let paths = FileManager.default.enumerator(atPath: "\(folder)/spec")?.allObjects ?? []
        for path in paths.compactMap({ $0 as? String }) where path.hasSuffix(".yaml") {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/spec/\(path)"))
            texts[path] = String(decoding: data, as: UTF8.self)
        }
        return texts
    }

    private func trees() throws -> [String: YAMLNode] {
        try texts().mapValues { text in
            var diagnostics = Diagnostics()
            let root = YAMLLoader().load(SourceFile(path: "", text: text), reporting: &diagnostics)
            guard let root, !diagnostics.hasErrors else {
                throw Violation(description: "a file cannot be read any more:\n\(text)")
            }
            return root.meaning
        }
    }

    private func countComments() throws -> [String: Int] {
        try texts().mapValues { $0.split(separator: "# \(style.comment)", omittingEmptySubsequences: false).count }
    }

    /// Writes the summaries that an author must supply.
    private func fillWords() throws {
        for (path, text) in try texts() where text.contains("TODO") {
            var written = text
            for key in ["doc", "summary"] { written = written.replacing("\(key): TODO", with: "\(key): Written") }
            try write(written, to: "spec/\(path)")
        }
    }
}
