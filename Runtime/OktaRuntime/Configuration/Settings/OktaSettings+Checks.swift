extension OktaSettings {
    /// Reads a setting that has to be made.
    func required<Value>(
        _ name: SettingName, _ what: String, as read: (String) throws(OktaError) -> Value
    ) throws(OktaError) -> Value {
        guard let value = try optional(name, as: read) else { throw missing(name, what) }
        return value
    }

    /// Reads a setting; what is wrong with it is told with its source.
    func optional<Value>(
        _ name: SettingName, as read: (String) throws(OktaError) -> Value
    ) throws(OktaError) -> Value? {
        guard let setting = self[name] else { return nil }
        return try checking(name) { () throws(OktaError) in try read(setting.text) }
    }

    /// What to say when a setting is not made.
    func missing(_ name: SettingName, _ what: String) -> OktaError {
        var message =
            "\(what) is missing: set \(group.variable(for: name)), or \(group.path).\(name.rawValue) in an okta.yaml that OktaProfiles reads"
        if let remark = unread.remark(on: name, read: group.variable(for: name)) { message += "; \(remark)" }
        if !unrecognized.isEmpty { message += "; no settings are: \(unrecognized.joined(separator: ", "))" }
        return .configuration(ConfigurationFailure(message: message))
    }

    /// A number of seconds.
    func seconds(_ name: SettingName) throws(OktaError) -> Duration? {
        try optional(name) { text throws(OktaError) in
            guard let seconds = Double(text.trimmingSpace()), (0...86_400).contains(seconds) else {
                throw .configuration(
                    ConfigurationFailure(
                        message: "\(name.rawValue) is not a number of seconds from 0 to 86400, such as 30"))
            }
            return .seconds(seconds)
        }
    }

    /// A whole number within a range.
    func integer(_ name: SettingName, in range: ClosedRange<Int>) throws(OktaError) -> Int? {
        try optional(name) { text throws(OktaError) in
            guard let number = Int(text.trimmingSpace()), range.contains(number) else {
                throw .configuration(
                    ConfigurationFailure(
                        message:
                            "\(name.rawValue) is not a whole number from \(range.lowerBound) to \(range.upperBound)"))
            }
            return number
        }
    }
}
