extension OktaSettings {
    /// Reads a required setting.
    func required<Value>(
        _ name: OktaSettings.Key, _ what: String, as read: (String) throws(OktaError) -> Value
    ) throws(OktaError) -> Value {
        guard let value = try optional(name, as: read) else { throw missing(name, what) }
        return value
    }

    /// Reads an optional setting. An error names its source.
    func optional<Value>(
        _ name: OktaSettings.Key, as read: (String) throws(OktaError) -> Value
    ) throws(OktaError) -> Value? {
        guard let setting = self[name] else { return nil }
        return try checking(name) { () throws(OktaError) in try read(setting.text) }
    }

    /// Creates the error for a missing setting.
    func missing(_ name: OktaSettings.Key, _ what: String) -> OktaError {
        var message =
            "\(what) is missing: set \(group.variable(for: name)), or \(group.path).\(name.rawValue) in an "
            + "okta.yaml that OktaSettingsFile reads"
        var remarks: [String] = []
        if let remark = unread.remark(on: name, read: group.variable(for: name)) { remarks.append(remark) }
        if !unrecognized.isEmpty { remarks.append("unrecognized settings: \(unrecognized.joined(separator: ", "))") }
        for remark in remarks { message += "; \(remark)" }
        var failure = OktaError.ConfigurationFailure(message: message)
        failure.missing = MissingSetting(
            name: name.rawValue, what: what, variable: group.variable(for: name), remarks: remarks)
        return .configuration(failure)
    }

    /// Reads a number of seconds, up to a day.
    func seconds(_ name: OktaSettings.Key, allowsZero: Bool = true) throws(OktaError) -> Duration? {
        try optional(name) { text throws(OktaError) in
            guard let seconds = Double(text.trimmingSpace()), (0...86_400).contains(seconds) else {
                throw .configuration(
                    .init(
                        message: "\(name.rawValue) must be a number of seconds from 0 to 86400, such as 30"))
            }
            guard allowsZero || seconds > 0 else {
                throw .configuration(.init(message: "\(name.rawValue) must not be 0", suggestion: "10"))
            }
            return .seconds(seconds)
        }
    }

    /// Reads a whole number within a range.
    func integer(_ name: OktaSettings.Key, in range: ClosedRange<Int>) throws(OktaError) -> Int? {
        try optional(name) { text throws(OktaError) in
            guard let number = Int(text.trimmingSpace()), range.contains(number) else {
                throw .configuration(
                    .init(
                        message:
                            "\(name.rawValue) must be a whole number from \(range.lowerBound) to \(range.upperBound)"))
            }
            return number
        }
    }
}

extension OktaSettings {
    /// Validates or parses a setting. An error names its source.
    ///
    /// - Throws: The error of the check. An ``OktaError/configuration(_:)`` begins with the variable or the file
    ///   location of the setting, unless it was set in code.
    package func checking<Value>(
        _ name: OktaSettings.Key, _ check: () throws(OktaError) -> Value
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

extension OktaSettings {
    /// The settings of the mode `PrivateKey`, not yet parsed. The module `OktaOAuth` authenticates with them.
    public struct PrivateKey: Sendable, Hashable {
        /// The id of the app to sign in as.
        public let clientID: String

        /// The scopes to request, at least one.
        public let scopes: [String]

        /// The app's private key, or the path of its file. It is never printed.
        public let privateKey: OktaSettings.Value

        /// The id of the private key, if it is set separately.
        public let keyID: String?
    }
}

extension OktaSettings {
    /// Returns the settings of the mode `PrivateKey`.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` naming the settings that are missing or invalid.
    public func privateKeySettings() throws(OktaError) -> OktaSettings.PrivateKey {
        var problems = SettingProblems()
        let clientID = try problems.collect { () throws(OktaError) in
            try required(.clientID, "the id of the app to sign in as") { text throws(OktaError) in
                let id = text.trimmingSpace()
                guard !id.contains("{"), !id.contains("<"), id.lowercased() != "clientid" else {
                    throw .configuration(
                        .init(
                            message: "clientId is a placeholder; replace it with the app's client id")
                    )
                }
                return id
            }
        }
        let scopes = try problems.collect { () throws(OktaError) in
            try required(.scopes, "the list of scopes") { text throws(OktaError) in
                let scopes = text.split { $0.isWhitespace || $0 == "," }.map(String.init)
                guard !scopes.isEmpty else {
                    throw .configuration(
                        .init(
                            message: "scopes is empty; it must be a list such as okta.users.read"))
                }
                return scopes
            }
        }
        let key = try problems.collect { () throws(OktaError) in
            guard let key = self[.privateKey] else { throw missing(.privateKey, "the private key") }
            return key
        }
        return OktaSettings.PrivateKey(
            clientID: try problems.require(clientID), scopes: try problems.require(scopes),
            privateKey: try problems.require(key), keyID: self[.keyID]?.text.trimmingSpace())
    }
}
