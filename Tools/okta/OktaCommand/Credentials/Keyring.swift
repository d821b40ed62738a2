#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The keyring of the desktop: libsecret through `secret-tool`, or that of macOS through `security`.
///
/// Secrets are passed on standard input, never as arguments, which every process of the machine can read.
package struct Keyring: Sendable, Hashable {
    private enum Kind: Hashable { case secretTool, security }

    private let kind: Kind
    private let path: String
    private let environment: [String: String]

    private static let service = "okta"

    /// Creates the keyring of the session; nil if there is none.
    package init?(_ environment: [String: String]) {
        self.environment = environment
        #if canImport(Darwin)
        kind = .security
        path = "/usr/bin/security"
        #else
        // Without a session bus there is no keyring, and `secret-tool` would try to start one.
        guard environment["DBUS_SESSION_BUS_ADDRESS"]?.isEmpty == false,
            let found = ToolProcess.find("secret-tool", environment)
        else { return nil }
        kind = .secretTool
        path = found
        #endif
    }

    /// Returns the secret of an account; nil if there is none, or the keyring is locked.
    package func read(_ account: String) -> String? {
        let arguments: [String] =
            switch kind {
            case .secretTool: ["lookup", "service", Self.service, "account", account]
            case .security: ["find-generic-password", "-s", Self.service, "-a", account, "-w"]
            }
        guard let result = ToolProcess.run(path, arguments, environment), result.status == 0 else { return nil }
        let text = String(decoding: result.output, as: UTF8.self)
        let secret = text.hasSuffix("\n") ? String(text.dropLast()) : text
        return secret.isEmpty ? nil : secret
    }

    /// Stores a secret.
    ///
    /// - Returns: Whether the keyring stored it.
    package func write(_ account: String, _ secret: String) -> Bool {
        let result: ToolProcess.Result?
        switch kind {
        case .secretTool:
            result = ToolProcess.run(
                path, ["store", "--label=Okta \(account)", "service", Self.service, "account", account], environment,
                input: secret)
        case .security:
            // `-i` reads the command from standard input.
            let command = [
                "add-generic-password", "-U", "-s", Self.service, "-a", Self.quoted(account), "-w",
                Self.quoted(secret),
            ]
            result = ToolProcess.run(path, ["-i"], environment, input: command.joined(separator: " ") + "\n")
        }
        // Some keyrings report success without storing anything, such as one without a default collection.
        return result?.status == 0 && read(account) == secret
    }

    /// Removes a secret, if there is one.
    package func remove(_ account: String) {
        switch kind {
        case .secretTool:
            _ = ToolProcess.run(path, ["clear", "service", Self.service, "account", account], environment)
        case .security:
            _ = ToolProcess.run(path, ["delete-generic-password", "-s", Self.service, "-a", account], environment)
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
