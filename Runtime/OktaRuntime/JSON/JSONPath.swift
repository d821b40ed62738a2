/// The location of a value inside a document, for messages: `$.items[3].name`.
///
/// A path holds member names and positions only, never values.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    /// One step into a container.
    public enum Step: Sendable, Hashable {
        /// Into the member with this name.
        case key(String)
        /// Into the element at this position, counted from 0.
        case index(Int)
    }

    /// The steps from the document's root; empty for the root itself.
    public var steps: [Step]

    /// Creates a path.
    public init(_ steps: [Step] = []) {
        self.steps = steps
    }

    /// This path with one more step.
    public func appending(_ step: Step) -> JSONPath {
        JSONPath(steps + [step])
    }

    /// The path in JSONPath notation. Long names and long paths are shortened with `…`, and unusual names are quoted,
    /// so that a malicious document cannot flood or forge a log line.
    public var description: String {
        var text = "$"
        for step in steps.prefix(Self.shownSteps) {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where Self.isPlain(key): text += ".\(key)"
            case .key(let key): text += "[\(Self.quoted(key))]"
            }
        }
        if steps.count > Self.shownSteps { text += "…" }
        return text
    }

    private static let shownSteps = 24
    private static let shownScalars = 64

    private static func isPlain(_ key: String) -> Bool {
        guard let first = key.utf8.first, key.utf8.count <= shownScalars, !isDigit(first) else { return false }
        return key.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func quoted(_ key: String) -> String {
        var text = "\""
        for scalar in key.unicodeScalars.prefix(shownScalars) {
            text += scalar.escaped(asASCII: true)
        }
        return text + (key.unicodeScalars.count > shownScalars ? "…\"" : "\"")
    }
}
