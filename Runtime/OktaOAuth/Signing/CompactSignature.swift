internal import OktaRuntime

/// Signed JSON in the compact form of RFC 7515: header, payload and signature, separated by dots.
enum CompactSignature {
    /// Signs a payload.
    ///
    /// - Parameters:
    ///   - encodedHeader: The header in base64url; its `alg` is `algorithm`.
    ///   - payload: The payload to sign.
    static func make(
        encodedHeader: String, payload: JSON, key: SigningKey, algorithm: SigningAlgorithm
    ) throws(OktaError) -> String {
        let message = encodedHeader + "." + Base64URL.encode(payload.bytes)
        guard let signature = try? key.signature(of: Array(message.utf8), with: algorithm) else {
            throw .authorization(AuthorizationFailure(message: "the \(key) cannot sign; check that it is intact"))
        }
        return message + "." + Base64URL.encode(signature)
    }
}
