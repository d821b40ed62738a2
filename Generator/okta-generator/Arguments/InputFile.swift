import Foundation
import YAML

/// Reads files that are named in arguments.
enum InputFile {
    /// Reads a file.
    static func read(_ path: String, as option: String) throws -> SourceFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InputFailure(message: "\(path) cannot be read; \(option) names a file")
        }
        return SourceFile(path: path, bytes: Array(data))
    }

    /// Returns the failure that ends a run with invalid input.
    static func failure(_ diagnostics: Diagnostics, files: [SourceFile]) -> InputFailure {
        let text = DiagnosticRenderer(files: files).render(diagnostics.sorted)
        return InputFailure(
            message: "the input cannot be used\n\(text.hasSuffix("\n") ? String(text.dropLast()) : text)")
    }
}

/// Invalid input from the caller.
struct InputFailure: Error {
    /// The problem and the advice.
    var message: String
}
