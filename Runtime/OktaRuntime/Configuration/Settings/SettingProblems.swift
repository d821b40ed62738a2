/// Collects the problems of several settings, so that one error reports them all.
package struct SettingProblems {
    private var failures: [ConfigurationFailure] = []

    package init() {}

    /// Reads one setting.
    ///
    /// - Returns: The value; nil when the setting is invalid or missing, which is recorded.
    /// - Throws: Any error other than ``OktaError/configuration(_:)``.
    package mutating func collect<Value>(_ read: () throws(OktaError) -> Value) throws(OktaError) -> Value? {
        do throws(OktaError) {
            return try read()
        } catch {
            guard case .configuration(let failure) = error else { throw error }
            failures += failure.parts.isEmpty ? [failure] : failure.parts
            return nil
        }
    }

    /// Throws the recorded problems, if any.
    package func check() throws(OktaError) {
        guard let first = failures.first else { return }
        throw .configuration(failures.count == 1 ? first : ConfigurationFailure(parts: failures))
    }

    /// Unwraps a value that exists unless a problem was recorded.
    package func require<Value>(_ value: Value?) throws(OktaError) -> Value {
        try check()
        guard let value else { throw .configuration(ConfigurationFailure(message: "a setting is missing")) }
        return value
    }
}

extension ConfigurationFailure {
    /// Joins several failures into one.
    fileprivate init(parts: [ConfigurationFailure]) {
        let lines = parts.map { "\n- \($0.description)" }.joined()
        self.init(message: "\(parts.count) settings are missing or invalid:\(lines)")
        self.parts = parts
    }
}
