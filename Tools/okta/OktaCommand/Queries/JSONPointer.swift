package import OktaRuntime

/// A JSON Pointer (RFC 6901): `/profile/login`.
package struct JSONPointer: Sendable, Hashable {
    private let names: [String]

    /// Parses a pointer.
    ///
    /// - Throws: A ``CommandFailure`` if it does not start with a slash, or has a tilde before anything other than 0
    ///   and 1.
    package init(_ text: String) throws(CommandFailure) {
        guard !text.isEmpty else {
            names = []
            return
        }
        guard text.hasPrefix("/") else { throw .usage("the JSON Pointer '\(text)' does not begin with '/'") }
        var names: [String] = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            var name = String.UnicodeScalarView()
            var rest = part.unicodeScalars[...]
            while let scalar = rest.popFirst() {
                guard scalar == "~" else {
                    name.append(scalar)
                    continue
                }
                switch rest.popFirst() {
                case "0": name.append("~")
                case "1": name.append("/")
                default:
                    throw .usage(
                        "'~' in the JSON Pointer '\(text)' is followed by neither 0 nor 1",
                        advice: "Write ~0 for a tilde in a name, and ~1 for a slash.")
                }
            }
            names.append(String(name))
        }
        self.names = names
    }

    /// Returns the value of the pointer; nil if there is none.
    package func value(in root: JSON) -> JSON? {
        var current = root
        for name in names {
            let next: JSON?
            switch current.kind {
            case .object: next = current[name]
            case .array: next = Self.index(name).flatMap { current[$0] }
            default: return nil
            }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    /// Returns the array index of a name: digits without a leading zero. `-` is the place after the last element,
    /// which has no value.
    private static func index(_ name: String) -> Int? {
        guard name == "0" || (!name.hasPrefix("0") && name.utf8.allSatisfy { (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(name)
    }
}
