#if CommandLine
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import Dispatch
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The start and the end of the process.
package enum ProgramStart {
    /// Runs the command line of the process, and ends it with the exit code.
    package static func run() async {
        let process = ProcessInfo.processInfo
        let context = ProgramContext(
            environment: process.environment, workingDirectory: FileManager.default.currentDirectoryPath)
        // A reader that ends early, such as `head`, is no error of ours.
        signal(SIGPIPE, SIG_IGN)
        let work = Task { await OktaProgram(context).run(Array(process.arguments.dropFirst())) }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // The first asks the work to end in order; a second does not wait for it.
            source.setEventHandler {
                if work.isCancelled { exit(ExitCode.interrupted.rawValue) }
                work.cancel()
            }
            source.resume()
            return source
        }
        let code = await work.value
        for source in sources { source.cancel() }
        exit(work.isCancelled && code != .done ? ExitCode.interrupted.rawValue : code.rawValue)
    }
}
#endif
