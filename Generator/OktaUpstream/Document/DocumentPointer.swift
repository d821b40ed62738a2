import OktaCatalog
import YAML

/// The location of a value in a document as a JSON Pointer (RFC 6901) in a `#` fragment.
package struct DocumentPointer: Sendable, Hashable, CustomStringConvertible {
    /// The keys and indices that lead to the value.
    package var tokens: [String]

    package init(_ tokens: [String] = []) {
        self.tokens = tokens
    }

    /// Parses a reference within its document, such as `#/components/schemas/User`. Returns nil for any other
    /// reference.
    init?(reference: String) {
        guard reference.hasPrefix("#") else { return nil }
        let fragment = Self.percentDecoded(reference.dropFirst())
        if fragment.isEmpty {
            self.init()
            return
        }
        guard fragment.hasPrefix("/") else { return nil }
        self.init(
            fragment.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
                guard $0.utf8.contains(UInt8(ascii: "~")) else { return String($0) }
                return String($0).replacing("~1", with: "/").replacing("~0", with: "~")
            })
    }

    /// The pointer, such as `#/paths/~1api~1v1~1users/get`.
    package var description: String {
        tokens.reduce(into: "#") { text, token in
            text += "/"
            // Searching a string takes much longer than checking its bytes.
            text +=
                token.utf8.contains { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }
                ? token.replacing("~", with: "~0").replacing("/", with: "~1") : token
        }
    }

    /// Follows the pointer from the root of a document. The result includes the kind of object if the document's
    /// structure determines it.
    func target(in root: YAMLNode) -> (node: YAMLNode, place: OpenAPIPlace?)? {
        var node = root
        var place: OpenAPIPlace? = .document
        /// The kind of the members of the current collection.
        var member: OpenAPIPlace?
        for token in tokens {
            let next: YAMLNode?
            if let elements = node.elements {
                next = Int(token).flatMap { elements.indices.contains($0) && String($0) == token ? elements[$0] : nil }
            } else {
                next = node[token]
            }
            guard let next else { return nil }
            node = next
            if let known = member {
                (place, member) = (known, nil)
            } else {
                switch place?.children(under: token) {
                case .one(let child): place = child
                case .list(let child), .map(let child): (place, member) = (nil, child)
                case nil: place = nil
                }
            }
        }
        // A collection between a key and its members is not an object.
        return member == nil ? (node, place) : nil
    }

    private static func percentDecoded(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
                let value = UInt8(digits, radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
