#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Base64url (RFC 4648, section 5) without padding, as JSON Web Tokens and Keys use it.
package enum Base64URL {
    /// How the decoder treats `=` at the end. RFC 7515 excludes it, but some tools write it into keys.
    package enum Padding: Sendable {
        case accepted, refused
    }

    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        for character in Data(bytes).base64EncodedString() {
            switch character {
            case "+": text.append("-")
            case "/": text.append("_")
            case "=": break
            default: text.append(character)
            }
        }
        return text
    }

    /// Returns the decoded bytes; `nil` if the text is not base64url.
    package static func decode(_ text: some StringProtocol, padding: Padding = .refused) -> [UInt8]? {
        var base64 = ""
        var isPadded = false
        for character in text {
            switch character {
            case "=": isPadded = true
            case "+", "/": return nil
            case _ where isPadded: return nil
            case "-": base64.append("+")
            case "_": base64.append("/")
            default: base64.append(character)
            }
        }
        guard !isPadded || padding == .accepted else { return nil }
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        return Data(base64Encoded: base64).map { Array($0) }
    }
}
