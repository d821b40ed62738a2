internal import HTTPTypes
package import OktaRuntime

/// Why a command ended, with what to do about it.
package struct CommandFailure: Error, Sendable, CustomStringConvertible {
    /// The exit code of the program.
    package let exitCode: ExitCode
    /// One sentence without a full stop, safe to show.
    package let message: String
    /// What to do; nil where the message says it.
    package let advice: String?

    package init(_ exitCode: ExitCode, _ message: String, advice: String? = nil) {
        self.exitCode = exitCode
        self.message = message
        self.advice = advice
    }

    /// A mistake in the command line, or in a file named in it.
    package static func usage(_ message: String, advice: String? = nil) -> CommandFailure {
        CommandFailure(.usage, message, advice: advice)
    }

    /// The same failure of work that is done before the first change. An interruption then says that nothing was sent.
    package var beforeChanges: CommandFailure {
        // A question that is interrupted says so already.
        exitCode == .interrupted && !message.contains("nothing was")
            ? CommandFailure(.interrupted, "interrupted; nothing was sent") : self
    }

    /// Nobody reads the output any more, so that the command ends without a word.
    package static let outputClosed = CommandFailure(.done, "the output is closed")

    package var description: String { advice.map { "\(message)\n\($0)" } ?? message }

    /// Message and advice in one line, for a cell of a table.
    package var line: String { description.split(separator: "\n").joined(separator: ". ") }
}

extension CommandFailure {
    /// The failure of work that makes calls and more, such as reading all pages of a list into a journal.
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
    /// The exit code of a failed call.
    package init(_ error: OktaError) {
        switch error {
        case .configuration, .invalidRequest: self = .usage
        case .transport: self = .network
        case .authorization: self = .authorization
        case .api(let failure) where failure.status.code == 401 || failure.status.code == 403: self = .authorization
        case .cancelled: self = .interrupted
        default: self = .refused
        }
    }
}
