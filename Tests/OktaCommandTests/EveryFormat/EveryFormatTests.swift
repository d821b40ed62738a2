#if CommandLine && LocalOrg
import Foundation
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

/// Compares all output of the built program against an org with the files in Golden. After an intended change,
/// `OKTA_UPDATE_GOLDEN=1 swift test --filter EveryFormatTests` writes them; review the difference.
@Suite("Every format", .hangLimit) struct EveryFormatTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden")
    private static let updates = ProcessInfo.processInfo.environment["OKTA_UPDATE_GOLDEN"] != nil

    @Test("Every format: actions of a whole org are written as before")
    func golden() async throws {
        let org = try await GoldenScene.start()
        let sandbox = try Sandbox(org)
        var ids: [String: String] = [:]
        var written: Set<String> = []
        func words(_ step: GoldenScene.Step) -> [String] {
            step.words.map { word in ids.reduce(word) { $0.replacing("{\($1.key)}", with: $1.value) } }
        }
        for step in GoldenScene.changes {
            let run = try await sandbox.okta(words(step) + ["--yes"])
            #expect(run.code == 0, "\(step.words): \(run.errors)")
            if let name = step.keeps { ids[name] = try JSON(parsing: run.output)["id"]?.string }
        }
        for (number, step) in GoldenScene.reads.enumerated() {
            let words = words(step)
            var text = "$ okta \(words.joined(separator: " "))\n"
            for (format, run) in try await runs(words, sandbox) {
                #expect(run.code == 0, "\(words): \(run.errors)")
                // The JSON formats ignore columns, with a warning.
                let isWithoutColumns = words.contains("--columns") && format != .table && format != .csv
                #expect(run.errors.contains("--columns") == isWithoutColumns, "\(words): \(run.errors)")
                #expect(run.errors.isEmpty || isWithoutColumns, "\(words): \(run.errors)")
                try check(run.output, format, words)
                text += "\n--- \(format.rawValue)\n\(run.output)"
            }
            let name = "\(number + 1 < 10 ? "0" : "")\(number + 1)-\(step.name).txt"
            written.insert(name)
            try compare(text.replacing(org.url, with: "http://127.0.0.1:12345"), name)
        }
        #expect(GoldenScene.reads.count >= 60)
        let present = Set(try FileManager.default.contentsOfDirectory(atPath: Self.folder.path))
        for name in present.subtracting(written) {
            guard Self.updates else {
                Issue.record("Golden/\(name) belongs to no step")
                continue
            }
            try FileManager.default.removeItem(at: Self.folder.appendingPathComponent(name))
        }
        await org.stop()
    }

    private func runs(_ words: [String], _ sandbox: Sandbox) async throws -> [(OutputFormat, ProcessOutcome)] {
        try await withThrowingTaskGroup(of: (OutputFormat, ProcessOutcome).self) { group in
            for format in OutputFormat.allCases {
                group.addTask { (format, try await sandbox.okta(words + ["--format", format.rawValue])) }
            }
            var found: [OutputFormat: ProcessOutcome] = [:]
            for try await (format, run) in group { found[format] = run }
            return OutputFormat.allCases.compactMap { format in found[format].map { (format, $0) } }
        }
    }

    /// Checks the invariants of a format, which do not depend on the content.
    private func check(_ text: String, _ format: OutputFormat, _ words: [String]) throws {
        switch format {
        case .json: _ = try JSON(parsing: text)
        case .ndjson: for line in text.split(separator: "\n") { _ = try JSON(parsing: String(line)) }
        case .csv: #expect(text.isEmpty || text.hasSuffix("\r\n"), "\(words)")
        case .table, .yaml: #expect(text.isEmpty || text.hasSuffix("\n"), "\(words)")
        }
    }

    private func compare(_ text: String, _ name: String) throws {
        let file = Self.folder.appendingPathComponent(name)
        if Self.updates {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            return try Data(text.utf8).write(to: file)
        }
        let expected = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
        #expect(text == expected, "\(name) differs")
    }
}
#endif
