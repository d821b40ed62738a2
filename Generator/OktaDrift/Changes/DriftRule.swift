/// A kind of change: its name, severity and advice.
public struct DriftRule: Sendable, Hashable {
    /// The stable id, in kebab case, such as `parameter-removed`.
    public let id: String
    /// The severity for requests and responses.
    public let wire: DriftSeverity
    /// The severity for Swift code that calls the library.
    public let source: DriftSeverity
    /// The message, with the names of arguments in braces.
    public let message: String
    /// The impact and the advice.
    public let advice: String

    init(_ id: String, wire: DriftSeverity, source: DriftSeverity, _ message: String, advice: String) {
        self.id = id
        self.wire = wire
        self.source = source
        self.message = message
        self.advice = advice
    }

    /// The higher of the two severities.
    public var severity: DriftSeverity { max(wire, source) }

    /// The message with its arguments filled in.
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
