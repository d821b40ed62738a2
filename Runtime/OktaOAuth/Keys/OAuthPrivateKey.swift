#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import OktaRuntime

/// The private key that an app signs its token requests with. It is never printed.
///
/// ```swift
/// let key = try OAuthPrivateKey(String(contentsOfFile: "okta-key.pem", encoding: .utf8), keyID: "kid-of-the-app")
/// ```
public struct OAuthPrivateKey: Sendable {
    /// The id of the key in the app; `nil` if neither the text nor the caller states one. Okta requires it if the app
    /// has several keys.
    public let keyID: String?

    /// The algorithm that the key signs with.
    public let algorithm: SigningAlgorithm

    let key: SigningKey

    /// Reads a key from PEM or from a JSON Web Key.
    ///
    /// Accepts PKCS#8 (`BEGIN PRIVATE KEY`), PKCS#1 (`BEGIN RSA PRIVATE KEY`) and SEC 1 (`BEGIN EC PRIVATE KEY`)
    /// without encryption; a JSON Web Key with its private members; and a key set with one private key. RSA keys need
    /// at least 2048 bits; curves are P-256, P-384 and P-521. In PEM, spaces or a literal `\n` may replace line breaks,
    /// as happens in environment variables.
    ///
    /// - Parameters:
    ///   - text: The key itself, not the path of its file.
    ///   - keyID: The id of the key in the app. Defaults to the key's `kid`, if any.
    ///   - algorithm: The algorithm. Defaults to the key's `alg`; otherwise to RS256 for RSA, and to the curve's
    ///     algorithm for other keys.
    /// - Throws: `OktaError.configuration`, which says what to do and never contains any of the text.
    public init(_ text: String, keyID: String? = nil, algorithm: SigningAlgorithm? = nil) throws(OktaError) {
        let isJSON = text.first { !$0.isWhitespace } == "{"
        let source = isJSON ? try JWKReader.read(text) : KeySource(key: try PEMReader.read(text))
        if let keyID { try Self.check(keyID: keyID) }
        let algorithm = algorithm ?? source.algorithm ?? source.key.usualAlgorithm
        guard source.key.takes(algorithm) else {
            throw .key(
                "\(algorithm) requires \(algorithm.keyKind), but this is a \(source.key)",
                suggestion: "\(source.key.usualAlgorithm)")
        }
        key = source.key
        self.algorithm = algorithm
        self.keyID = keyID ?? source.keyID
    }

    /// Throws for an invalid key id.
    static func check(keyID: String) throws(OktaError) {
        guard !keyID.isEmpty, keyID.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw .key("the key id is empty or contains an invalid character")
        }
    }

    /// The public key as a JSON Web Key with `kid`, `alg` and `use`, which can be added to the app's public keys in the
    /// Admin Console; `nil` if the crypto library cannot derive it.
    public var publicJWK: String? {
        guard var jwk = try? key.publicJWK() else { return nil }
        if let keyID { jwk["kid"] = JSON(keyID) }
        jwk["alg"] = JSON(algorithm.rawValue)
        jwk["use"] = "sig"
        return jwk.text
    }

    /// The SHA-256 thumbprint of the public key in base64url (RFC 7638), for comparing keys; `nil` if the crypto
    /// library cannot derive the public key.
    public var thumbprint: String? { try? key.thumbprint() }
}

extension OAuthPrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of key, the algorithm and the key id, without the key.
    public var description: String { "\(key), \(algorithm)" + (keyID.map { ", kid \($0)" } ?? "") }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without the key.
    public var customMirror: Mirror { Mirror(self, children: ["key": description]) }
}

/// A key as parsed from text.
struct KeySource: Sendable {
    var key: SigningKey
    var keyID: String?
    var algorithm: SigningAlgorithm?
}

extension OktaError {
    /// Creates the error for an unusable key. The message must not contain any part of the key.
    static func key(_ message: String, suggestion: String? = nil) -> OktaError {
        .configuration(.init(message: message, suggestion: suggestion))
    }
}

/// The text of a private key, from a setting with the key or the path of its file.
struct PrivateKeyText {
    private let setting: OktaSettings.Value

    /// The home folder, which replaces a leading `~/`; `nil` if it is unknown.
    private let home: String?

    /// - Parameters:
    ///   - setting: The key itself, or the path of its file.
    ///   - environment: The variables, for `HOME`; `nil` for those of the process.
    init(_ setting: OktaSettings.Value, _ environment: [String: String]?) {
        self.setting = setting
        let environment = environment ?? ProcessInfo.processInfo.environment
        home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Returns the key's text.
    ///
    /// - Throws: `OktaError.configuration`, which contains neither the text nor the path.
    func read() throws(OktaError) -> String {
        let isKey = setting.text.contains("-----BEGIN") || setting.text.first { !$0.isWhitespace } == "{"
        if isKey { return setting.text }
        let file = try path()
        guard let content = FileManager.default.contents(atPath: file) else {
            throw .key("the private key is neither a key in PEM or JSON nor the path of a file that can be read")
        }
        return String(decoding: content, as: UTF8.self)
    }

    private func path() throws(OktaError) -> String {
        let text = setting.text.drop(while: \.isWhitespace)
        let path = String(text.reversed().drop(while: \.isWhitespace).reversed())
        guard path.hasPrefix("~/") else { return path }
        guard let home else {
            throw .key("the path of the private key begins with ~/, but HOME is not set; use an absolute path")
        }
        return "\(home)\(path.dropFirst())"
    }
}
