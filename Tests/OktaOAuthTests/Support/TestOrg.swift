import Foundation
import HTTPTypes
import OktaRuntime
import Synchronization

/// An org that issues tokens and validates requests as strictly as the RFCs allow.
final class TestOrg: HTTPTransport {
    static let url = "https://acme.okta.com"
    static let clientID = "0oatestclient"

    struct Rules: Sendable {
        var demandsDPoP = false
        /// The treatment of a proof that is not required.
        var unaskedProofs = UnaskedProofs.ignored
        var demandsTokenNonce = true
        var demandsAPINonce = false
        /// The org's time stands still unless a test advances it, so a client that uses this machine's clock fails.
        var checksTimes = true
        var lifetime = 3600
        var tokenType: String?
    }

    enum UnaskedProofs: Sendable { case ignored, bound, refused }

    /// Responds to a request in place of the org; `nil` leaves the request to the org. The org is a parameter, so that
    /// the closure need not capture it.
    typealias Script =
        @Sendable (_ request: TransportRequest, _ tokenRequests: Int, _ org: TestOrg) throws(TransportError)
        -> TransportResponse?

    struct State {
        var rules = Rules()
        var publicKey = JSON.null
        var tokenRequests: [TransportRequest] = []
        var apiRequests: [TransportRequest] = []
        var seenIDs: Set<String> = []
        /// The key thumbprint of each token; empty for a bearer token.
        var tokens: [String: String] = [:]
        var revoked: Set<String> = []
        var tokenNonce = "token-nonce-1"
        var apiNonce = "api-nonce-1"
        var script: Script?
    }

    let state: Mutex<State>
    let time: any TestTime
    /// The gate at which token requests wait.
    let gate: Gate

    init(publicKey: String, time: any TestTime, gate: Gate = Gate(isOpen: true), _ rules: Rules = Rules()) throws {
        var initial = State()
        initial.publicKey = try JSON(parsing: publicKey)
        initial.rules = rules
        state = Mutex(initial)
        self.time = time
        self.gate = gate
    }

    var tokenRequests: [TransportRequest] { state.withLock { $0.tokenRequests } }
    var apiRequests: [TransportRequest] { state.withLock { $0.apiRequests } }

    func edit(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    /// Invalidates all issued tokens.
    func revokeAll() { edit { $0.revoked.formUnion($0.tokens.keys) } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let isTokenRequest = request.head.path?.hasPrefix("/oauth2/") == true
        let (script, count) = state.withLock { state in
            if isTokenRequest {
                state.tokenRequests.append(request)
            } else {
                state.apiRequests.append(request)
            }
            return (state.script, state.tokenRequests.count)
        }
        if isTokenRequest, await gate.pass() == false { throw TransportError(.cancelled) }
        if let response = try script?(request, count, self) { return response }
        return isTokenRequest ? tokenResponse(to: request) : apiResponse(to: request)
    }

    func response(
        _ status: Int, _ body: String, headers: [(String, String)] = []
    ) -> TransportResponse {
        var fields: HTTPFields = [.contentType: "application/json"]
        for (name, value) in [("Date", time.header), ("X-Okta-Request-Id", "req-\(status)")] + headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return TransportResponse(
            head: HTTPResponse(status: .init(code: status), headerFields: fields), body: Array(body.utf8))
    }

    func oauthError(
        _ status: Int, _ code: String, _ description: String, headers: [(String, String)] = []
    ) -> TransportResponse {
        response(status, JSON(["error": JSON(code), "error_description": JSON(description)]).text, headers: headers)
    }
}

extension JSON {
    /// Returns the literal as text.
    init(_ object: KeyValuePairs<String, JSON>) { self.init(members: object.map { ($0.key, $0.value) }) }
}

extension TransportRequest {
    var isForToken: Bool { head.path == "/oauth2/v1/token" }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { head.headerFields[$0] } }

    /// The decoded form in the body.
    var form: [String: String] {
        var form: [String: String] = [:]
        for pair in String(decoding: body ?? [], as: UTF8.self).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { form[String(parts[0])] = String(parts[1]).removingPercentEncoding }
        }
        return form
    }

    var assertion: SignedToken? { SignedToken(form["client_assertion"]) }
    var proof: SignedToken? { SignedToken(header("DPoP")) }
}
