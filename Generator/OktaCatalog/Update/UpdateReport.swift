/// What an update changed, for people: in the names of the catalog, not in those of Okta's document.
public struct UpdateReport: Sendable, Equatable {
    /// What happened to one action, model or enumeration.
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
        /// What happened, in words.
        public var text: String
    }

    /// What happened to entries.
    public var changes: [Change] = []
    /// Operations that the document has and nobody has decided on before.
    public var newOperations: [OperationIdentity] = []
    /// Operations of actions that the document does not have any more.
    public var goneOperations: [OperationIdentity] = []

    /// Whether the catalog's facts are the document's.
    public var isEmpty: Bool { changes.isEmpty && newOperations.isEmpty && goneOperations.isEmpty }

    /// Notes what became of the parts of an entry.
    mutating func note(
        _ subject: Change.Subject, _ name: String, _ part: String, _ parts: EntryUpdate.Changes
    ) {
        for (names, verb) in [(parts.added, "added"), (parts.removed, "removed"), (parts.changed, "changed")]
        where !names.isEmpty {
            let list = names.map { "`\($0)`" }.joined(separator: ", ")
            let parts = names.count == 1 ? "" : "s"
            changes.append(Change(subject: subject, name: name, text: "\(part)\(parts) \(list) \(verb)"))
        }
    }

    /// Brings changes into the order in which they are told: by subject and name.
    mutating func sort() {
        let order = changes.enumerated().sorted {
            ($0.element.subject, $0.element.name, $0.offset) < ($1.element.subject, $1.element.name, $1.offset)
        }
        changes = order.map(\.element)
    }
}
