/// An event of the System Log in compact form. It is converted to JSON when it is read.
struct LogEvent: Sendable {
    /// The actor or a target of an event.
    struct Party: Sendable {
        var id: String
        var type: String
        var alternateID: String
        var displayName: String
    }

    /// The request that caused an event.
    struct Origin: Sendable {
        var requestID: String
        var path: String
        var url: String
        var userAgent: String?
        var address: String
        /// The id of the caller's API token, if it has one.
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
