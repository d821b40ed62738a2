#if Proxy
package import HTTPTypes

/// The secrets that authenticate local clients if the proxy adds the org's credentials to their calls.
package struct LocalSecrets: Sendable {
    /// A client's name and its secret.
    package struct Entry: Sendable {
        package let name: String
        package let secret: String
        fileprivate let bytes: [UInt8]

        package init(name: String, secret: String) {
            self.name = name
            self.secret = secret
            bytes = Array(secret.utf8)
        }
    }

    package let entries: [Entry]

    /// The header field for the secret of clients whose `Authorization` is for the org.
    package static let field = "x-okta-proxy-secret"

    package init(_ entries: [Entry]) { self.entries = entries }

    /// Returns a secret of 256 random bits.
    package static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        let letters = (0..<43).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
        return "proxy-" + String(decoding: letters, as: UTF8.self)
    }

    /// The result of authenticating a request.
    package struct Proof: Sendable, Hashable {
        /// The client's name.
        package let name: String
        /// Whether `Authorization` is the client's own, and is forwarded instead of the proxy's credentials.
        package let hasOwnAuthorization: Bool
    }

    /// Authenticates the client of a request.
    ///
    /// - Throws: ``ProxyFailure`` without a valid secret.
    package func proof(in fields: HTTPFields) throws(ProxyFailure) -> Proof {
        let authorizations = fields.values(of: "authorization")
        let stated = fields.values(of: Self.field)
        guard stated.count <= 1, authorizations.count <= 1 else { throw Self.refusal }
        if let secret = stated.first {
            guard let name = name(of: secret) else { throw Self.refusal }
            // A client that repeats the secret in `Authorization` has no credentials.
            let own = authorizations.first.map { self.name(of: Self.token($0)) == nil } ?? false
            return Proof(name: name, hasOwnAuthorization: own)
        }
        guard let authorization = authorizations.first, let name = name(of: Self.token(authorization)) else {
            throw Self.refusal
        }
        return Proof(name: name, hasOwnAuthorization: false)
    }

    /// Returns the name of the client with a secret. Every secret is compared, in a time that does not depend on the
    /// result.
    private func name(of text: String) -> String? {
        let bytes = Array(text.utf8)
        var found: String?
        for entry in entries where Self.isEqual(entry.bytes, bytes) { found = entry.name }
        return found
    }

    /// Returns whether two texts are equal, in a time that depends only on their lengths.
    static func isEqual(_ secret: [UInt8], _ text: [UInt8]) -> Bool {
        guard !secret.isEmpty else { return false }
        var difference = secret.count ^ text.count
        for (index, byte) in text.enumerated() { difference |= Int(secret[index % secret.count] ^ byte) }
        return difference == 0
    }

    /// Returns the text after the scheme `SSWS` or `Bearer`.
    private static func token(_ authorization: String) -> String {
        let text = authorization.lowercased()
        // okta 3.4.6 for Python writes no space after the scheme.
        guard let scheme = ["ssws", "bearer"].first(where: { text.hasPrefix($0) }) else { return "" }
        return String(authorization.dropFirst(scheme.count).trimmingBlanks())
    }

    private static var refusal: ProxyFailure {
        ProxyFailure(
            .secretNeeded,
            "this proxy adds the org's credentials, so each client needs a local secret: send it as `Authorization: SSWS "
                + "<secret>` or in the field X-Okta-Proxy-Secret; the file named at the proxy's start has the secrets")
    }
}

extension LocalSecrets: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Only the names.
    package var description: String { entries.map(\.name).joined(separator: ", ") }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["names": description]) }
}

extension LocalSecrets.Entry: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { name }
    package var debugDescription: String { name }
    package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
#endif
