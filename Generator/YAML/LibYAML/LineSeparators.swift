#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

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
            isAny(0xC2, in: bytes) { $0 + 1 < bytes.count && bytes[$0 + 1] == 0x85 }
                || isAny(0xE2, in: bytes) {
                    $0 + 2 < bytes.count && bytes[$0 + 1] == 0x80 && (bytes[$0 + 2] == 0xA8 || bytes[$0 + 2] == 0xA9)
                }
        }
    }

    /// Returns whether a condition holds at any position of a byte. The byte is rare, and the C library finds it in a
    /// tenth of the time of a loop.
    private static func isAny(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, _ holds: (Int) -> Bool) -> Bool {
        guard let start = bytes.baseAddress else { return false }
        var position = 0
        while position < bytes.count, let found = memchr(start + position, Int32(byte), bytes.count - position) {
            position = UnsafeRawPointer(found) - UnsafeRawPointer(start)
            if holds(position) { return true }
            position += 1
        }
        return false
    }
}
