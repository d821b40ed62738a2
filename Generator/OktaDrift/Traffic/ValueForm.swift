/// The form of a text without the text: what kinds of characters follow each other.
enum ValueForm {
    /// `ACTIVE_DIRECTORY` as `A_A`, `changePassword` as `aAa`, `2FA` as `9A`.
    static func of(_ text: String) -> String {
        var form = ""
        for scalar in text.unicodeScalars.prefix(64) {
            let mark: Character =
                switch scalar {
                case "A"..."Z": "A"
                case "a"..."z": "a"
                case "0"..."9": "9"
                case "_", "-", ".", ":", "/": Character(scalar)
                default: "?"
                }
            if form.last != mark { form.append(mark) }
        }
        return form.isEmpty ? "empty" : form
    }

    /// A key as it may be shown: itself where it looks like a name, its form where it may be data of an org.
    static func ofKey(_ key: String) -> String {
        let isName =
            key.utf8.count <= 48 && !key.isEmpty
            && key.unicodeScalars.allSatisfy { scalar in
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar == "-"
                    || scalar == "$" || ("0"..."9").contains(scalar)
            } && key.unicodeScalars.count { ("0"..."9").contains($0) } <= 4
        return isName ? key : "<\(of(key))>"
    }
}
