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

extension HTTPTransport {
    /// The kind of failure of a request; `nil` when it is answered.
    func failureKind(of request: TransportRequest) async -> TransportError.Kind? {
        do {
            _ = try await send(request)
            return nil
        } catch {
            return error.kind
        }
    }
}
