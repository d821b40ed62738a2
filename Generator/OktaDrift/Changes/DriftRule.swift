import YAML

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

    /// Returns the message with its arguments filled in.
    func message(with arguments: [Change.Argument]) -> String {
        var text = ""
        var rest = message[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            text += rest[..<open]
            let argument = arguments.first { $0.name == name }
            text += argument.map { $0.shown ?? $0.value } ?? "?"
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}

/// The severity of a change for users of the API or the library.
public enum DriftSeverity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Descriptions and names that no program uses.
    case docs
    /// An addition, or a relaxed limit: existing programs still work.
    case info
    /// Some programs may be affected.
    case warning
    /// Programs that used it stop working, or no longer compile.
    case error

    private var rank: Int {
        switch self {
        case .docs: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }

    /// Returns a number of changes in words, such as `2 errors` and `3 info`.
    func counted(_ count: Int) -> String {
        switch self {
        case .docs, .info: "\(count) \(rawValue)"
        case .warning, .error: count.counted(rawValue)
        }
    }

    /// Orders by severity.
    public static func < (left: DriftSeverity, right: DriftSeverity) -> Bool { left.rank < right.rank }
}
