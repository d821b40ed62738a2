/// Several orgs in one process, by names of the program's own, and by the ids of its tenants.
///
/// ```swift
/// let organizations = try OktaOrganizations([
///     .init(name: "acme", configuration: acme, tenants: ["tenant-1", "tenant-2"]),
///     .init(name: "globex", configuration: globex, tenants: ["tenant-3"]),
/// ])
/// let user = try await organizations.client(forTenant: "tenant-2").user.getUser(id)
/// ```
///
/// Each org has a client of its own: what one does wrong, or has used up, changes nothing for another.
///
/// That holds for names, so give an org one name, with all its tenants. Two names for one org are for two credentials:
/// their clients know nothing of each other, so each keeps to its ``RateLimitPolicy`` by itself, though the org counts
/// the calls of both. Together they may have twice as many calls in flight as the policy says, and use more than its
/// share of a limit; give each a policy that is a part of what the two may take.
public struct OktaOrganizations: Sendable {
    /// The orgs in the order in which they were given.
    public let all: [Member]

    private let byName: [String: Int]
    private let byTenant: [String: Int]

    /// Makes a client for each org; sends nothing.
    ///
    /// - Parameter definitions: The orgs.
    /// - Throws: ``OktaError/configuration(_:)`` for a name or a tenant that is empty or given twice, and what
    ///   ``OktaClient/init(configuration:transport:)`` throws.
    public init(_ definitions: [Definition]) throws(OktaError) {
        var transports = SharedTransports()
        var all: [Member] = []
        var byName: [String: Int] = [:]
        var byTenant: [String: Int] = [:]
        for (index, definition) in definitions.enumerated() {
            let name = definition.name
            guard !name.trimmingSpace().isEmpty else { throw Self.failure("org \(index + 1) has no name") }
            guard byName.updateValue(index, forKey: name) == nil else {
                throw Self.failure("two orgs are named \(name); give each a name of its own")
            }
            for tenant in definition.tenants {
                guard !tenant.trimmingSpace().isEmpty else { throw Self.failure("a tenant of org \(name) is empty") }
                if let other = byTenant.updateValue(index, forKey: tenant) {
                    throw Self.failure(
                        other == index
                            ? "tenant \(tenant) is given twice for org \(name)"
                            : "tenant \(tenant) is given for org \(definitions[other].name) and for org \(name); a tenant belongs to one org"
                    )
                }
            }
            var transport = definition.transport
            if transport == nil { transport = try transports.transport(for: definition.configuration) }
            let client = try OktaClient(configuration: definition.configuration, transport: transport)
            all.append(Member(name: name, client: client, tenants: definition.tenants))
        }
        self.all = all
        self.byName = byName
        self.byTenant = byTenant
    }

    /// The org of a name; `nil` when there is none.
    public subscript(name: String) -> Member? { byName[name].map { all[$0] } }

    /// The client of the org of a name.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` when there is none.
    public func client(named name: String) throws(OktaError) -> OktaClient {
        guard let organization = self[name] else {
            let known = all.prefix(10).map(\.name).joined(separator: ", ")
            throw Self.failure(
                "there is no org named \(name); there are \(all.isEmpty ? "none" : known)\(all.count > 10 ? ", …" : "")"
            )
        }
        return organization.client
    }

    /// The org that a tenant belongs to; `nil` when it belongs to none.
    public func organization(forTenant tenant: String) -> Member? { byTenant[tenant].map { all[$0] } }

    /// The client of the org that a tenant belongs to.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` when it belongs to none: never another org's client instead.
    public func client(forTenant tenant: String) throws(OktaError) -> OktaClient {
        guard let organization = organization(forTenant: tenant) else {
            throw Self.failure("tenant \(tenant) belongs to no org; add it to the tenants of the org it belongs to")
        }
        return organization.client
    }

    private static func failure(_ message: String) -> OktaError {
        .configuration(ConfigurationFailure(message: message))
    }
}
