/// A kind of change: what it is called, how much it matters, and what to do about it.
public struct DriftRule: Sendable, Hashable {
    /// The stable id, in kebab case, such as `parameter-removed`.
    public let id: String
    /// How much it matters to requests and responses.
    public let wire: DriftSeverity
    /// How much it matters to Swift that calls the library.
    public let source: DriftSeverity
    /// The message, with the names of arguments in braces.
    public let message: String
    /// Why it matters and what to do.
    public let advice: String

    init(_ id: String, wire: DriftSeverity, source: DriftSeverity, _ message: String, advice: String) {
        self.id = id
        self.wire = wire
        self.source = source
        self.message = message
        self.advice = advice
    }

    /// The graver of the two severities.
    public var severity: DriftSeverity { max(wire, source) }

    /// The message with the arguments in their places.
    func message(with arguments: [Change.Argument]) -> String {
        var text = ""
        var rest = message[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            text += rest[..<open]
            text += arguments.first { $0.name == name }?.value ?? "?"
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}
