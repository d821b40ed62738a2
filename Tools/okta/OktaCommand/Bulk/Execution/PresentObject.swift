internal import HTTPTypes
internal import OktaRuntime

/// Reads the current state of objects.
struct PresentObject: Sendable {
    private let client: OktaClient

    init(_ client: OktaClient) { self.client = client }

    /// Returns the object that an action reads; nil if it does not exist.
    func read(_ reading: RelatedAction, _ values: [String: String]) async throws(CommandFailure) -> JSON? {
        try await read(ActionCall(reading.action, values: reading.values(from: values)))
    }

    /// Returns the object that a call reads; nil if it does not exist.
    func read(_ call: ActionCall) async throws(CommandFailure) -> JSON? {
        do throws(OktaError) {
            return try await client.send(call.request(sendingThrough: client)).json()
        } catch {
            guard case .api(let failure) = error else { throw CommandFailure(error) }
            switch failure.status.code {
            // A 404 of the org has an error code; a proxy's has none.
            case 404 where failure.code != nil: return nil
            // This object must not be read. Others may be readable, unless the token lacks the scope.
            case 403 where !failure.concernsToken: throw CommandFailure(.refused, "\(error)")
            default: throw CommandFailure(error)
            }
        }
    }
}

extension OktaError.APIFailure {
    /// Whether the token was rejected, so that every further call would fail.
    var concernsToken: Bool { status.code == 401 || isInsufficientScope || neededToken != nil }
}

extension ActionCall {
    /// Returns the request, or throws the library's errors.
    func request(sendingThrough client: OktaClient) throws(OktaError) -> OktaRequest {
        do throws(CommandFailure) { return try request(through: client) } catch {
            throw .invalidRequest(error.message)
        }
    }
}
