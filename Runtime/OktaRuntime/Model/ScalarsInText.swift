/// Numbers and booleans that stand in quotes, as some answers of Okta have them: they read as what they say, and stay as
/// they were received. Only what JSON would take without the quotes is one: no `007`, no `+1`, no `True`, no space around.
extension JSON {
    /// A whole number, or a text that is one.
    var fittingInt: Int? {
        if let value = int { return value }
        return numberInText?.int
    }

    /// A number, or a text that is one.
    var fittingDouble: Double? {
        if let value = double { return value }
        return numberInText?.double
    }

    /// A boolean, or a text that is one.
    var fittingBool: Bool? {
        if let value = bool { return value }
        return switch string {
        case "true": true
        case "false": false
        default: nil
        }
    }

    private var numberInText: JSON? {
        // Most texts are refused here, before they are parsed; and a number has no space around it.
        guard let text = string, let first = text.utf8.first, let last = text.utf8.last,
            first == UInt8(ascii: "-") || first.isDigit, last.isDigit, let value = try? JSON(parsing: text)
        else { return nil }
        return value.kind == .number ? value : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
