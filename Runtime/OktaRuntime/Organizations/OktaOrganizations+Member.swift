extension OktaOrganizations {
    /// One of several orgs, with its client.
    public struct Member: Sendable {
        /// The program's name for the org.
        public let name: String

        /// The org's client, with separate credentials, limits and clock. It shares nothing that another org could use
        /// up.
        public let client: OktaClient

        /// The program's ids of the tenants that belong to the org.
        public let tenants: [String]
    }
}

extension OktaOrganizations.Member: CustomStringConvertible {
    /// The name and the org's URL.
    public var description: String { "\(name) (\(client.configuration.orgURL))" }
}

extension OktaOrganizations {
    /// The result of an operation in one of several orgs.
    public struct Result<Value: Sendable>: Sendable {
        /// The org.
        public let organization: Member

        /// The value or the error; ``OktaError/cancelled`` when the operation was cancelled before it began.
        public let outcome: Swift.Result<Value, any Error>

        /// The value; `nil` when the operation failed in this org.
        public var value: Value? { try? outcome.get() }

        /// The error; `nil` when the operation succeeded in this org.
        public var error: (any Error)? {
            if case .failure(let error) = outcome { error } else { nil }
        }
    }
}
