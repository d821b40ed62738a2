import OktaRuntime

/// A JWS in compact serialization (RFC 7515), split into its parts. The signature is not verified.
struct CompactToken: Sendable {
    let header: JSON
    let claims: JSON
    /// The signed bytes: header and payload as sent.
    let message: [UInt8]
    let signature: [UInt8]

    /// Parses a token; nil if the text is not a JWS.
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

    /// Returns a token with the signature that `sign` creates from header and claims.
    static func text<Failure>(
        header: JSON, claims: JSON, sign: ([UInt8]) throws(Failure) -> [UInt8]
    ) throws(Failure) -> String {
        let message = Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes)
        return message + "." + Base64URL.encode(try sign(Array(message.utf8)))
    }

    /// Returns a claim with seconds since 1970, without a fraction.
    func seconds(_ name: String) -> Int? {
        claims[name]?.int ?? claims[name]?.double.flatMap { Int(exactly: $0.rounded(.down)) }
    }

    /// The audiences, from a text or a list.
    var audiences: [String] {
        claims.text("aud").map { [$0] } ?? (claims["aud"]?.elements ?? []).compactMap(\.string)
    }
}
