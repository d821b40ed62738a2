/// The storage of profiles' secrets: the desktop's keyring, or files that only the owner can read.
package struct SecretStore: Sendable {
    /// The location of a secret.
    package enum Place: Sendable, Hashable {
        case keyring
        case file
    }

    private let folder: String
    private let keyring: Keyring?

    package init(_ context: ProgramContext) throws(CommandFailure) {
        folder = try context.settingsFolder() + "/tokens"
        keyring = Keyring(context.environment)
    }

    /// Whether there is a keyring.
    package var hasKeyring: Bool { keyring != nil }

    /// Returns the secret of a profile and its location; nil if there is none.
    package func read(_ profile: String) throws(CommandFailure) -> (secret: String, place: Place)? {
        if let bytes = try file(profile).read() { return (String(decoding: bytes, as: UTF8.self), .file) }
        return keyring?.read(profile).map { ($0, .keyring) }
    }

    /// Stores a secret.
    ///
    /// - Returns: Its location, which is a file if the keyring does not store it.
    @discardableResult
    package func write(_ secret: String, of profile: String, to place: Place) throws(CommandFailure) -> Place {
        if place == .keyring, let keyring, keyring.write(profile, secret) {
            try file(profile).remove()
            return .keyring
        }
        try file(profile).write(Array(secret.utf8))
        return .file
    }

    /// Removes the secret of a profile from both locations.
    package func remove(_ profile: String) throws(CommandFailure) {
        try file(profile).remove()
        keyring?.remove(profile)
    }

    /// Returns the path of the lock for a profile's secret.
    package func lockPath(_ profile: String) -> String { "\(folder)/\(profile).lock" }

    private func file(_ profile: String) -> PrivateFile { PrivateFile("\(folder)/\(profile).json") }
}
