public import OktaCatalog

extension OpenAPIDocument {
    /// Whether the title is a text, or begins with its words. Okta adds and removes words at the end.
    public func isTitled(_ text: String) -> Bool {
        title == text || title.hasPrefix("\(text) ")
    }
}

extension OpenAPIDocument.Operation {
    /// The identity of the operation.
    public var identity: OperationIdentity { OperationIdentity(method, path) }
}
