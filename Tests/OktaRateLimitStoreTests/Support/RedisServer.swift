#if Redis
import Foundation
import Synchronization
import Testing

/// A Redis server of one test, on a socket in a folder that goes with it.
final class RedisServer: Sendable {
    /// The program, which `Tests/Redis/with-redis` names; without it the tests that need it are skipped.
    static var program: String? { ProcessInfo.processInfo.environment["OKTA_TEST_REDIS_SERVER"] }

    let folder: URL
    private let arguments: [String]
    /// 0 while it does not run.
    private let process = Mutex<pid_t>(0)

    var socket: String { folder.appendingPathComponent("redis.sock").path }
    var url: String { "unix://\(socket)" }

    /// Starts a server.
    ///
    /// - Parameter arguments: More settings.
    init(_ arguments: [String] = []) async throws {
        // The path is short, because that of a socket may have only about 100 characters.
        folder = URL(fileURLWithPath: "/tmp/okta-redis-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.arguments = arguments
        try await start()
    }

    deinit {
        end()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts the server, and waits until it listens.
    ///
    /// - Parameter more: Settings of this start only.
    func start(_ more: [String] = []) async throws {
        try? FileManager.default.removeItem(atPath: socket)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.program))
        process.arguments =
            ["--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", folder.path]
            + arguments + more
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process.withLock { $0 = process.processIdentifier }
        // The socket exists before the server listens on it. A server that requires a password replies, too.
        #expect(await eventually { (try? self.command("PING").isEmpty) == false || !process.isRunning })
        try #require(process.isRunning, "the server does not start")
    }

    /// Kills the server, which loses all its data.
    func end() {
        process.withLock { number in
            guard number != 0 else { return }
            kill(number, SIGKILL)
            // Foundation reaps each process that ends, so its process id is no longer valid.
            while kill(number, 0) == 0 { usleep(1000) }
            number = 0
        }
    }

    /// Sends a signal, such as SIGSTOP.
    func signal(_ number: Int32) {
        process.withLock { if $0 != 0 { kill($0, number) } }
    }

    /// Runs a command of `redis-cli`.
    @discardableResult
    func command(_ words: String...) throws -> String {
        let program = try #require(Self.program).replacing("-server", with: "-cli")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-s", socket] + words
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
#endif
