import Foundation
import OktaCatalog

/// The list of generated files with their hashes: what may be pruned, and by what a hand edit shows.
struct Manifest: Equatable {
    static let fileName = "manifest.json"
    /// Raised when the form of the output changes, so that an older generator is not mistaken for drift.
    static let currentFormat = 1

    var format: Int
    /// The SHA-256 of each file in hexadecimal, by path.
    var hashes: [String: String]

    init(of files: FileSet) {
        format = Self.currentFormat
        hashes = files.files.mapValues { SHA256.hexadecimal(of: $0.utf8) }
    }

    /// Reads a manifest; nil when the text is none.
    init?(text: String) {
        struct Stored: Decodable {
            var format: Int
            var files: [String: String]
        }
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(text.utf8)) else { return nil }
        format = stored.format
        hashes = stored.files
    }

    /// The manifest as JSON, a line a file.
    var text: String {
        // Paths are identifiers, `/`, `+` and `.`, and hashes are hexadecimal: neither needs escaping.
        let lines = hashes.sorted { $0.key < $1.key }.map { "    \"\($0.key)\": \"\($0.value)\"" }
        return "{\n  \"format\": \(format),\n  \"files\": {\n\(lines.joined(separator: ",\n"))\n  }\n}\n"
    }
}
