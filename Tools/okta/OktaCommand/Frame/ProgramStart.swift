#if CommandLine
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import Dispatch

/// The start and the end of the process.
package enum ProgramStart {
    /// Runs the command line of the process and exits with its code.
    ///
    /// It is called before anything asynchronous: the executor of tasks opens descriptors.
    package static func run() -> Never {
        reserveStandardStreams()
        Task { await perform() }
        dispatchMain()
    }

    private static func perform() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let context = ProgramContext(environment: environment(), workingDirectory: workingDirectory())
        // A reader that ends early, such as `head`, is not an error.
        signal(SIGPIPE, SIG_IGN)
        let work = Task { await OktaProgram(context).run(arguments) }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // The first signal cancels the task; a second one exits immediately.
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

    /// Reserves the descriptors of standard streams that the caller has closed. Otherwise the next opened file, such
    /// as a run's journal or a queue of the system, would get the descriptor and receive the output.
    ///
    /// Each is opened for the other direction, so that its use fails as for a closed stream.
    private static func reserveStandardStreams() {
        for (number, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)] where fcntl(number, F_GETFD) == -1 {
            // `open` returns the lowest free descriptor, which is the missing one.
            _ = open("/dev/null", mode)
        }
    }

    // From the system instead of Foundation, whose first use costs a short command a tenth of its memory.

    /// Returns the environment variables. The first of duplicate names counts, as in `getenv`.
    private static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let variable = String(cString: text)
            if let sign = variable.firstIndex(of: "=") {
                let name = String(variable[..<sign])
                if variables[name] == nil { variables[name] = String(variable[variable.index(after: sign)...]) }
            }
            entry += 1
        }
        return variables
    }

    private static func workingDirectory() -> String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }
}
#endif
