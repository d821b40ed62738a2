import ArgumentParser
import Foundation

/// Runs a command and prints its CPU seconds, which depend less on the machine's load than elapsed time, and the memory
/// of its largest process.
@main
struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Runs a command and prints its CPU time and peak memory.")

    @Option(help: "What the command is, for the printed line.")
    var label: String

    @Argument(parsing: .captureForPassthrough, help: "The command and its arguments.")
    var command: [String]

    func run() throws {
        let before = Self.childUsage()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command.first == "--" ? Array(command.dropFirst()) : command
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let after = Self.childUsage()
        let cpu = Self.seconds(after) - Self.seconds(before)
        #if os(Linux)
        let peakBytes = after.ru_maxrss * 1024
        #else
        let peakBytes = after.ru_maxrss
        #endif
        let seconds = String(format: "%.2f", cpu)
        print("\(label): \(seconds) CPU seconds, largest process \(peakBytes >> 20) MiB")
        if process.terminationStatus != 0 { throw ExitCode(process.terminationStatus) }
    }

    private static func childUsage() -> rusage {
        var usage = rusage()
        #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        #else
        getrusage(RUSAGE_CHILDREN, &usage)
        #endif
        return usage
    }

    private static func seconds(_ usage: rusage) -> Double {
        func value(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return value(usage.ru_utime) + value(usage.ru_stime)
    }
}
