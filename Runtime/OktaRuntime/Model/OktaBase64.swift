#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Bytes as base64 text: certificates, signing requests, signatures.
///
/// The text is preserved as received, valid or not. ``bytes`` decodes both alphabets, because Okta uses both.
public struct OktaBase64: RawRepresentable, Sendable, Hashable, Codable {
    /// The two alphabets of RFC 4648.
    public enum Alphabet: Sendable, Hashable {
        /// The alphabet with `+` and `/`, with padding.
        case standard
        /// The alphabet with `-` and `_`, without padding, which JSON Web Keys and WebAuthn use.
        case url
    }

    /// The text on the wire.
    public let rawValue: String

    /// Wraps any text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Encodes bytes.
    public init(_ bytes: some Sequence<UInt8>, alphabet: Alphabet = .standard) {
        switch alphabet {
        case .standard: rawValue = Data(bytes).base64EncodedString()
        case .url: rawValue = Base64URL.encode(bytes)
        }
    }

    /// The decoded bytes; `nil` if the text is not base64. Padding is optional, and white space is ignored, which
    /// occurs in certificates copied from a file.
    public var bytes: [UInt8]? {
        var text = ""
        for character in rawValue where !character.isWhitespace {
            switch character {
            case "-": text.append("+")
            case "_": text.append("/")
            default: text.append(character)
            }
        }
        while text.hasSuffix("=") { text.removeLast() }
        guard !text.contains("=") else { return nil }
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text).map { [UInt8]($0) }
    }
}

extension OktaBase64: JSONConvertible, JSONNamedType, CustomStringConvertible {
    static var nameInMessages: String { "base64 string" }

    /// The text on the wire.
    public var description: String { rawValue }
}
