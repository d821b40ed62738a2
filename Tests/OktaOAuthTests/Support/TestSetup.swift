import OktaOAuth
import OktaRuntime

/// An org, client credentials for it, and a caller that uses them.
struct TestSetup<Time: TestTime>: Sendable {
    let time: Time
    let org: TestOrg
    let caller: TestCaller
    let credentials: OAuthClientCredentials

    init(
        _ rules: TestOrg.Rules = TestOrg.Rules(), options: OAuthClientCredentials.Options = .init(),
        scopes: [String] = ["okta.users.read", "okta.groups.manage"], key: OAuthPrivateKey? = nil,
        gate: Gate = Gate(isOpen: true), time: Time
    ) throws {
        let key = try key ?? Fixture.signingKey()
        self.time = time
        org = try TestOrg(publicKey: key.publicJWK ?? "", time: time, gate: gate, rules)
        credentials = try OAuthClientCredentials(
            clientID: TestOrg.clientID, scopes: scopes, privateKey: key, options: options)
        caller = TestCaller(credentials, org, time: time)
    }
}

extension TestSetup where Time == SimulatedTime {
    /// Creates a setup in a simulated time, which waits advance.
    init(
        _ rules: TestOrg.Rules = TestOrg.Rules(), options: OAuthClientCredentials.Options = .init(),
        scopes: [String] = ["okta.users.read", "okta.groups.manage"], key: OAuthPrivateKey? = nil,
        skew: Double = 0, gate: Gate = Gate(isOpen: true)
    ) throws {
        try self.init(
            rules, options: options, scopes: scopes, key: key, gate: gate, time: SimulatedTime(skew: skew))
    }
}

/// The failure in an error of kind `authorization`.
func authorizationFailure(_ error: any Error) -> OktaError.AuthorizationFailure? {
    guard case OktaError.authorization(let failure) = error else { return nil }
    return failure
}

extension OktaConfiguration {
    /// The configuration for calls with retries. On a busy machine, the default total time limit would end them first.
    static func patient(_ authorization: some RequestAuthorization) throws(OktaError) -> OktaConfiguration {
        var configuration = try OktaConfiguration(orgURL: TestOrg.url, authorization: authorization)
        configuration.timeouts = TransportRequest.Timeouts(connect: .seconds(1800), idle: .seconds(1800))
        return configuration
    }
}
