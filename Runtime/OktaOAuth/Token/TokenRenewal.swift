internal import OktaRuntime

/// How asking for a token has ended, for all who waited for it.
struct TokenRenewal: Sendable {
    let result: Result<AccessToken, OktaError>

    /// Whether there was no other token to go on with when it began. One that was not urgent gives up early.
    let isUrgent: Bool
}
