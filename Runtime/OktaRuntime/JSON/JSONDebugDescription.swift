extension JSON: CustomDebugStringConvertible, CustomReflectable {
    /// The shape of the value without its content, which may be a secret: the kind, and for an object the names of its
    /// members and its id if it is a string, as in `{id: "00u1", members: ["id", "status"]}`. ``text`` has the content.
    ///
    /// Models print in this form too.
    public var debugDescription: String {
        switch kind {
        case .object:
            let names = (members ?? []).map { $0.key.forMessages }.joined(separator: ", ")
            let id = self["id"]?.string.map { "id: \($0.forMessages), " } ?? ""
            return "{\(id)members: [\(names)]}"
        case .array: return "array of \(count)"
        case .null, .boolean, .number, .string: return kind.rawValue
        }
    }

    /// A mirror without children, so that `dump` shows no more than ``debugDescription``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    /// Quoted, on one line, and shortened to a reasonable length for a name.
    fileprivate var forMessages: String {
        let scalars = unicodeScalars
        return "\"" + scalars.prefix(80).map { $0.escaped(asASCII: false) }.joined()
            + (scalars.count > 80 ? "…\"" : "\"")
    }
}
