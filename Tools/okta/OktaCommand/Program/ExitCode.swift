/// How the program ended, as its exit code.
package enum ExitCode: Int32, Sendable {
    /// All was done.
    case done = 0
    /// The API refused a call, or its response could not be read.
    case refused = 1
    /// The command line is wrong, or a file named in it.
    case usage = 2
    /// The org could not be reached, or did not answer in time.
    case network = 3
    /// The org did not accept the credentials, or they lack a permission.
    case authorization = 4
    /// A run over a set was done in part.
    case partlyDone = 5
    /// The person or the system interrupted the program.
    case interrupted = 130
}
