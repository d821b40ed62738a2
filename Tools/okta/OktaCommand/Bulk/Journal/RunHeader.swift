package import OktaRuntime

/// The description of a run, which is the first entry of its journal.
package struct RunHeader: Sendable {
    /// The id of the run.
    package var id: String
    /// When the run was prepared, in milliseconds since 1970.
    package var created: Int
    /// The org's origin.
    package var orgURL: String
    /// The profile, from which the client is created again; nil for the default one.
    package var profile: String?
    /// A description of the run without secrets.
    package var title: String
    /// The id of the run that this one undoes; nil if there is none.
    package var undoes: String?
    /// Whether objects are stored before the change.
    package var keepsBefore: Bool
    /// Whether rows have secrets, which are not stored in the journal.
    package var hasSecrets: Bool
    /// The phase of the run.
    package var phase: Phase
    /// The number of rows.
    package var rowCount: Int

    /// The phase of a run.
    package enum Phase: String, Sendable {
        /// Rows are being read and validated; nothing is sent.
        case preparing
        /// All rows have been read.
        case running
        /// No row is waiting.
        case finished
    }

    package init(
        id: String, created: Int, orgURL: String, profile: String? = nil, title: String, undoes: String? = nil,
        keepsBefore: Bool = true
    ) {
        self.id = id
        self.created = created
        self.orgURL = orgURL
        self.profile = profile
        self.title = title
        self.undoes = undoes
        self.keepsBefore = keepsBefore
        hasSecrets = false
        phase = .preparing
        rowCount = 0
    }
}

/// The state of a row.
package enum RowState: Int, Sendable, CaseIterable {
    /// The row has not been sent.
    case waiting = 0
    /// The row is about to be sent, or was sent without a response.
    case begun = 1
    /// The org performed the row.
    case done = 2
    /// The org rejected the row.
    case failed = 3
    /// The row was sent, but its result cannot be determined.
    case unknown = 4

    /// The state as it is typed on the command line.
    package var typed: String { word.replacing(" ", with: "-") }

    /// The state in words, for output.
    package var word: String {
        switch self {
        case .waiting: "waiting"
        case .begun: "in flight"
        case .done: "done"
        case .failed: "failed"
        case .unknown: "unknown"
        }
    }
}

/// A row of a journal.
package struct JournalRow: Sendable {
    /// The row number, from 1.
    package let number: Int
    /// The row's place in the set.
    package let place: String
    /// The call, without secrets unless this process has read them.
    package let call: JSON
    /// Whether the call lacks secrets.
    package let lacksSecrets: Bool
    /// The state of the row.
    package let state: RowState
    /// The status of the response.
    package let status: Int?
    /// The id of the call's object, or of the object that it created.
    package let objectID: String?
    /// Okta's request id.
    package let requestID: String?
    /// Why the row failed, or why its result is unknown.
    package let error: String?
    /// The object before the change; JSON null if there was none.
    package let before: JSON?
    /// When the call started, in milliseconds since 1970.
    package let begun: Int?

    /// Whether the row waits although it was sent, because a check found that the org had not performed it.
    package var wasSent: Bool { state == .waiting && begun != nil }
}
