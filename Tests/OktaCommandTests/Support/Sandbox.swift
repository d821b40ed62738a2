#if CommandLine && LocalOrg
import Foundation
import OktaLocalOrg
import Synchronization
import Testing

/// A person at a shell, with a separate home folder and usually an org. It runs the built `okta`.
///
/// ```swift
/// let org = try await LocalOrg.start()
/// let sandbox = try Sandbox(org)
/// let run = try await sandbox.okta("user", "list-users", "--format", "ndjson")
/// #expect(run.code == 0)
/// ```
final class Sandbox: Sendable {
    /// The folder that is HOME and the working directory. It is removed with the sandbox.
    let path: String
    private let org: LocalOrg?

    /// Creates a home folder.
    init(_ org: LocalOrg? = nil) throws {
        self.org = org
        let name = "okta-command-\(UUID().uuidString.prefix(8))"
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The environment of its programs. It has only PATH of the test's own environment.
    var environment: [String: String] {
        var variables = [
            "HOME": path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LANG": "C.UTF-8",
            "XDG_CONFIG_HOME": "\(path)/config", "XDG_STATE_HOME": "\(path)/state", "XDG_CACHE_HOME": "\(path)/cache",
            "TMPDIR": path, "TERM": "xterm-256color", "TZ": "UTC",
        ]
        if let org {
            variables["OKTA_CLIENT_ORGURL"] = org.url
            variables["OKTA_CLIENT_TOKEN"] = "local-org-token"
            // Calls have no time limit, because the machine may be busy.
            variables["OKTA_CLIENT_REQUESTTIMEOUT"] = "0"
        }
        return variables
    }

    /// Writes a file below the home folder.
    ///
    /// - Returns: The full path.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    /// Writes an executable script.
    ///
    /// Another program writes the file. If this process wrote it, each process that a test starts meanwhile would
    /// inherit the open file, and running the script would fail with "text file busy" until they close it.
    ///
    /// - Parameter path: A full path, or one below the home folder.
    func writeProgram(_ path: String, _ text: String) async throws {
        let source = try write("program-\(UUID().uuidString)", text)
        let target = path.hasPrefix("/") ? path : "\(self.path)/\(path)"
        let folder = URL(fileURLWithPath: target).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let copy = try start("/usr/bin/install", ["-m", "755", source, target])
        copy.closeInput()
        let outcome = await copy.outcome()
        try #require(outcome.code == 0, "\(outcome.errors)")
    }

    /// Returns the text of a file below the home folder.
    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - input: The standard input.
    ///   - environment: Variables that differ from ``environment``. An empty value removes a variable.
    ///   - terminal: The size of its terminal; nil for pipes.
    @discardableResult
    func okta(
        _ arguments: String..., input: String = "", environment: [String: String] = [:],
        terminal: TerminalSize? = nil
    ) async throws -> ProcessOutcome {
        try await okta(arguments, input: input, environment: environment, terminal: terminal)
    }

    /// Runs the program to its end with a list of arguments.
    @discardableResult
    func okta(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        terminal: TerminalSize? = nil
    ) async throws -> ProcessOutcome {
        let process = try start(arguments, environment: environment, terminal: terminal)
        if terminal == nil {
            process.send(input)
            process.closeInput()
        }
        return await process.outcome()
    }

    /// Starts the program, so that a test can type input, read output or kill it.
    func start(
        _ arguments: [String], environment: [String: String] = [:], terminal: TerminalSize? = nil
    ) throws -> ChildProcess {
        try start(Self.executable("okta"), arguments, environment: environment, terminal: terminal)
    }

    /// Starts another program in the same surroundings, such as a shell.
    func start(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], terminal: TerminalSize? = nil
    ) throws -> ChildProcess {
        var variables = self.environment.merging(environment) { $1 }
        for (name, value) in variables where value.isEmpty { variables[name] = nil }
        return try ChildProcess(program, arguments, environment: variables, directory: path, terminal: terminal)
    }

    /// The executable that the package manager built beside the tests.
    static func executable(_ name: String) throws -> String {
        let tests = try #require(
            Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.executableURL)
        let path = tests.deletingLastPathComponent().appendingPathComponent(name).path
        try #require(FileManager.default.isExecutableFile(atPath: path), "\(path)")
        return path
    }
}
#endif
