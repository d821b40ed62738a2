#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A labelled block of a PEM text.
///
/// Parsed more leniently than RFC 7468 requires: environment variables, YAML and secret stores fold lines, indent them,
/// and turn line breaks into spaces or a literal `\n`.
struct PEMBlock {
    /// For example, `RSA PRIVATE KEY`.
    let label: String

    /// The content between the markers; `nil` when it is not base64.
    let content: [UInt8]?

    /// Whether the block has the header of PEM encryption.
    let isEncrypted: Bool

    /// The blocks of a text in order; other text is ignored, and so is a block without an end.
    static func all(in text: String) -> [PEMBlock] {
        var blocks: [PEMBlock] = []
        var rest = text.replacing("\\r", with: "").replacing("\\n", with: "\n")[...]
        while let begin = rest.firstRange(of: "-----BEGIN "),
            let beginEnd = rest[begin.upperBound...].firstRange(of: "-----")
        {
            let label = String(rest[begin.upperBound..<beginEnd.lowerBound])
            guard let end = rest[beginEnd.upperBound...].firstRange(of: "-----END \(label)-----") else { break }
            blocks.append(PEMBlock(label: label, body: rest[beginEnd.upperBound..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return blocks
    }

    private init(label: String, body: Substring) {
        self.label = label
        isEncrypted = body.contains("Proc-Type:")
        let base64 = body.filter { !$0.isWhitespace }
        content = base64.isEmpty ? nil : Data(base64Encoded: String(base64)).map { Array($0) }
    }
}
