extension OpenAPIDocument.Operation {
    /// What identifies the operation.
    public var identity: OperationIdentity { OperationIdentity(method, path) }
}
