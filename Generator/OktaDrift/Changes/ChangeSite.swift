public import OktaCatalog
public import YAML

/// The subject of a change, and its locations in both inputs.
public struct ChangeSite: Sendable, Hashable {
    /// The subject: an operation, a symbol of the library, a field of a model, a file.
    public var subject: String
    /// The operation, when only one operation is affected.
    public var operation: OperationIdentity?
    /// The location in the old input; nil for an addition.
    public var old: SourceLocation?
    /// The location in the new input; nil for a removal.
    public var new: SourceLocation?

    /// Creates a site.
    public init(
        _ subject: String, operation: OperationIdentity? = nil, old: SourceLocation? = nil, new: SourceLocation? = nil
    ) {
        self.subject = subject
        self.operation = operation
        self.old = old
        self.new = new
    }

    /// The same subject at other locations.
    func at(old: SourceLocation? = nil, new: SourceLocation? = nil) -> ChangeSite {
        ChangeSite(subject, operation: operation, old: old, new: new)
    }

    /// Another subject at the same locations.
    func named(_ subject: String) -> ChangeSite {
        ChangeSite(subject, operation: operation, old: old, new: new)
    }
}
