/// Several orgs in one process, found by the program's names or by tenant ids.
///
/// ```swift
/// let organizations = try OktaOrganizations([
///     .init(name: "acme", configuration: acme, tenants: ["tenant-1", "tenant-2"]),
///     .init(name: "globex", configuration: globex, tenants: ["tenant-3"]),
/// ])
/// let user = try await organizations.client(forTenant: "tenant-2").user.getUser(id)
/// ```
///
/// Each org has a separate client: errors and used-up limits of one org do not affect another.
///
/// This isolation is by name, so give each org one name with all its tenants. Use two names for one org only for two
/// sets of credentials. Their clients do not coordinate: each applies its ``RateLimitPolicy`` separately, although the
/// org counts the calls of both. Together they may have twice the policy's number of calls in flight and exceed its
/// share of a limit, so divide the policy between them.
public struct OktaOrganizations: Sendable {
    /// The orgs, in the order given.
    public let all: [Member]

    private let byName: [String: Int]
    private let byTenant: [String: Int]

    /// Creates a client for each org; sends nothing.
    ///
    /// - Parameter definitions: The orgs.
    /// - Throws: ``OktaError/configuration(_:)`` for a name or a tenant that is empty or a duplicate, and the errors of
    ///   ``OktaClient/init(configuration:transport:)``.
    public init(_ definitions: [Definition]) throws(OktaError) {
        var transports = SharedTransports()
        var all: [Member] = []
        var byName: [String: Int] = [:]
        var byTenant: [String: Int] = [:]
        for (index, definition) in definitions.enumerated() {
            let name = definition.name
            guard !name.trimmingSpace().isEmpty else { throw Self.failure("org \(index + 1) has no name") }
            guard byName.updateValue(index, forKey: name) == nil else {
                throw Self.failure("two orgs are named \(name); use different names")
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

    /// The org with a name; `nil` when there is none.
    public subscript(name: String) -> Member? { byName[name].map { all[$0] } }

    /// The client of the org with a name.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` when there is none.
    public func client(named name: String) throws(OktaError) -> OktaClient {
        guard let organization = self[name] else {
            let known = all.prefix(10).map(\.name).joined(separator: ", ")
            throw Self.failure(
                "there is no org named \(name); known orgs: \(all.isEmpty ? "none" : known)\(all.count > 10 ? ", …" : "")"
            )
        }
        return organization.client
    }

    /// The org of a tenant; `nil` when it belongs to none.
    public func organization(forTenant tenant: String) -> Member? { byTenant[tenant].map { all[$0] } }

    /// The client of the org of a tenant.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` when it belongs to none; never returns another org's client.
    public func client(forTenant tenant: String) throws(OktaError) -> OktaClient {
        guard let organization = organization(forTenant: tenant) else {
            throw Self.failure("tenant \(tenant) belongs to no org; add it to the tenants of its org")
        }
        return organization.client
    }

    private static func failure(_ message: String) -> OktaError {
        .configuration(ConfigurationFailure(message: message))
    }
}
