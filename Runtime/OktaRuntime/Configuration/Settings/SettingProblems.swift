/// Collects what is wrong with several settings, so that all of it is told at once.
package struct SettingProblems {
    private var failures: [ConfigurationFailure] = []

    package init() {}

    /// Reads one setting.
    ///
    /// - Returns: The value; nil when the setting is wrong or missing, which is noted.
    /// - Throws: Any other error than ``OktaError/configuration(_:)``.
    package mutating func collect<Value>(_ read: () throws(OktaError) -> Value) throws(OktaError) -> Value? {
        do throws(OktaError) {
            return try read()
        } catch {
            guard case .configuration(let failure) = error else { throw error }
            failures += failure.parts.isEmpty ? [failure] : failure.parts
            return nil
        }
    }

    /// Throws what has been noted, if anything has.
    package func check() throws(OktaError) {
        guard let first = failures.first else { return }
        throw .configuration(failures.count == 1 ? first : ConfigurationFailure(parts: failures))
    }

    /// A value that is there unless something has been noted.
    package func require<Value>(_ value: Value?) throws(OktaError) -> Value {
        try check()
        guard let value else { throw .configuration(ConfigurationFailure(message: "a setting is missing")) }
        return value
    }
}

extension ConfigurationFailure {
    /// Several failures as one.
    fileprivate init(parts: [ConfigurationFailure]) {
        let lines = parts.map { "\n- \($0.description)" }.joined()
        self.init(message: "\(parts.count) settings are missing or wrong:\(lines)")
        self.parts = parts
    }
}
