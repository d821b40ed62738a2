import Foundation
import GeneratorFuzzing

/// Checks that generated sources compile without warnings.
struct CompiledSources {
    /// The compiler's arguments without the files, separated by spaces.
    var arguments: String

    /// Compiles the sources in a folder.
    ///
    /// - Parameter isProof: Whether to add a deliberate error, which the compiler must report. A compiler with wrong
    ///   arguments may report nothing.
    func check(_ folder: String, provingIt isProof: Bool) throws {
        let ending = try compile(folder)
        guard ending.status == 0 else {
            throw GeneratorCase.Violation(
                description: "generated sources do not compile:\n\(ending.output.prefix(4000))")
        }
        guard isProof else { return }
        // It has the same name as a library symbol, and uses one incorrectly.
        try Data("import OktaRuntime\nlet planted: JSON = OktaClient.self\n".utf8)
            .write(to: URL(fileURLWithPath: "\(folder)/Planted.swift"))
        defer { try? FileManager.default.removeItem(atPath: "\(folder)/Planted.swift") }
        let planted = try compile(folder)
        guard planted.status != 0, planted.output.contains("Planted.swift:2:"), planted.output.contains("OktaClient")
        else {
            throw GeneratorCase.Violation(
                description: "the compiler does not find a planted mistake:\n\(planted.output.prefix(4000))")
        }
    }

    private func compile(_ folder: String) throws -> GeneratorCase.Ending {
        let enumerator = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
        let files = enumerator.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
        return try ProcessRun(
            "/usr/bin/env", arguments.split(separator: " ").map(String.init) + files.map { "\(folder)/\($0)" }
        )
        .finish()
    }
}
