/// Numbers and booleans in quotes, as in some of Okta's responses: they read as their values, and are preserved as
/// received. The text must be valid JSON without the quotes: no `007`, no `+1`, no `True`, no surrounding space.
extension JSON {
    /// An integer, or a string that contains one.
    var fittingInt: Int? {
        if let value = int { return value }
        return numberInText?.int
    }

    /// A number, or a string that contains one.
    var fittingDouble: Double? {
        if let value = double { return value }
        return numberInText?.double
    }

    /// A boolean, or a string that contains one.
    var fittingBool: Bool? {
        if let value = bool { return value }
        return switch string {
        case "true": true
        case "false": false
        default: nil
        }
    }

    private var numberInText: JSON? {
        // Rejects most strings before they are parsed; a number has no surrounding space.
        guard let text = string, let first = text.utf8.first, let last = text.utf8.last,
            first == UInt8(ascii: "-") || first.isDigit, last.isDigit, let value = try? JSON(parsing: text)
        else { return nil }
        return value.kind == .number ? value : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
