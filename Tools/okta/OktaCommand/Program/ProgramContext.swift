package import OktaRuntime

/// What a command reads from outside of its arguments: the environment, the streams and the user's folders.
///
/// Nothing else of the program reads the environment, so a test replaces it as a whole.
package struct ProgramContext: Sendable {
    /// The environment variables.
    package var environment: [String: String]
    /// The working directory.
    package var workingDirectory: String
    /// Where results go.
    package var output: TextOutput
    /// Where notices, questions and errors go.
    package var notices: TextOutput
    /// Where answers and bodies named `-` come from.
    package var input: TextInput
    /// Who observes the calls of the clients that the command makes, such as its progress.
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

    /// Whether marks by colours are wanted, where a stream is a terminal (https://no-color.org).
    package var allowsColor: Bool {
        (environment["NO_COLOR"] ?? "").isEmpty && obeysMarks
    }

    /// Whether a terminal has colours, and can draw over what it shows. A dumb one, such as a shell within an editor, and one
    /// that says nothing about itself do not.
    package var obeysMarks: Bool { !["", "dumb"].contains(environment["TERM"] ?? "") }

    /// The file with the certificate authorities to trust, by the variable of OpenSSL that curl and others know, too; nil
    /// for the system's.
    package var caBundlePath: String? { environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 } }

    /// The folder of the user's settings: `$XDG_CONFIG_HOME/okta`, or `~/.config/okta`.
    package func settingsFolder() throws(CommandFailure) -> String { try folder("XDG_CONFIG_HOME", "/.config") }

    /// The folder of what the program keeps between runs: `$XDG_STATE_HOME/okta`, or `~/.local/state/okta`.
    package func stateFolder() throws(CommandFailure) -> String { try folder("XDG_STATE_HOME", "/.local/state") }

    /// The folder of what can be made again: `$XDG_CACHE_HOME/okta`, or `~/.cache/okta`.
    package func cacheFolder() throws(CommandFailure) -> String { try folder("XDG_CACHE_HOME", "/.cache") }

    private func folder(_ variable: String, _ underHome: String) throws(CommandFailure) -> String {
        // The specification of these folders has relative paths ignored.
        if let folder = environment[variable], folder.hasPrefix("/") { return "\(folder)/okta" }
        guard let home = environment["HOME"], !home.isEmpty else {
            throw .usage("there is no home folder", advice: "Set HOME or \(variable).")
        }
        return "\(home)\(underHome)/okta"
    }
}
