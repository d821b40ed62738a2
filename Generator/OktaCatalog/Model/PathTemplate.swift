import YAML

/// A path such as `/api/v1/users/{id}`, split into parts.
public struct PathTemplate: Sendable, Hashable {
    /// A part of a path.
    public enum Part: Sendable, Hashable {
        /// Text that is sent unchanged.
        case literal(String)
        /// The name of a placeholder.
        case placeholder(String)
    }

    /// The parts in order.
    public let parts: [Part]

    /// Parses a path. Returns nil if it does not start with `/`, a brace is not closed, or a character is not allowed.
    public init?(_ path: String) {
        guard path.hasPrefix("/") else { return nil }
        var parts: [Part] = []
        var rest = path.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
            let (literal, name) = (rest[..<open], rest[open..<close].dropFirst())
            guard literal.allSatisfy(Self.isPathByte), !name.isEmpty, name.allSatisfy(Self.isNameByte) else {
                return nil
            }
            if !literal.isEmpty { parts.append(.literal(String(Substring(literal)))) }
            parts.append(.placeholder(String(Substring(name))))
            rest = rest[close...].dropFirst()
        }
        guard rest.allSatisfy(Self.isPathByte) else { return nil }
        if !rest.isEmpty { parts.append(.literal(String(Substring(rest)))) }
        self.parts = parts
    }

    /// The placeholders' names in order.
    public var placeholders: [String] {
        parts.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
    }
}
