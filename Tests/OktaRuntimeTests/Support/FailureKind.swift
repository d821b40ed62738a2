import OktaRuntime

/// Returns the kind of failure of a closure; `nil` if it succeeds.
func failureKind(of body: () async throws(TransportError) -> Void) async -> TransportError.Kind? {
    do {
        try await body()
        return nil
    } catch {
        return error.kind
    }
}

extension HTTPTransport {
    /// Returns the kind of failure of a request; `nil` if it gets a response.
    func failureKind(of request: TransportRequest) async -> TransportError.Kind? {
        do {
            _ = try await send(request)
            return nil
        } catch {
            return error.kind
        }
    }
}
