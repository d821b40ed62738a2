package import OktaCatalog

/// Text for one place in an output: composed of literals in the generator's sources, numbers, names and parts that are
/// escaped for that place.
///
/// There is no other way to create one: a `String`, such as catalog text, cannot become escaped text by accident,
/// because the compiler rejects every attempt. For this, each type keeps its escapers, and the initializer that they use,
/// in one file.
package protocol EscapedText: Sendable, Hashable, ExpressibleByStringInterpolation
where StringLiteralType == StaticString, StringInterpolation == EscapedParts<Self> {
    /// The text.
    var text: String { get }
}

extension EscapedText {
    /// Wraps a literal of the generator. `StaticString` excludes other text.
    package init(stringLiteral value: StaticString) {
        var parts = EscapedParts<Self>()
        parts.appendLiteral(value)
        self.init(stringInterpolation: parts)
    }

    /// Whether the text has at most this many characters.
    func fits(_ columns: Int) -> Bool { text.fits(columns) }
}

extension Sequence where Element: EscapedText {
    /// The elements with a separator.
    package func joined(separator: Element = "") -> Element {
        var parts = EscapedParts<Element>()
        for (index, part) in enumerated() {
            if index > 0 { parts.appendInterpolation(separator) }
            parts.appendInterpolation(part)
        }
        return Element(stringInterpolation: parts)
    }
}

/// What an interpolation of escaped text is composed of.
package struct EscapedParts<Text>: StringInterpolationProtocol {
    /// The text so far.
    private(set) var text = ""

    fileprivate init() {}

    package init(literalCapacity: Int, interpolationCount: Int) {
        text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
    package mutating func appendInterpolation(_ number: Int) { text += String(number) }
}

extension EscapedParts where Text: EscapedText {
    package mutating func appendInterpolation(_ part: Text) { text += part.text }
}

extension EscapedParts<SwiftCode> {
    package mutating func appendInterpolation(_ name: SwiftName) { text += name.source }
    package mutating func appendInterpolation(label name: SwiftName) { text += name.label }
}

extension EscapedParts<DocText> {
    package mutating func appendInterpolation(_ name: SwiftName) { text += name.bare }
}

extension EscapedParts<JSONText> {
    mutating func appendInterpolation(_ number: Double) { text += String(number) }
}

extension StringProtocol {
    /// The number of characters. Those of ASCII are bytes, which are faster to count.
    var columns: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }

    /// Whether there are at most this many. There are never more characters than bytes, whose number is known.
    func fits(_ columns: Int) -> Bool { utf8.count <= columns || self.columns <= columns }
}
