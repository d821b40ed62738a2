#if CommandLine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import HTTPTypes
internal import OktaOAuth
internal import OktaRuntime

/// Signs in through a browser on this machine: authorization code with PKCE on a loopback port (RFC 8252).
package struct BrowserSignIn: Sendable {
    private let app: SignInApp
    private let receiver: LoopbackReceiver

    package init(_ app: SignInApp, receiver: LoopbackReceiver) {
        self.app = app
        self.receiver = receiver
    }

    /// Signs in.
    ///
    /// - Parameter show: Shows the URL to the user, or opens it.
    package func tokens(show: (String) async -> Void) async throws(CommandFailure) -> SignInTokens {
        let (state, proof) = (PKCE.randomText(), PKCE())
        await show(address(state: state, proof: proof))
        let parameters = try await receiver.redirect(state: state)
        guard let code = parameters["code"] else {
            let reason = parameters["error_description"] ?? parameters["error"] ?? "no code"
            throw CommandFailure(.authorization, "the org refused the sign-in: \(ForeignText.shown(reason))")
        }
        return try await app.tokens([
            "grant_type": "authorization_code", "code": JSON(code), "redirect_uri": JSON(receiver.redirectURI),
            "code_verifier": JSON(proof.verifier),
        ])
    }

    private func address(state: String, proof: PKCE) -> String {
        var parameters = [
            ("client_id", app.clientID), ("redirect_uri", receiver.redirectURI), ("response_type", "code"),
            ("scope", app.scopes.joined(separator: " ")), ("state", state), ("code_challenge", proof.challenge),
            ("code_challenge_method", "S256"),
        ]
        if let hint = app.loginHint { parameters.append(("login_hint", hint)) }
        let query = parameters.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        return "\(app.orgURL)/oauth2/v1/authorize?\(query)"
    }
}

/// The app that a user signs in to.
package struct SignInApp: Sendable {
    /// The validated URL of the org.
    package let orgURL: String
    /// The app's client id.
    package let clientID: String
    /// The scopes to request.
    package let scopes: [String]
    /// The login to prefill; nil for none.
    package let loginHint: String?
    /// The file with the certificate authorities to trust; nil for the system's.
    let caBundlePath: String?
    /// The DPoP key that the org may bind the tokens to.
    let session: DPoPSession

    /// Creates a key for one sign-in.
    package init(
        orgURL: String, clientID: String, scopes: [String], loginHint: String? = nil, caBundlePath: String? = nil
    ) throws(CommandFailure) {
        self.orgURL = orgURL
        self.clientID = clientID
        self.scopes = scopes
        self.loginHint = loginHint
        self.caBundlePath = caBundlePath
        do { session = try DPoPSession() } catch { throw CommandFailure(error) }
    }

    /// The default scopes, for an admin's everyday reading.
    package static let usualScopes = [
        "openid", "profile", "offline_access", "okta.orgs.read", "okta.users.read", "okta.groups.read",
        "okta.apps.read", "okta.roles.read", "okta.logs.read",
    ]

    func publicClient() throws(CommandFailure) -> PublicClient {
        do {
            return try PublicClient(
                orgURL: orgURL, clientID: clientID, session: session, caBundlePath: caBundlePath)
        } catch {
            throw CommandFailure(error)
        }
    }

    func tokens(_ form: JSON) async throws(CommandFailure) -> SignInTokens {
        let client = try publicClient()
        do { return try await client.tokens(form) } catch { throw Self.failure(error) }
    }

    /// Returns the failure of a call to an OAuth endpoint, whose errors are about credentials.
    static func failure(_ error: OktaError) -> CommandFailure {
        // An outage says nothing about the credentials.
        if case .api(let failure) = error, (400..<500).contains(failure.status.code), failure.status.code != 429 {
            return CommandFailure(.authorization, "\(error)", advice: advice(failure.code?.rawValue))
        }
        return CommandFailure(error)
    }

    private static func advice(_ code: String?) -> String? {
        switch code {
        case "invalid_client":
            "Check --client-id, and that the app is a native app without a client secret (authentication: none)."
        case "unauthorized_client":
            "Allow the grant in the app's settings: Device Authorization, or Authorization Code for --browser; and "
                + "Refresh Token for offline_access."
        case "invalid_scope", "consent_required":
            "Grant the scopes to the app (Applications, the app, Okta API Scopes), or ask for fewer with --scopes."
        case "invalid_dpop_proof": "Check this machine's clock."
        case "access_denied": "Assign the person to the app, and check the org's sign-on policies."
        default: nil
        }
    }
}
#endif
