#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A program `okta-NAME` for the subcommand `NAME`: one that is delivered next to this program, or any on the search
/// path.
package struct Plugin: Sendable, Hashable {
    /// The name of the subcommand.
    package let name: String
    /// The program.
    package let path: String

    private static let prefix = "okta-"
    /// The programs delivered with this one, with descriptions. Others in the same folder are ignored, since it may be
    /// a downloads folder.
    private static let delivered = ["proxy": "Puts other clients under an org's rate limits."]

    /// Finds the plugin with a name; nil if there is none. This program's folder precedes those of the search path.
    package init?(_ name: String, _ context: ProgramContext) {
        // A name with a slash would leave the search path.
        guard !name.isEmpty, !name.hasPrefix("-"), !name.contains("/") else { return nil }
        let own = Self.delivered[name] != nil ? Self.ownFolder.map { [$0] } ?? [] : []
        for folder in own + Self.folders(context) {
            let path = "\(folder)/\(Self.prefix)\(name)"
            if Self.isProgram(path) {
                self.name = name
                self.path = path
                return
            }
        }
        return nil
    }

    /// The description of a delivered program; the path of any other.
    package var summary: String { Self.delivered[name] ?? path }

    private init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    /// Returns all plugins by name.
    package static func all(_ context: ProgramContext) -> [Plugin] {
        var found: [String: Plugin] = [:]
        for name in delivered.keys { found[name] = Plugin(name, context) }
        for folder in folders(context) {
            for file in FolderNames.names(in: folder) where file.hasPrefix(prefix) && file.count > prefix.count {
                let name = String(file.dropFirst(prefix.count))
                guard found[name] == nil, isProgram("\(folder)/\(file)") else { continue }
                found[name] = Plugin(name: name, path: "\(folder)/\(file)")
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    /// Replaces this process by the plugin, which provides the exit code. `OKTA_CLI` contains the path of this
    /// program.
    ///
    /// - Throws: A ``CommandFailure`` if the system cannot start the plugin.
    package func run(_ arguments: [String], _ context: ProgramContext) throws(CommandFailure) {
        context.output.flush()
        context.notices.flush()
        var environment = context.environment
        environment["OKTA_CLI"] = Self.ownPath() ?? "okta"
        // Signals that this process ignores would also be ignored by the new program.
        for number in [SIGPIPE, SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        execve(path, words, variables)
        let problem = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
        for text in words + variables { free(text) }
        throw .usage("\(path) cannot be started: \(problem)")
    }

    private static func folders(_ context: ProgramContext) -> [String] {
        // An empty element is the working directory, which should not be searched by accident.
        (context.environment["PATH"] ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    /// The folder of this program.
    private static var ownFolder: String? {
        ownPath().flatMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    /// Returns the full path of this program.
    private static func ownPath() -> String? {
        #if os(Linux)
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = bytes.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { readlink("/proc/self/exe", $0.assumingMemoryBound(to: CChar.self), buffer.count) }
                ?? 0
        }
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count], as: UTF8.self)
        #else
        guard let first = CommandLine.arguments.first, let path = realpath(first, nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
        #endif
    }
}
