import HTTPTypes

@testable import OktaRuntime

/// Makes a call, `GET /api/v1/users/{}`, that goes as its script says, in a time without real pauses.
///
/// - Parameters:
///   - steps: What becomes of the attempts.
///   - authorization: How the call signs in; nil for an API token.
///   - observer: Watches the call.
/// - Returns: How many milliseconds each pause would have taken.
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
    // How it ends is for the observer to tell.
    _ = try? await client.request(.get, "/api/v1/users/\("private-value")")
    return time.pauses
}
