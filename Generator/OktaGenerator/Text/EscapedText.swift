package import OktaCatalog

/// Text for one kind of output, composed of literals in the generator's sources, numbers, names and parts that are
/// escaped for that output.
///
/// There is no other way to create one, so that a `String`, such as catalog text, cannot become escaped text by
/// accident: the compiler rejects it. To ensure this, the escapers of a type, and the initializer that they use, are in
/// one file.
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

    /// Returns whether the text has at most this many characters.
    func fits(_ columns: Int) -> Bool { text.fits(columns) }
}

extension Sequence where Element: EscapedText {
    /// Returns the elements with a separator.
    package func joined(separator: Element = "") -> Element {
        var parts = EscapedParts<Element>()
        for (index, part) in enumerated() {
            if index > 0 { parts.appendInterpolation(separator) }
            parts.appendInterpolation(part)
        }
        return Element(stringInterpolation: parts)
    }
}

/// The parts of an interpolation of escaped text.
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

    /// Returns whether there are at most this many. There are never more characters than bytes, whose number is known.
    func fits(_ columns: Int) -> Bool { utf8.count <= columns || self.columns <= columns }
}
