#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A program `okta-NAME`, which is the subcommand `NAME`: one that is delivered with this program and stands beside it, or
/// any on the path.
package struct Plugin: Sendable, Hashable {
    /// The name of the subcommand.
    package let name: String
    /// The program.
    package let path: String

    private static let prefix = "okta-"
    /// What is delivered with this program, and what it does. Nothing else beside it is taken: it may stand in a folder of
    /// downloads.
    private static let delivered = ["proxy": "Puts other clients under an org's rate limits."]

    /// The plugin of a name; nil where there is none. The folder of this program counts before those of the path, of which
    /// the first that has it counts.
    package init?(_ name: String, _ context: ProgramContext) {
        // A name with a slash would leave the folders of the path.
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

    /// What it does, for one that is delivered with this program; the path of any other.
    package var summary: String { Self.delivered[name] ?? path }

    private init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    /// Every plugin, by name.
    package static func all(_ context: ProgramContext) -> [Plugin] {
        var found: [String: Plugin] = [:]
        for name in delivered.keys { found[name] = Plugin(name, context) }
        for folder in folders(context) {
            for file in FolderListing.names(in: folder) where file.hasPrefix(prefix) && file.count > prefix.count {
                let name = String(file.dropFirst(prefix.count))
                guard found[name] == nil, isProgram("\(folder)/\(file)") else { continue }
                found[name] = Plugin(name: name, path: "\(folder)/\(file)")
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    /// Becomes the plugin: its exit code is that of the command. It finds this program in `OKTA_CLI`.
    ///
    /// - Throws: A ``CommandFailure`` when the system cannot start it.
    package func run(_ arguments: [String], _ context: ProgramContext) throws(CommandFailure) {
        context.output.flush()
        context.notices.flush()
        var environment = context.environment
        environment["OKTA_CLI"] = Self.ownPath() ?? "okta"
        // What this program ignores, a new one would ignore, too.
        for number in [SIGPIPE, SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        execve(path, words, variables)
        let problem = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
        for text in words + variables { free(text) }
        throw .usage("\(path) cannot be started: \(problem)")
    }

    private static func folders(_ context: ProgramContext) -> [String] {
        // An empty part means the working directory, where no program should be found by accident.
        (context.environment["PATH"] ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    /// The folder in which this program stands.
    private static var ownFolder: String? {
        ownPath().flatMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    /// The full path of this program.
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
