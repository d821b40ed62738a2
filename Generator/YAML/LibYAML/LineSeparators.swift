/// Keeps libyaml, which implements YAML 1.1, from ending lines at U+0085, U+2028 and U+2029.
///
/// The separators are replaced by noncharacters, which libyaml reads as letters, and restored in its output. A comment
/// or text with a separator therefore continues after it, as in YAML 1.2 and in editors, and line numbers match those
/// of editors.
struct LineSeparators {
    /// The text for libyaml.
    let bytes: ArraySlice<UInt8>
    private let separators: [Unicode.Scalar: Unicode.Scalar]

    private static let all: [Unicode.Scalar] = ["\u{85}", "\u{2028}", "\u{2029}"]

    init(of content: ArraySlice<UInt8>) {
        guard Self.areIn(content) else {
            bytes = content
            separators = [:]
            return
        }
        let text = String(decoding: content, as: UTF8.self).unicodeScalars
        let used = Set(text)
        let free = (0xFDD0...0xFDEF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init).filter {
            !used.contains($0)
        }
        let standIns = Dictionary(zip(Self.all, free), uniquingKeysWith: { first, _ in first })
        separators = Dictionary(standIns.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        var replaced = String.UnicodeScalarView()
        for scalar in text { replaced.append(standIns[scalar] ?? scalar) }
        bytes = ArraySlice(String(replaced).utf8)
    }

    /// Returns a text from libyaml with its separators restored.
    func restored(_ text: String) -> String {
        guard !separators.isEmpty else { return text }
        var restored = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { restored.append(separators[scalar] ?? scalar) }
        return String(restored)
    }

    /// Returns whether valid UTF-8 contains a separator, judged by its bytes; most files contain none.
    private static func areIn(_ content: ArraySlice<UInt8>) -> Bool {
        content.withUnsafeBufferPointer { bytes in
            for index in bytes.indices {
                switch bytes[index] {
                case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0x85: return true
                case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80:
                    if bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9 { return true }
                default: break
                }
            }
            return false
        }
    }
}
