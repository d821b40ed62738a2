/// The kind of element that a name belongs to. It determines the case of the first letter, the reserved names and the
/// suffix of derived names that are reserved.
package enum NameKind: String, Sendable, CaseIterable {
    case group, type, function, parameter, field, value, form

    /// The word for the kind in messages.
    var word: String { self == .form ? "case" : rawValue }

    /// Whether names of the kind begin with a capital letter. Only types do, so that a type is not confused with a
    /// member.
    var isCapitalized: Bool { self == .type }

    /// The key that pins such a name.
    var key: String {
        self == .form ? "case" : "swift"
    }

    /// The suffix of a derived name that would otherwise be reserved.
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
