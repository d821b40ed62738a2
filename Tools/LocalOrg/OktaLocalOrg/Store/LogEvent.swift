/// An event of the System Log, as text; it becomes JSON when it is read.
struct LogEvent: Sendable {
    /// Who or what an event is about, or did it.
    struct Party: Sendable {
        var id: String
        var type: String
        var alternateID: String
        var displayName: String
    }

    /// The request that an event comes from.
    struct Origin: Sendable {
        var requestID: String
        var path: String
        var url: String
        var userAgent: String?
        var address: String
        /// The API token's id, of callers that have one.
        var tokenID: String?
    }

    var uuid: String
    var published: OrgTime
    var type: String
    var message: String
    var severity = "INFO"
    var outcome = "SUCCESS"
    var reason: String?
    var actor: Party
    var targets: [Party]
    var origin: Origin
}
