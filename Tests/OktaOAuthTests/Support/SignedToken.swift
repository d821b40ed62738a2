import Crypto
import CryptoExtras
import Foundation
import OktaRuntime

/// A compact JSON Web Signature, parsed and verified independently of the module.
struct SignedToken {
    let header: JSON
    let payload: JSON
    private let message: [UInt8]
    private let signature: Data

    init?(_ text: String?) {
        guard let parts = text?.split(separator: ".", omittingEmptySubsequences: false), parts.count == 3,
            let header = Self.decode(parts[0]), let signature = Self.decode(parts[2]),
            let payload = Self.decode(parts[1]), let headerJSON = try? JSON(parsing: Array(header))
        else { return nil }
        self.header = headerJSON
        self.payload = (try? JSON(parsing: Array(payload))) ?? .null
        self.signature = signature
        message = Array("\(parts[0]).\(parts[1])".utf8)
    }

    /// Whether the signature is valid for this public key and the algorithm in the header.
    func isSigned(by jwk: JSON) -> Bool {
        switch header["alg"]?.string {
        case "RS256": isSigned(by: jwk, digest: SHA256.hash(data: message))
        case "RS384": isSigned(by: jwk, digest: SHA384.hash(data: message))
        case "RS512": isSigned(by: jwk, digest: SHA512.hash(data: message))
        case "ES256":
            (try? P256.Signing.PublicKey(rawRepresentation: Self.point(jwk, "P-256")))
                .flatMap { key in
                    (try? P256.Signing.ECDSASignature(rawRepresentation: signature))
                        .map { key.isValidSignature($0, for: message) }
                } ?? false
        case "ES384":
            (try? P384.Signing.PublicKey(rawRepresentation: Self.point(jwk, "P-384")))
                .flatMap { key in
                    (try? P384.Signing.ECDSASignature(rawRepresentation: signature))
                        .map { key.isValidSignature($0, for: message) }
                } ?? false
        case "ES512":
            (try? P521.Signing.PublicKey(rawRepresentation: Self.point(jwk, "P-521")))
                .flatMap { key in
                    (try? P521.Signing.ECDSASignature(rawRepresentation: signature))
                        .map { key.isValidSignature($0, for: message) }
                } ?? false
        default: false
        }
    }

    private func isSigned(by jwk: JSON, digest: some Digest) -> Bool {
        guard let n = Self.decode(jwk["n"]?.string ?? ""), let e = Self.decode(jwk["e"]?.string ?? ""),
            let key = try? _RSA.Signing.PublicKey(n: n, e: e)
        else { return false }
        return key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature), for: digest, padding: .insecurePKCS1v1_5)
    }

    private static func point(_ jwk: JSON, _ curve: String) -> Data {
        guard jwk["crv"]?.string == curve else { return Data() }
        return (decode(jwk["x"]?.string ?? "") ?? Data()) + (decode(jwk["y"]?.string ?? "") ?? Data())
    }

    static func decode(_ text: some StringProtocol) -> Data? {
        // Base64url has no padding and no characters outside its alphabet.
        guard text.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2F && $0 != 0x3D }) else { return nil }
        let base64 = String(text).replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4))
    }

    /// Returns the SHA-256 of a text in base64url.
    static func hash(_ text: String) -> String {
        Data(SHA256.hash(data: Array(text.utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
