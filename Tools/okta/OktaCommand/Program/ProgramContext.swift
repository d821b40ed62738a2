#if CommandLine
package import ArgumentParser
#endif
package import OktaRuntime

/// The context of a command outside of its arguments: the environment, the streams and the user's folders.
///
/// No other part of the program reads the environment, so tests can replace it.
package struct ProgramContext: Sendable {
    /// The environment variables.
    package var environment: [String: String]
    /// The working directory.
    package var workingDirectory: String
    /// The stream for results.
    package var output: TextOutput
    /// The stream for notices, questions and errors.
    package var notices: TextOutput
    /// The stream for responses and for bodies given as `-`.
    package var input: TextInput
    /// Observers of the command's clients, such as its progress line.
    package var observers: [any ClientObserver] = []

    package init(
        environment: [String: String], workingDirectory: String = ".", output: TextOutput = .standardOutput,
        notices: TextOutput = .standardError, input: TextInput = .standard
    ) {
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.output = output
        self.notices = notices
        self.input = input
    }

    /// Whether colors are allowed on a terminal (https://no-color.org).
    package var allowsColor: Bool {
        (environment["NO_COLOR"] ?? "").isEmpty && obeysMarks
    }

    /// Whether a terminal supports colors and overwriting. A dumb terminal, such as a shell in an editor, or an
    /// unknown one does not.
    package var obeysMarks: Bool { !["", "dumb"].contains(environment["TERM"] ?? "") }

    /// The file with the certificate authorities to trust, from OpenSSL's variable that curl and others also use; nil
    /// for the system's.
    package var caBundlePath: String? { environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 } }

    /// Returns the folder of the user's settings: `$XDG_CONFIG_HOME/okta`, or `~/.config/okta`.
    package func settingsFolder() throws(CommandFailure) -> String { try folder("XDG_CONFIG_HOME", "/.config") }

    /// Returns the folder of persistent state: `$XDG_STATE_HOME/okta`, or `~/.local/state/okta`.
    package func stateFolder() throws(CommandFailure) -> String { try folder("XDG_STATE_HOME", "/.local/state") }

    /// Returns the folder of caches: `$XDG_CACHE_HOME/okta`, or `~/.cache/okta`.
    package func cacheFolder() throws(CommandFailure) -> String { try folder("XDG_CACHE_HOME", "/.cache") }

    private func folder(_ variable: String, _ underHome: String) throws(CommandFailure) -> String {
        // The XDG specification requires that relative paths are ignored.
        if let folder = environment[variable], folder.hasPrefix("/") { return "\(folder)/okta" }
        guard let home = environment["HOME"], !home.isEmpty else {
            throw .usage("there is no home folder", advice: "Set HOME or \(variable).")
        }
        return "\(home)\(underHome)/okta"
    }
}

#if CommandLine
/// A command of the program that runs in a context.
package protocol ContextCommand: ParsableCommand {
    /// Runs the command.
    func run(_ context: ProgramContext) async throws
}
#endif
