extension OktaSettings {
    /// Checks or reads what a setting holds; what is wrong with it is told with its source.
    ///
    /// - Throws: What the check throws. An ``OktaError/configuration(_:)`` begins with the variable or the place in a file
    ///   that the setting comes from, unless the program has made it.
    package func checking<Value>(
        _ name: SettingName, _ check: () throws(OktaError) -> Value
    ) throws(OktaError) -> Value {
        do throws(OktaError) {
            return try check()
        } catch {
            guard case .configuration(var failure) = error, let source = self[name]?.source, source != .code else {
                throw error
            }
            failure.message = "\(source): \(failure.message)"
            throw .configuration(failure)
        }
    }
}
