/// A set of scalars at one place of a pattern.
indirect enum PatternClass: Sendable {
    case any
    case range(Unicode.Scalar, Unicode.Scalar)
    case union([PatternClass])
    case not(PatternClass)
    case property(Property)
    /// A case-insensitive set.
    case folded(PatternClass)

    enum Property: Sendable {
        case letter, lowercase, uppercase, number, alphanumeric, punctuation, whitespace
    }

    static let digit = PatternClass.range("0", "9")
    static let word = PatternClass.union([.range("a", "z"), .range("A", "Z"), digit, one("_")])
    static let space = PatternClass.union([one(" "), .range("\u{9}", "\u{D}")])

    static func one(_ scalar: Unicode.Scalar) -> PatternClass { .range(scalar, scalar) }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        // `.` does not match line ends, as in other engines.
        case .any: scalar != "\n" && scalar != "\r"
        case .range(let first, let last): first <= scalar && scalar <= last
        case .union(let sets): sets.contains { $0.contains(scalar) }
        case .not(let set): !set.contains(scalar)
        case .property(let property): Self.has(scalar, property)
        case .folded(let set):
            Self.variants(of: scalar).contains { set.contains($0) }
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

    /// Returns the set with a name, such as `\p{L}`.
    static func named(_ name: String) -> PatternClass? {
        switch name {
        case "L", "Alpha", "IsAlphabetic", "Alphabetic": .property(.letter)
        case "Ll", "Lower", "IsLowercase": .property(.lowercase)
        case "Lu", "Upper", "IsUppercase": .property(.uppercase)
        case "N", "Nd", "IsDigit": .property(.number)
        case "Digit": digit
        case "Alnum": .property(.alphanumeric)
        case "P", "Punct", "IsPunctuation": .property(.punctuation)
        case "Z", "Zs", "Space", "IsWhite_Space": .property(.whitespace)
        case "ASCII": .range("\0", "\u{7F}")
        default: nil
        }
    }
}

/// A node of a pattern.
indirect enum PatternNode: Sendable {
    case empty
    case scalar(PatternClass)
    case start, end
    case boundary(Bool)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repetition(PatternNode, Int, Int?)
}
