#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// A signed token request (RFC 6749, section 4.4), which can be sent once. It is never printed.
struct TokenRequest: Sendable {
    static let path = "/oauth2/v1/token"

    let transportRequest: TransportRequest

    /// The secrets of the request, which an error must not contain.
    let secrets: Secrets

    /// The time in the signatures, and the elapsed time at which they were created.
    private let signed: Date
    private let moment: Duration

    /// Signs a new assertion, and a new proof if there is a key for it.
    init(
        scopes: [String], assertion: ClientAssertion, proofKey: DPoPKey?, nonce: String?,
        in context: AuthorizationContext
    ) throws(OktaError) {
        let url = context.orgURL + Self.path
        let now = context.clock.now
        moment = context.clock.source.elapsed
        guard let separator = context.orgURL.firstRange(of: "://") else {
            throw .invalidRequest("the org URL has no scheme")
        }
        var head = HTTPRequest(
            method: .post,
            scheme: String(context.orgURL[..<separator.lowerBound]),
            authority: String(context.orgURL[separator.upperBound...]),
            path: Self.path,
            headerFields: [.accept: "application/json", .contentType: "application/x-www-form-urlencoded"])
        if let userAgent = context.userAgent { head.headerFields[.userAgent] = userAgent }

        let signedAssertion = try assertion.make(audience: url, at: now)
        var secrets = Secrets()
        secrets.add(signedAssertion)
        if let proofKey, var proof = DPoPProof(for: head) {
            proof.nonce = nonce
            let fields = try proof.fields(with: proofKey, at: now)
            for field in fields where field.indexingStrategy == .disallow { secrets.add(field.value) }
            head.headerFields.append(contentsOf: fields)
        }

        // The parameters are sent in the body, because servers and proxies log queries.
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", scopes.joined(separator: " ")),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", signedAssertion),
        ]
        let body = form.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        transportRequest = TransportRequest(
            head: head, body: Array(body.utf8), timeouts: context.timeouts, maximumResponseBytes: 1 << 20)
        self.secrets = secrets
        signed = now
    }

    /// Returns the seconds by which the signed time is behind the server's clock, as it is known now.
    func skew(in context: AuthorizationContext) -> Double {
        let since = (context.clock.source.elapsed - moment) / .seconds(1)
        return context.clock.now.timeIntervalSince(signed) - since
    }
}

extension TokenRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "\(transportRequest)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
