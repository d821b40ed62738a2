public import HTTPTypes

/// The header fields that a call adds to its request, in the order given.
///
/// Names and values are validated when the call is made: a line break or another control character throws
/// ``OktaError/invalidRequest(_:)``, and nothing is sent. `Authorization`, `Cookie`, `Host` and the fields for message
/// framing are set by the client and are rejected in the same way.
public struct RequestHeaders: Sendable, ExpressibleByDictionaryLiteral {
    private var entries: [(name: String, value: String)] = []
    private var fault: String?

    /// Creates an empty set.
    public init() {}

    /// Creates a set from fields. `nil` values are omitted.
    public init(dictionaryLiteral elements: (String, RequestHeaders.Value)...) {
        for (name, value) in elements { append(name, value) }
    }

    /// Creates a set from validated fields.
    public init(_ fields: HTTPFields) {
        guard !fields.isEmpty else { return }
        entries = fields.map { ($0.name.rawName, $0.value) }
    }

    /// Appends a field. A `nil` value is omitted.
    public mutating func append(_ name: String, _ value: RequestHeaders.Value) {
        if let problem = value.fault { fault = fault ?? "the header \(name) is \(problem)" }
        if let text = value.text { entries.append((name, text)) }
    }

    /// Whether the set is empty.
    public var isEmpty: Bool { entries.isEmpty }

    /// Sets the fields, replacing those with the same name.
    func apply(to fields: inout HTTPFields) throws(OktaError) {
        guard !entries.isEmpty || fault != nil else { return }
        let replacements = try checked()
        for field in replacements { fields[fields: field.name] = [] }
        fields.append(contentsOf: replacements)
    }

    private func checked() throws(OktaError) -> [HTTPField] {
        if let fault { throw .invalidRequest(fault) }
        var fields: [HTTPField] = []
        for (name, value) in entries {
            guard let fieldName = HTTPField.Name(name) else {
                throw .invalidRequest("a header name contains a character that is not valid in a header name")
            }
            guard !Self.ownedByClient.contains(fieldName) else {
                throw .invalidRequest("the header \(fieldName.rawName) is set by the client and cannot be given")
            }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .invalidRequest(
                    "the value of the header \(fieldName.rawName) contains a line break or control character")
            }
            fields.append(HTTPField(name: fieldName, value: value))
        }
        return fields
    }

    private static let ownedByClient: Set<HTTPField.Name> = {
        var names: Set<HTTPField.Name> = [
            .authorization, .proxyAuthorization, .cookie, .contentLength, .transferEncoding, .connection, .upgrade,
            .acceptEncoding, .expect, .te, .trailer,
        ]
        for name in ["Host", "DPoP", "Keep-Alive"] { if let name = HTTPField.Name(name) { names.insert(name) } }
        return names
    }()
}

extension RequestHeaders: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names only, because a value may be a secret.
    public var description: String { entries.map(\.name).joined(separator: ", ") }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the names only.
    public var customMirror: Mirror { Mirror(self, children: ["names": description]) }
}
