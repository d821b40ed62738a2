import Foundation
import YAML

/// Files that arguments name.
enum InputFile {
    /// Reads a file.
    static func read(_ path: String, as option: String) throws -> SourceFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InputFailure(message: "\(path) can not be read; \(option) names a file")
        }
        return SourceFile(path: path, bytes: Array(data))
    }

    /// The failure that ends a run on input that is wrong.
    static func failure(_ diagnostics: Diagnostics, files: [SourceFile]) -> InputFailure {
        let text = DiagnosticRenderer(files: files).render(diagnostics.sorted)
        return InputFailure(
            message: "the input can not be used\n\(text.hasSuffix("\n") ? String(text.dropLast()) : text)")
    }
}
