import OktaRuntime

/// A signed JSON text in its compact form (RFC 7515), taken apart. That it can be taken apart says nothing about its
/// signature.
struct CompactToken: Sendable {
    let header: JSON
    let claims: JSON
    /// What is signed: header and payload as they were sent.
    let message: [UInt8]
    let signature: [UInt8]

    /// Nil for another text.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        self.header = header
        self.claims = claims
        self.signature = signature
        message = Array("\(parts[0]).\(parts[1])".utf8)
    }

    private static func object(_ text: Substring) -> JSON? {
        guard let bytes = Base64URL.decode(text), let json = try? JSON(parsing: bytes), json.kind == .object else {
            return nil
        }
        return json
    }

    /// Joins a header and claims with the signature that `sign` makes of both.
    static func text<Failure>(
        header: JSON, claims: JSON, sign: ([UInt8]) throws(Failure) -> [UInt8]
    ) throws(Failure) -> String {
        let message = Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes)
        return message + "." + Base64URL.encode(try sign(Array(message.utf8)))
    }

    /// A claim that is a time in seconds since 1970; a fraction is cut off.
    func seconds(_ name: String) -> Int? {
        claims[name]?.int ?? claims[name]?.double.flatMap { Int(exactly: $0.rounded(.down)) }
    }

    /// The audiences, which may be one text or a list.
    var audiences: [String] {
        claims.text("aud").map { [$0] } ?? (claims["aud"]?.elements ?? []).compactMap(\.string)
    }
}
