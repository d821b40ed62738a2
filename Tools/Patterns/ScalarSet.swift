/// A set of Unicode scalars at one position of a pattern.
package indirect enum ScalarSet: Sendable {
    /// Every scalar except line breaks, as `.` in most dialects.
    case any
    case range(Unicode.Scalar, Unicode.Scalar)
    case union([ScalarSet])
    case not(ScalarSet)
    case property(Property)
    /// A Unicode general category, such as `Lu`, or all of a group, such as `L`.
    case category(String)
    /// A case-insensitive set.
    case folded(ScalarSet)

    package enum Property: Sendable {
        case letter, lowercase, uppercase, number, alphanumeric, punctuation, whitespace
    }

    package static let digit = ScalarSet.range("0", "9")
    package static let word = ScalarSet.union([.range("a", "z"), .range("A", "Z"), digit, one("_")])
    package static let space = ScalarSet.union([one(" "), .range("\u{9}", "\u{D}")])

    /// The names of the general categories and of their groups.
    package static let categoryNames: Set<String> = [
        "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf",
        "Pi", "Po", "Ps", "Z", "Zl", "Zp", "Zs", "S", "Sc", "Sk", "Sm", "So", "C", "Cc", "Cf", "Cn", "Co",
    ]

    package static func one(_ scalar: Unicode.Scalar) -> ScalarSet { .range(scalar, scalar) }

    package func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .any: scalar != "\n" && scalar != "\r"
        case .range(let first, let last): first <= scalar && scalar <= last
        case .union(let sets): sets.contains { $0.contains(scalar) }
        case .not(let set): !set.contains(scalar)
        case .property(let property): Self.has(scalar, property)
        case .category(let name): Self.category(scalar).hasPrefix(name)
        case .folded(let set): Self.variants(of: scalar).contains { set.contains($0) }
        }
    }

    private static func has(_ scalar: Unicode.Scalar, _ property: Property) -> Bool {
        let properties = scalar.properties
        return switch property {
        case .letter: properties.isAlphabetic
        case .lowercase: properties.isLowercase
        case .uppercase: properties.isUppercase
        case .number: properties.numericType != nil
        case .alphanumeric: properties.isAlphabetic || properties.numericType != nil
        case .punctuation:
            scalar.isASCII
                ? (33...126).contains(scalar.value) && !word.contains(scalar) || scalar == "_"
                : Character(scalar).isPunctuation
        case .whitespace: properties.isWhitespace
        }
    }

    private static func variants(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        [scalar] + Array(scalar.properties.lowercaseMapping.unicodeScalars)
            + Array(scalar.properties.uppercaseMapping.unicodeScalars)
    }

    private static func category(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
