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

    /// A new name that a person chose for an entry of an earlier update.
    public struct Rename: Sendable, Equatable {
        /// The kind of the entry.
        public var subject: Change.Subject
        /// The name that the update made up.
        public var from: String
        /// The chosen name.
        public var to: String
        /// The operation of an action, whose name alone does not identify it.
        public var operation: OperationIdentity?

        /// Whether a change is the addition of the entry under its former name.
        func applies(to change: Change) -> Bool {
            guard change.subject == subject, change.name == from else { return false }
            return operation.map { change.text == UpdateReport.addition(of: $0) } ?? true
        }
    }

    /// The changes of entries.
    public var changes: [Change] = []
    /// Operations that are new in the document and undecided.
    public var newOperations: [OperationIdentity] = []
    /// Operations of actions that the document no longer has.
    public var goneOperations: [OperationIdentity] = []

    /// Whether the catalog already matches the document.
    public var isEmpty: Bool {
        changes.isEmpty && newOperations.isEmpty && goneOperations.isEmpty && renames.isEmpty
    }

    /// The words for a new action.
    static func addition(of operation: OperationIdentity) -> String { "added, for \(operation)" }

    /// The new names of entries.
    public private(set) var renames: [Rename] = []

    /// Uses the new names of entries.
    mutating func apply(_ renames: [Rename]) {
        self.renames += renames
        for rename in renames {
            for index in changes.indices where rename.applies(to: changes[index]) { changes[index].name = rename.to }
        }
    }

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
