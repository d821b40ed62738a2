import OktaOAuth
import OktaRuntime

/// An org, a client's credentials for it, and a caller that uses them.
struct TestSetup {
    let time: SimulatedTime
    let org: TestOrg
    let caller: TestCaller
    let credentials: OAuthClientCredentials

    init(
        _ rules: TestOrg.Rules = TestOrg.Rules(), options: OAuthClientCredentials.Options = .init(),
        scopes: [String] = ["okta.users.read", "okta.groups.manage"], key: OAuthPrivateKey? = nil,
        skew: Double = 0, gate: Gate = Gate(isOpen: true)
    ) throws {
        let key = try key ?? Fixture.signingKey()
        time = SimulatedTime(skew: skew)
        org = try TestOrg(publicKey: key.publicJWK ?? "", time: time, gate: gate, rules)
        credentials = try OAuthClientCredentials(
            clientID: TestOrg.clientID, scopes: scopes, privateKey: key, options: options)
        caller = TestCaller(credentials, org, time: time)
    }
}

/// The failure in an error of kind `authorization`.
func authorizationFailure(_ error: any Error) -> AuthorizationFailure? {
    guard case OktaError.authorization(let failure) = error else { return nil }
    return failure
}
