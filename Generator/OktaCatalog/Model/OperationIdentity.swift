import YAML

/// The identity of an operation: its method and its path without parameter names.
///
/// Okta renames parameters, operation ids and tags between releases, so the identity includes none of them.
public struct OperationIdentity: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The method in upper case, such as `GET`.
    public let method: String
    /// The path, such as `/api/v1/users/{}`.
    public let path: String

    /// Creates the identity of an operation.
    ///
    /// - Parameters:
    ///   - method: The method, in any case.
    ///   - path: A path with or without names in its braces.
    public init(_ method: String, _ path: String) {
        self.method = method.uppercased()
        self.path = Self.erased(path) ?? path
    }

    /// Returns the path without names; nil if it does not start with `/`, or a brace is not closed.
    ///
    /// Paths that an action cannot have, such as `/users:search`, are distinguished too.
    package static func erased(_ path: String) -> String? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        var erased = ""
        // Bytes are compared, because a brace followed by a combining mark would be part of another character.
        var rest = path.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
            erased += path[rest.startIndex..<open]
            erased += "{}"
            rest = rest[rest.index(after: close)...]
        }
        return erased + path[rest.startIndex...]
    }

    /// The method and the path, such as `GET /api/v1/users/{}`.
    public var description: String { "\(method) \(path)" }

    /// Returns whether method and path have the same bytes.
    public static func == (left: OperationIdentity, right: OperationIdentity) -> Bool {
        left.method == right.method && left.path.hasSameBytes(as: right.path)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(ExactText(path))
    }

    /// Orders by the bytes of the path, then of the method.
    public static func < (left: OperationIdentity, right: OperationIdentity) -> Bool {
        left.path.hasSameBytes(as: right.path)
            ? left.method.utf8.lexicographicallyPrecedes(right.method.utf8)
            : left.path.utf8.lexicographicallyPrecedes(right.path.utf8)
    }
}

extension CatalogAction {
    /// The identity of the action's operation; nil for the generic action.
    public var identity: OperationIdentity? {
        isGeneric ? nil : OperationIdentity(method.rawValue, path.value)
    }
}
