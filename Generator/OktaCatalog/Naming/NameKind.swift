/// What a name is given to. Each kind has its own first letter, its reserved names and its suffix.
package enum NameKind: String, Sendable, CaseIterable {
    case group, type, function, parameter, field, value, form

    /// What it is called in messages.
    var word: String { self == .form ? "case" : rawValue }

    /// Whether it begins with a capital. Types do and nothing else does, so that a type is never taken for a member.
    var isCapitalized: Bool { self == .type }

    /// The key that pins such a name.
    var key: String {
        self == .form ? "case" : "swift"
    }

    /// What is put behind a name that follows from the catalog and is reserved.
    var suffix: StaticString {
        switch self {
        case .group: "Group"
        case .type: "Type"
        case .function: "Action"
        case .parameter, .field, .value: "Value"
        case .form: "Form"
        }
    }
}
