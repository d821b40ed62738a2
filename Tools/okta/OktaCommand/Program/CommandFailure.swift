internal import HTTPTypes
package import OktaRuntime

/// The failure of a command, with advice.
package struct CommandFailure: Error, Sendable, CustomStringConvertible {
    /// The exit code of the program.
    package let exitCode: ExitCode
    /// One sentence without a full stop, free of secrets.
    package let message: String
    /// What to do; nil if the message states it.
    package let advice: String?

    package init(_ exitCode: ExitCode, _ message: String, advice: String? = nil) {
        self.exitCode = exitCode
        self.message = message
        self.advice = advice
    }

    /// Returns the failure for an error in the command line, or in a file that it names.
    package static func usage(_ message: String, advice: String? = nil) -> CommandFailure {
        CommandFailure(.usage, message, advice: advice)
    }

    /// The failure of work before the first change. An interruption then states that nothing was sent.
    package var beforeChanges: CommandFailure {
        // The message of an interrupted confirmation already states it.
        exitCode == .interrupted && !message.contains("nothing was")
            ? CommandFailure(.interrupted, "interrupted; nothing was sent") : self
    }

    /// The output is no longer read, so the command ends silently.
    package static let outputClosed = CommandFailure(.done, "the output is closed")

    package var description: String { advice.map { "\(message)\n\($0)" } ?? message }

    /// The message and the advice on one line, for a table cell.
    package var line: String { description.split(separator: "\n").joined(separator: ". ") }
}

extension CommandFailure {
    /// Creates the failure of work that does more than make calls, such as reading all pages of a list into a journal.
    package init(of error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as OktaError: self.init(error)
        case is CancellationError: self.init(.interrupted, "interrupted")
        default: self.init(.refused, "\(error)")
        }
    }
}

extension ExitCode {
    /// Creates the exit code of a failed call.
    package init(_ error: OktaError) {
        switch error {
        case .configuration, .invalidRequest: self = .usage
        case .transport: self = .network
        case .authorization: self = .authorization
        case .api(let failure) where failure.status.code == 401: self = .authorization
        case .api(let failure) where failure.status.code == 403 && !failure.concernsState: self = .authorization
        case .cancelled: self = .interrupted
        default: self = .refused
        }
    }
}

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

extension OktaError.APIFailure {
    /// Whether the state of the object does not permit the call. The org then responds with 403, as if the credentials
    /// lacked a permission.
    var concernsState: Bool { code.map(Self.codesOfStates.contains) ?? false }

    private static let codesOfStates: Set<OktaErrorCode> = [
        .unlockNotAllowed, .statusNotAllowed, .activeAppNotDeletable, .authenticatorInUse,
    ]
}
