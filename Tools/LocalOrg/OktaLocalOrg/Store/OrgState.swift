import OktaRuntime

/// What an org never changes: its names and the ids of the objects that it was born with.
struct OrgIdentity: Sendable {
    var orgID: String
    var subdomain: String
    var everyoneID: String
    var administratorsID: String
    var defaultTypeID: String
    var adminID: String
    var realmID: String?
}

/// Everything an org holds. A value: a copy is a snapshot, and costs nothing until one of both changes.
struct OrgState: Sendable {
    var identity: OrgIdentity
    var features = OrgFeatures()
    var ids: IDSource
    var now: OrgTime
    /// Whether callers need no token.
    var isOpen = false
    var users = UserTable()
    var tables = Tables()
    var memberships = Memberships()
    var log: [LogEvent] = []
    /// Messages with codes that the org would send.
    var messages: [OrgMessage] = []
    /// Events that event hooks may subscribe to, until the request is answered.
    var hookedEvents: [LogEvent] = []
    /// Calls of hooks that the request caused, until it is answered.
    var outbox: [HookDelivery] = []

    /// A number that grows with each change of what the org holds.
    var changes: Int { users.changes + tables.changes + memberships.changes }

    /// The schema id of a user type: the same rest behind another prefix.
    func schemaID(ofType typeID: String) -> String {
        typeID.hasPrefix("oty") ? "osc" + typeID.dropFirst(3) : typeID
    }

    /// Whether an object of a kind exists, for parents in paths.
    func has(_ id: String, kind: String) -> Bool {
        kind == "/api/v1/users" ? users.named(id) != nil : tables[kind][id] != nil
    }
}
