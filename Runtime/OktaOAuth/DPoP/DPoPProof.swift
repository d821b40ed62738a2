#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// The proof for one attempt of one request (RFC 9449, section 4.2).
struct DPoPProof: Sendable {
    /// In upper case.
    let method: String

    /// The URL without query and fragment.
    let url: String

    /// The last nonce that the server sent; `nil` when it sent none.
    var nonce: String?

    /// SHA-256 over the access token in base64url; `nil` for a token request.
    var tokenHash: String?

    /// Creates the proof for a request as it will be sent; `nil` when it has no scheme or authority.
    init?(for request: HTTPRequest) {
        guard let scheme = request.scheme, let authority = request.authority else { return nil }
        let path = (request.path ?? "/").prefix { $0 != "?" && $0 != "#" }
        method = request.method.rawValue.uppercased()
        url = "\(scheme)://\(authority)\(path)"
    }

    /// Signs the proof with a new id.
    func make(with key: DPoPKey, at now: Date) throws(OktaError) -> String {
        var payload: JSON = [
            "jti": JSON(UUID().uuidString),
            "htm": JSON(method),
            "htu": JSON(url),
            "iat": JSON(now.epochSeconds),
        ]
        if let tokenHash { payload["ath"] = JSON(tokenHash) }
        if let nonce { payload["nonce"] = JSON(nonce) }
        return try CompactSignature.make(
            encodedHeader: key.encodedHeader, payload: payload, key: key.key, algorithm: key.algorithm)
    }
}
