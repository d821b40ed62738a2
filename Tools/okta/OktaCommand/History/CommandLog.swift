#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
internal import OktaRuntime

/// The command log: time, org, command without secrets, and exit code, with one JSON value per line.
package struct CommandLog: Sendable {
    /// The path of the file.
    package let path: String
    private let largest: Int

    /// The number of rotated files that are kept.
    private static let kept = 3

    /// Creates a log.
    ///
    /// - Parameter largest: The size in bytes at which the log is rotated.
    package init(_ context: ProgramContext, largest: Int = 1 << 20) throws(CommandFailure) {
        path = try context.stateFolder() + "/commands.log"
        self.largest = largest
    }

    /// Adds a command. A failure to write the log does not fail the command.
    package func add(_ arguments: [String], orgs: [String], exitCode: ExitCode, at time: Date = Date()) {
        let line = JSON(members: [
            ("time", time.json), ("org", orgs.count == 1 ? JSON(orgs[0]) : JSON(orgs.map { JSON($0) })),
            ("command", JSON(ShownArguments.text(arguments))), ("exit", JSON(Int(exitCode.rawValue))),
        ])
        guard let lock = try? FileLock.take(path + ".lock") ?? waitBriefly() else { return }
        defer { withExtendedLifetime(lock) {} }
        rotate()
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        _ = DescriptorWriter.writeAll(Array((line.text + "\n").utf8), to: descriptor)
        close(descriptor)
    }

    /// Waits for the lock, which others hold only while writing a line.
    private func waitBriefly() throws(CommandFailure) -> FileLock? {
        for _ in 0..<50 {
            usleep(2000)
            if let lock = try FileLock.take(path + ".lock") { return lock }
        }
        return nil
    }

    private func rotate() {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size >= largest else { return }
        for number in stride(from: Self.kept - 1, through: 1, by: -1) {
            rename("\(path).\(number)", "\(path).\(number + 1)")
        }
        rename(path, "\(path).1")
    }
}
