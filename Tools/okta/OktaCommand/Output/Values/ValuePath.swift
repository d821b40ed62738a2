package import OktaRuntime

/// The path of a value within an item, for a column or a condition: `profile.login`, a JSON Pointer such as
/// `/profile/login`, or a JSONPath such as `$.roles[*].type`.
package struct ValuePath: Sendable {
    /// The path as given.
    package let text: String
    private let kind: Kind

    private enum Kind: Sendable {
        case names([String])
        case pointer(JSONPointer)
        case path(JSONPath)
    }

    /// Parses a path.
    package init(_ text: String) throws(CommandFailure) {
        self.text = text
        if text.hasPrefix("/") {
            kind = .pointer(try JSONPointer(text))
        } else if text.hasPrefix("$") {
            kind = .path(try JSONPath(text))
        } else {
            guard !text.isEmpty else { throw .usage("a field has no name") }
            kind = .names(text.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
        }
    }

    /// Creates a path of names, which is always valid.
    init(names text: String) {
        self.text = text
        kind = .names(text.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
    }

    /// Returns the value at the path; several as an array, and nil if there is none.
    package func value(in item: JSON) -> JSON? {
        switch kind {
        case .pointer(let pointer): return pointer.value(in: item)
        case .path(let path):
            let found = (try? path.values(in: item)) ?? []
            if path.isSingular || found.isEmpty { return found.first }
            return JSON(found)
        case .names(let names):
            // The name of a custom attribute may contain a dot.
            if names.count > 1, let whole = item[text] { return whole }
            let found = Self.values(names[...], in: item)
            guard found.count > 1 || found.first?.isThroughList == true else { return found.first?.value }
            return JSON(found.map(\.value))
        }
    }

    /// Returns the values at the path, with lists as individual elements.
    package func values(in item: JSON) -> [JSON] {
        guard let value = value(in: item) else { return [] }
        return value.elements ?? [value]
    }

    private static func values(
        _ names: ArraySlice<String>, in value: JSON
    ) -> [(value: JSON, isThroughList: Bool)] {
        guard let name = names.first else { return [(value, false)] }
        if let elements = value.elements {
            if let index = Int(name) {
                guard elements.indices.contains(index) else { return [] }
                return values(names.dropFirst(), in: elements[index])
            }
            return elements.flatMap { values(names, in: $0) }.map { ($0.value, true) }
        }
        guard let member = value[name] else { return [] }
        return values(names.dropFirst(), in: member)
    }
}
