/// The exit code of the program.
package enum ExitCode: Int32, Sendable {
    /// Success.
    case done = 0
    /// The API rejected a call, or its response could not be read.
    case refused = 1
    /// An error in the command line, or in a file that it names.
    case usage = 2
    /// The org could not be reached, or did not respond in time.
    case network = 3
    /// The org rejected the credentials, or they lack a permission.
    case authorization = 4
    /// A run over a set completed partially.
    case partlyDone = 5
    /// The user or the system interrupted the program.
    case interrupted = 130
}
