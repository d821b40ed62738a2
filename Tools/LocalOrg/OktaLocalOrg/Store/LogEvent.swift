/// An event of the System Log, as text; it becomes JSON when it is read.
struct LogEvent: Sendable {
    /// Who or what an event is about, or did it.
    struct Party: Sendable {
        var id: String
        var type: String
        var alternateID: String
        var displayName: String
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
    var requestID: String
    var path: String
}
