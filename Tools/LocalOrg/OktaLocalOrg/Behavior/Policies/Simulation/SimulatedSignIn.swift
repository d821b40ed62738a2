import OktaRuntime

/// The sign-in in a simulation: user, app, network and device.
struct SimulatedSignIn {
    let app: JSON
    /// The user's groups, or those in the request.
    let groups: Set<String>
    let user: UserRecord?
    /// The zones in the request, or those of its IP address; nil if it states no network.
    let zones: Set<String>?
    let device: JSON?
    let riskLevel: String?

    /// Creates a sign-in with only a user and an app.
    init(of user: UserRecord, to app: JSON, _ org: OrgState) {
        self.app = app
        self.user = user
        groups = org.memberships.groups(of: user.id).union([org.identity.everyoneID])
        zones = nil
        device = nil
        riskLevel = nil
    }

    init(_ body: JSON, _ org: OrgState) throws(OrgFault) {
        let id = try Checks.text("appInstance", of: body)
        guard let app = org.tables[Kinds.apps][id] else { throw .notFound(id, "AppInstance") }
        self.app = app
        let context = body["policyContext"] ?? .emptyObject
        guard context.kind == .object else { throw .malformedBody }
        let userID = context.text("user.id")
        let named = context[path: "groups.ids"]?.elements?.compactMap(\.string)
        if userID != nil, named != nil {
            throw .invalid("policyContext", "policyContext: Only a user or groups can be specified, not both.")
        }
        if let userID {
            guard let user = org.users.named(userID) else { throw .notFound(userID, "User") }
            self.user = user
            groups = org.memberships.groups(of: user.id).union([org.identity.everyoneID])
        } else {
            user = nil
            for group in named ?? [] where org.tables[Kinds.groups][group] == nil {
                throw .notFound(group, "UserGroup")
            }
            groups = Set(named ?? []).union([org.identity.everyoneID])
        }
        zones = try Self.zones(context, org)
        device = context["device"]
        riskLevel = context.text("risk.level")
    }

    private static func zones(_ context: JSON, _ org: OrgState) throws(OrgFault) -> Set<String>? {
        if let ids = context[path: "zones.ids"]?.elements?.compactMap(\.string) {
            for id in ids where org.tables[Kinds.zones][id] == nil { throw .notFound(id, "NetworkZone") }
            return Set(ids)
        }
        guard let text = context.text("ip"), !text.isEmpty else { return nil }
        guard let address = IPAddress(text) else { throw .invalid("ip", "ip: Invalid IP address.") }
        return Set(org.tables[Kinds.zones].all.filter { Zones.contains(address, $0.json) }.map(\.id))
    }
}
