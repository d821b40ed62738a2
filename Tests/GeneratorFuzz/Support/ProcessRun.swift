import Foundation

/// A run of a program with its output.
package struct ProcessRun {
    private let process = Process()
    private let pipe = Pipe()

    /// Starts a program.
    package init(_ program: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    /// Ends the program as a power failure would.
    package func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// Waits for the end.
    package func finish() throws -> GeneratorCase.Ending {
        // Reads the pipe to its end before waiting, because a program stops when the pipe is full.
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let status =
            process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
        return GeneratorCase.Ending(status: status, output: String(decoding: data, as: UTF8.self))
    }
}
