/// What came of an operation in one of several orgs.
public struct OrganizationResult<Value: Sendable>: Sendable {
    /// The org.
    public let organization: Organization

    /// The value or the error; ``OktaError/cancelled`` where the operation was cancelled before it began.
    public let outcome: Result<Value, any Error>

    /// The value; `nil` when the operation failed in this org.
    public var value: Value? { try? outcome.get() }

    /// The error; `nil` when the operation succeeded in this org.
    public var error: (any Error)? {
        if case .failure(let error) = outcome { error } else { nil }
    }
}
