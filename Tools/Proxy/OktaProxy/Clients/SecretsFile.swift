#if Proxy
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
package import OktaCommand

/// The file with the secrets of local clients, one line `NAME SECRET` each, readable only by its owner.
package enum SecretsFile {
    /// Reads the secrets, and adds one for each name without one.
    ///
    /// - Parameters:
    ///   - path: The file, which is created if it does not exist.
    ///   - names: The clients that need a secret.
    package static func secrets(at path: String, for names: [String]) throws(CommandFailure) -> LocalSecrets {
        let file = PrivateFile(path)
        var entries: [LocalSecrets.Entry] = []
        if let bytes = try file.read() {
            try checkMode(path)
            entries = try parse(String(decoding: bytes, as: UTF8.self), path)
        }
        let missing = names.filter { name in !entries.contains { $0.name == name } }
        for name in missing { entries.append(LocalSecrets.Entry(name: name, secret: LocalSecrets.random())) }
        if !missing.isEmpty {
            let text = entries.map { "\($0.name) \($0.secret)\n" }.joined()
            try file.write(Array((comment + text).utf8))
        }
        guard !entries.isEmpty else {
            throw .usage("\(path) has no secret", advice: "Name a client with --client NAME, and it gets one.")
        }
        return LocalSecrets(entries)
    }

    private static let comment = """
        # Secrets of the local clients of `okta proxy --inject-token`: a name and a secret per line. They are valid only
        # for the proxy on this machine.

        """

    static func parse(_ text: String, _ path: String) throws(CommandFailure) -> [LocalSecrets.Entry] {
        var entries: [LocalSecrets.Entry] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 2, ClientNaming.isName(String(first)) else {
                throw .usage("line \(index + 1) of \(path) is not a name and a secret")
            }
            guard words[1].utf8.count >= 16, words[1].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw .usage(
                    "the secret in line \(index + 1) of \(path) is too short, or has characters that are not printable ASCII",
                    advice: "Use at least 16 characters, or remove the line and name the client with --client.")
            }
            guard !entries.contains(where: { $0.name == first || $0.secret == words[1] }) else {
                throw .usage("line \(index + 1) of \(path) repeats a name or a secret")
            }
            entries.append(LocalSecrets.Entry(name: String(first), secret: String(words[1])))
        }
        return entries
    }

    private static func checkMode(_ path: String) throws(CommandFailure) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw .usage("other users may read the secrets in \(path)", advice: "Run: chmod 600 \(path)")
        }
    }
}
#endif
