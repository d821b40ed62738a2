public import OktaCatalog

extension OpenAPIDocument.Operation {
    /// The identity of the operation.
    public var identity: OperationIdentity { OperationIdentity(method, path) }
}
