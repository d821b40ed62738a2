package import OktaRuntime

/// What a run is about: the first entry of its journal.
package struct RunHeader: Sendable {
    /// The id under which people name it.
    package var id: String
    /// When it was prepared, in milliseconds since 1970.
    package var created: Int
    /// The org's origin.
    package var orgURL: String
    /// The profile, by which its client is made again; nil for the default one.
    package var profile: String?
    /// What it does, in words, without secrets.
    package var title: String
    /// The id of the run that it undoes; nil when it undoes none.
    package var undoes: String?
    /// Whether objects are stored as they were before the change.
    package var keepsBefore: Bool
    /// Whether rows have secrets, which the journal does not keep.
    package var hasSecrets: Bool
    /// How far it has come.
    package var phase: Phase
    /// How many rows it has.
    package var rowCount: Int

    /// How far a run has come.
    package enum Phase: String, Sendable {
        /// Its rows are being read and checked; nothing is sent.
        case preparing
        /// Its rows are complete.
        case running
        /// No row waits.
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

/// What has become of a row.
package enum RowState: Int, Sendable, CaseIterable {
    /// It has not been sent.
    case waiting = 0
    /// It is about to be sent, or was sent without an answer.
    case begun = 1
    /// The org has done it.
    case done = 2
    /// The org has refused it.
    case failed = 3
    /// It was sent, and whether the org has done it cannot be seen.
    case unknown = 4

    /// The word for people and scripts.
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
    /// Its number, from 1.
    package let number: Int
    /// Where it stands in the set.
    package let place: String
    /// Its call; without secrets unless this process has read them.
    package let call: JSON
    /// Whether the call lacks secrets.
    package let lacksSecrets: Bool
    /// What has become of it.
    package let state: RowState
    /// The status of the response.
    package let status: Int?
    /// The id of the object that the call was about, or made.
    package let objectID: String?
    /// Okta's id of the request.
    package let requestID: String?
    /// Why it failed, or is unknown.
    package let error: String?
    /// The object as it was before the change; JSON null where there was none.
    package let before: JSON?
    /// When the call began, in milliseconds since 1970.
    package let begun: Int?
}
