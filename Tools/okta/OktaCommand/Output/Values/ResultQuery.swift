package import OktaRuntime

/// What is shown of each item: a JSON Pointer or a JSONPath.
package enum ResultQuery: Sendable {
    case pointer(JSONPointer)
    case path(JSONPath)

    /// Reads a query.
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

    /// Whether it selects one value at most.
    package var isSingular: Bool {
        switch self {
        case .pointer: true
        case .path(let path): path.isSingular
        }
    }

    /// The values that it selects of an item.
    package func values(in item: JSON) throws(CommandFailure) -> [JSON] {
        switch self {
        case .pointer(let pointer):
            guard let value = pointer.value(in: item) else { return [] }
            return [value]
        case .path(let path): return try path.values(in: item)
        }
    }
}
