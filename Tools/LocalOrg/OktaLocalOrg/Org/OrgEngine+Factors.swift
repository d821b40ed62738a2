extension OrgEngine {
    /// The code that a factor waits for: the one that was sent last, or that an authenticator app would show now.
    ///
    /// - Parameter factor: The id of a factor.
    /// - Returns: Six digits; nil where the factor waits for no code.
    public func passCode(ofFactor factor: String) -> String? {
        edit(state: { org in FactorProofs.passCode(ofFactor: factor, org) })
    }

    /// Does what the owner of a device does with a push: completes its enrollment, or answers what waits for it.
    ///
    /// - Parameters:
    ///   - factor: The id of a push factor.
    ///   - accepting: Whether the push is accepted rather than rejected.
    /// - Returns: Whether there is such a factor.
    @discardableResult
    public func answerPush(toFactor factor: String, accepting: Bool = true) -> Bool {
        edit(state: { org in FactorPushes.answer(pushTo: factor, accepting: accepting, &org) })
    }
}
