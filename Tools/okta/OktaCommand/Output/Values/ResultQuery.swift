package import OktaRuntime

/// A selection from each item: a JSON Pointer or a JSONPath.
package enum ResultQuery: Sendable {
    case pointer(JSONPointer)
    case path(JSONPath)

    /// Parses a query.
    package init(_ text: String) throws(CommandFailure) {
        if text.hasPrefix("$") {
            self = .path(try JSONPath(text))
        } else if text.hasPrefix("/") || text.isEmpty {
            self = .pointer(try JSONPointer(text))
        } else {
            throw .usage(
                "'\(text)' is neither a JSONPath nor a JSON Pointer",
                advice:
                    "A JSONPath begins with $, such as $.profile.login; a JSON Pointer with /, such as /profile/login.")
        }
    }

    /// Whether the query selects at most one value.
    package var isSingular: Bool {
        switch self {
        case .pointer: true
        case .path(let path): path.isSingular
        }
    }

    /// Returns the selected values of an item.
    package func values(in item: JSON) throws(CommandFailure) -> [JSON] {
        switch self {
        case .pointer(let pointer):
            guard let value = pointer.value(in: item) else { return [] }
            return [value]
        case .path(let path): return try path.values(in: item)
        }
    }
}
