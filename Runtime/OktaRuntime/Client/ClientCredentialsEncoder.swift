#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes

/// Adds the credentials of an OAuth 2.0 client to the header or body of one attempt.
struct ClientCredentialsEncoder {
    let authentication: ClientAuthentication
    /// The call. Its body is a form, a JSON object or empty.
    let request: OktaRequest

    /// The additional header fields and secrets of an attempt.
    struct Result {
        /// The header fields with credentials.
        var fields = HTTPFields()
        /// The values, other than those of the header fields, that an error must not contain.
        var secrets = Secrets()
    }

    /// Adds the credentials.
    ///
    /// - Parameters:
    ///   - attempt: The attempt. Its body may be replaced.
    ///   - now: The server's time, for signatures.
    func apply(to attempt: inout TransportRequest, at now: Date) throws(OktaError) -> Result {
        var result = Result()
        let clientID = authentication.clientID
        switch authentication.method {
        case .publicClient:
            try add([("client_id", clientID)], to: &attempt)
        case .secretBasic(let secret):
            result.secrets.add(user: clientID, password: secret)
            var field = HTTPField(name: .authorization, value: "Basic " + Self.basic(clientID, secret))
            field.indexingStrategy = .disallow
            result.fields = HTTPFields([field])
        case .secretPost(let secret):
            result.secrets.add(secret)
            try add([("client_id", clientID), ("client_secret", secret)], to: &attempt)
        case .assertion(let sign):
            let assertion = try sign(audience(of: attempt.head), now)
            result.secrets.add(assertion)
            try add(
                [
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                    ("client_assertion", assertion),
                ], to: &attempt)
        }
        return result
    }

    /// Returns the credentials for HTTP Basic authentication. Both parts are form-encoded first (RFC 6749, section
    /// 2.3.1).
    private static func basic(_ clientID: String, _ secret: String) -> String {
        Data("\(PercentEncoding.encode(clientID)):\(PercentEncoding.encode(secret))".utf8).base64EncodedString()
    }

    /// Returns the URL of the call without its query, which is the only audience that Okta accepts.
    private func audience(of head: HTTPRequest) -> String {
        "\(head.scheme ?? "https")://\(head.authority ?? "")\(request.pathOnly)"
    }

    private func add(_ members: [(name: String, value: String)], to attempt: inout TransportRequest) throws(OktaError) {
        switch request.body.content {
        case .form(var values):
            for (name, value) in members where try isMissing(name, value, among: values.values(of: name)) {
                values.append(name, .string(value))
            }
            attempt.body = Array(values.encoded.utf8)
        case .json(var object) where object.kind == .object:
            for (name, value) in members
            where try isMissing(name, value, among: object[name].map { [$0.string ?? ""] } ?? []) {
                object[name] = JSON(value)
            }
            attempt.body = object.bytes
        case .none where !request.method.isSafe:
            var values = RequestQuery()
            for (name, value) in members { values.append(name, .string(value)) }
            attempt.body = Array(values.encoded.utf8)
            attempt.head.headerFields[.contentType] = MediaType.form.rawValue
        default:
            throw .invalidRequest(
                "the body of this call cannot carry the credentials of a client; use ClientAuthentication.secretBasic")
        }
    }

    /// Returns whether a member must be added to the body. Throws if the body states another value for it.
    private func isMissing(_ name: String, _ value: String, among stated: [String]) throws(OktaError) -> Bool {
        guard stated.allSatisfy({ $0 == value }) else {
            throw .invalidRequest(
                "the body states another \(name) than the client of the call; leave it out of the body")
        }
        return stated.isEmpty
    }
}
