import OktaCatalog
import YAML

/// What a change is about, and where both inputs say it.
public struct ChangeSite: Sendable, Hashable {
    /// What changed: an operation, a symbol of the library, a field of a model, a file.
    public var subject: String
    /// The operation, where one operation alone is concerned.
    public var operation: OperationIdentity?
    /// Where it stands in the old input; nil for what was added.
    public var old: SourceLocation?
    /// Where it stands in the new input; nil for what was removed.
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

    /// The same subject at other places.
    func at(old: SourceLocation? = nil, new: SourceLocation? = nil) -> ChangeSite {
        ChangeSite(subject, operation: operation, old: old, new: new)
    }

    /// Another subject at the same places.
    func named(_ subject: String) -> ChangeSite {
        ChangeSite(subject, operation: operation, old: old, new: new)
    }
}
