/// What a caller changes about single calls; see ``OktaClient/with(_:)``.
public struct CallOptions: Sendable {
    /// The longest wait for the whole call; `nil` for the configuration's.
    public var timeout: Duration?

    /// Header fields to add, over those of the action.
    public var headers: RequestHeaders = [:]

    /// Creates options that change nothing.
    public init() {}
}
