import Foundation
import OktaCatalog
import YAML

/// The list of generated files with their hashes, for detecting manual edits.
struct Manifest: Equatable {
    static let fileName = "manifest.json"
    /// The output format, which is incremented when it changes, so that the output of an older generator is not
    /// reported as drift.
    static let currentFormat = 1

    /// The output format; nil if the text does not state it.
    var format: Int?
    /// The SHA-256 hashes of files in hexadecimal, by path. After a merge, a file may have two.
    private var hashes: [ExactText: Set<String>]

    init(of files: FileSet) {
        format = Self.currentFormat
        hashes = Dictionary(
            uniqueKeysWithValues: files.files.map { (ExactText($0), [SHA256.hexadecimal(of: $1.utf8)]) })
    }

    /// Parses a manifest as far as possible, even with merge conflict markers.
    init(reading bytes: [UInt8]) {
        hashes = [:]
        struct Stored: Decodable {
            var format: Int
            var files: [String: String]
        }
        if let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)) {
            format = stored.format
            hashes = Dictionary(
                stored.files.map { (ExactText($0), [$1]) }, uniquingKeysWith: { $0.union($1) })
            return
        }
        // This type writes one line per file, and merges keep lines intact.
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let parts = String(decoding: line, as: UTF8.self).split(separator: "\"", omittingEmptySubsequences: false)
            guard parts.count == 5, parts[3].utf8.count == 64 else { continue }
            hashes[ExactText(String(parts[1])), default: []].insert(String(parts[3]))
        }
    }

    /// Whether nothing could be parsed.
    var isEmpty: Bool { format == nil && hashes.isEmpty }

    /// Returns whether the file is listed.
    func lists(_ path: String) -> Bool { hashes[ExactText(path)] != nil }

    /// Returns whether a listed file has changed since it was generated.
    func isEdited(_ path: String, _ bytes: [UInt8]) -> Bool {
        guard let known = hashes[ExactText(path)] else { return false }
        if known.contains(SHA256.hexadecimal(of: bytes)) { return false }
        guard let unix = GeneratedText.withLineFeeds(bytes) else { return true }
        return !known.contains(SHA256.hexadecimal(of: unix))
    }

    /// The manifest as JSON, one line per file.
    var text: String {
        // Paths are identifiers, `/`, `+` and `.`, and hashes are hexadecimal: neither needs escaping.
        let lines = hashes.sorted { $0.key < $1.key }.flatMap { path, hashes in
            hashes.sorted().map { "    \"\(path)\": \"\($0)\"" }
        }
        let format = format ?? Self.currentFormat
        return "{\n  \"format\": \(format),\n  \"files\": {\n\(lines.joined(separator: ",\n"))\n  }\n}\n"
    }
}

/// The folders of modules below the output of several catalogs, recognized by their manifests.
public struct ModuleFolders: Sendable {
    /// Creates the search.
    public init() {}

    /// Returns the names of the folders that an earlier run wrote, in a fixed order; none if there is no output yet.
    ///
    /// - Throws: A ``FolderFailure`` when a folder cannot be read.
    public func names(below root: String) throws(FolderFailure) -> [String] {
        guard let folder = try OpenFolder.root(root, creating: false) else { return [] }
        var names: [String] = []
        for (name, kind) in try folder.entries() where kind == .folder && !name.hasPrefix(".") {
            guard let module = try folder.folder(name, creating: false),
                let bytes = try module.bytes(at: Manifest.fileName), !Manifest(reading: bytes).isEmpty
            else { continue }
            names.append(name)
        }
        return names.sorted()
    }
}
