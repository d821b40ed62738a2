import Foundation

/// A separate folder for one test, removed at its end.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("okta-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func text(of name: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    /// The texts of all files by path, including hidden ones; for symbolic links, the destination.
    var texts: [String: String] { Self.texts(at: path) }

    static func texts(at path: String) -> [String: String] {
        var texts: [String: String] = [:]
        for name in FileManager.default.enumerator(atPath: path)?.compactMap({ $0 as? String }) ?? [] {
            let full = "\(path)/\(name)"
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: full) {
                texts[name] = "-> \(target)"
            } else if let data = try? Data(contentsOf: URL(fileURLWithPath: full)) {
                texts[name] = String(decoding: data, as: UTF8.self)
            }
        }
        return texts
    }

    func link(_ name: String, to target: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: target)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
}
