import OktaRuntime

/// The immutable identity of an org: its names, and the ids of its initial objects.
struct OrgIdentity: Sendable {
    var orgID: String
    var subdomain: String
    var everyoneID: String
    var administratorsID: String
    var defaultTypeID: String
    var adminID: String
    var realmID: String?
}

/// The state of an org, a value. A copy is a snapshot, and costs nothing until either one changes.
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
    /// Messages with codes for users.
    var messages: [OrgMessage] = []
    /// Events of the current request for event hooks.
    var hookedEvents: [LogEvent] = []
    /// Hook calls of the current request.
    var outbox: [HookDelivery] = []

    /// A number that increases with each change of the state.
    var changes: Int { users.changes + tables.changes + memberships.changes }

    /// Returns the schema id of a user type, which differs only in the prefix.
    func schemaID(ofType typeID: String) -> String {
        typeID.hasPrefix("oty") ? "osc" + typeID.dropFirst(3) : typeID
    }

    /// Returns whether an object of a kind exists, for parents in paths.
    func has(_ id: String, kind: String) -> Bool {
        kind == "/api/v1/users" ? users.named(id) != nil : tables[kind][id] != nil
    }
}
