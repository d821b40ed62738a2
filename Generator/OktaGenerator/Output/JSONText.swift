import OktaCatalog

/// JSON's text form, in characters that a raw Swift string literal holds as they are.
enum JSONText {
    /// A quoted string.
    static func string(_ text: String) -> String {
        let inside = text.escaping { scalar in
            switch scalar {
            case "\"": #"\""#
            case "\\": #"\\"#
            case "\n": #"\n"#
            case " "..<"#", "$"..."~": nil
            default: scalar.utf16.map { #"\u"# + $0.hexadecimal(digits: 4) }.joined()
            }
        }
        return "\"\(inside)\""
    }
}
