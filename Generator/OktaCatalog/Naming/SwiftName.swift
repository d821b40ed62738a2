import YAML

/// A valid Swift identifier, which can be printed anywhere.
package struct SwiftName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The identifier without backticks, for comparison and documentation.
    package let bare: String

    /// Wraps an identifier. Returns nil for any other text, including backticks and keywords that cannot be declared.
    package init?(_ text: String) {
        guard Self.isIdentifier(text) else { return nil }
        bare = text
    }

    /// Wraps a name from the generator's own sources.
    package init(literal value: StaticString) {
        bare = value.description
    }

    /// The identifier in a declaration, where keywords are in backticks.
    package var source: String { Self.keywords.contains(bare) ? "`\(bare)`" : bare }

    /// The identifier as an argument label, where only one keyword needs backticks.
    package var label: String { bare == "inout" ? source : bare }

    /// The same as ``bare``.
    package var description: String { bare }

    private init(checked text: String) {
        bare = text
    }

    /// A placeholder for a name that has been reported as an error, in which case nothing is printed.
    package static let reported = SwiftName(checked: "reported")

    /// Returns the identifier with a suffix of the generator.
    package func followed(by suffix: StaticString) -> SwiftName {
        SwiftName(checked: bare + suffix.description)
    }

    /// Returns the identifier with a prefix of the generator.
    package func preceded(by prefix: StaticString) -> SwiftName {
        SwiftName(checked: prefix.description + bare)
    }

    /// Orders by bytes.
    package static func < (left: SwiftName, right: SwiftName) -> Bool {
        left.bare.utf8.lexicographicallyPrecedes(right.bare.utf8)
    }

    /// Returns whether the text is an ASCII identifier. Others are legal in Swift, but not everyone can type them.
    static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, text != "_" else { return false }
        return isStart(first) && text.utf8.allSatisfy { isStart($0) || $0.isASCIIDigit }
    }

    private static func isStart(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte == UInt8(ascii: "_") }

    /// The keywords that can be identifiers in backticks. `await` is a keyword only in some contexts.
    private static let keywords: Set<String> = [
        "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default",
        "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate",
        "for", "func", "guard", "if", "import", "in", "inout", "internal", "is", "let", "nil",
        "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows",
        "return", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true",
        "try", "typealias", "var", "where", "while", "Any",
    ]
}
