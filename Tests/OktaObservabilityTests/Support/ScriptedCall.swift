import HTTPTypes

@testable import OktaRuntime

/// Makes a scripted call `GET /api/v1/users/{}` without real pauses.
///
/// - Parameters:
///   - steps: The outcomes of the attempts.
///   - authorization: The authorization of the call; nil for an API token.
///   - observer: The observer of the call.
/// - Returns: The duration of each pause in milliseconds.
@discardableResult
func makeScriptedCall(
    _ steps: [ScriptedTransport.Step], authorization: (any RequestAuthorization)? = nil, observer: any ClientObserver
) async throws -> [Int64] {
    var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "private-token")
    if let authorization { configuration.authorization = authorization }
    configuration.observers = [observer]
    let time = InstantTime()
    let client = OktaClient(
        core: try ClientCore(configuration: configuration, transport: ScriptedTransport(steps), time: time))
    // The observer records the outcome.
    _ = try? await client.request(.get, "/api/v1/users/\("private-value")")
    return time.pauses
}

/// An authorization without credentials.
struct NoCredentials: RequestAuthorization {
    func credentials(for request: HTTPRequest, in session: AuthorizationContext) throws(OktaError) -> HTTPFields {
        throw .authorization(.init(message: "no key"))
    }

    var description: String { "no credentials" }
}
