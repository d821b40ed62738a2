import OktaRuntime

/// The kind of failure of a body; `nil` when it ends well.
func failureKind(of body: () async throws(TransportError) -> Void) async -> TransportError.Kind? {
    do {
        try await body()
        return nil
    } catch {
        return error.kind
    }
}
