extension OrgEngine {
    /// Returns the code that a factor expects: the last one sent, or the current one of an authenticator app.
    ///
    /// - Parameter factor: The id of a factor.
    /// - Returns: Six digits; nil if the factor expects no code.
    public func passCode(ofFactor factor: String) -> String? {
        edit(state: { org in FactorProofs.passCode(ofFactor: factor, org) })
    }

    /// Simulates the user's response on a device: activates a pending enrollment, or responds to the waiting pushes.
    ///
    /// - Parameters:
    ///   - factor: The id of a push factor.
    ///   - accepting: Whether the user accepts the push rather than rejecting it.
    /// - Returns: Whether the factor exists.
    @discardableResult
    public func respondToPush(ofFactor factor: String, accepting: Bool = true) -> Bool {
        edit(state: { org in FactorPushes.respond(toAllOf: factor, accepting: accepting, &org) })
    }
}
