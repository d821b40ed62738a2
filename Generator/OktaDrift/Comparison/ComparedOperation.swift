public import OktaCatalog

/// An operation in the result of a comparison.
public struct ComparedOperation: Sendable, Hashable, Comparable {
    /// Its identity.
    public let identity: OperationIdentity
    /// The path as written in the newer of its two inputs.
    public let path: String

    init(_ operation: OperationDescription) {
        identity = operation.identity
        path = operation.path
    }

    /// Orders as identities are ordered.
    public static func < (left: ComparedOperation, right: ComparedOperation) -> Bool { left.identity < right.identity }
}
