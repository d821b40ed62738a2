public import OktaCatalog

/// The changes of an update for people, with the names of the catalog rather than those of Okta's document.
public struct UpdateReport: Sendable, Equatable {
    /// A change of one action, model or enumeration.
    public struct Change: Sendable, Equatable {
        /// What kind of entry it is.
        public enum Subject: Int, Sendable, Comparable {
            case action
            case model
            case enumeration

            /// Actions first, then models, then enumerations.
            public static func < (left: Subject, right: Subject) -> Bool { left.rawValue < right.rawValue }
        }

        /// The kind of the entry.
        public var subject: Subject
        /// Its name in the catalog.
        public var name: String
        /// The change in words.
        public var text: String
    }

    /// The changes of entries.
    public var changes: [Change] = []
    /// Operations that are new in the document and undecided.
    public var newOperations: [OperationIdentity] = []
    /// Operations of actions that the document no longer has.
    public var goneOperations: [OperationIdentity] = []

    /// Whether the catalog already matches the document.
    public var isEmpty: Bool { changes.isEmpty && newOperations.isEmpty && goneOperations.isEmpty }

    /// Records the changes to the parts of an entry.
    mutating func note(
        _ subject: Change.Subject, _ name: String, _ part: String, _ parts: YAMLEdits.Difference
    ) {
        for (names, verb) in [(parts.added, "added"), (parts.removed, "removed"), (parts.changed, "changed")]
        where !names.isEmpty {
            let list = names.map { "`\($0)`" }.joined(separator: ", ")
            let parts = names.count == 1 ? "" : "s"
            changes.append(Change(subject: subject, name: name, text: "\(part)\(parts) \(list) \(verb)"))
        }
    }

    /// Sorts the changes by subject and name.
    mutating func sort() {
        let order = changes.enumerated().sorted {
            ($0.element.subject, $0.element.name, $0.offset) < ($1.element.subject, $1.element.name, $1.offset)
        }
        changes = order.map(\.element)
    }
}
