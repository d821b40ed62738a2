/// A collection of clients for several orgs, with lookup by name or tenant id.
///
/// ```swift
/// let organizations = try OktaOrganizations([
///     .init(name: "acme", configuration: acme, tenants: ["tenant-1", "tenant-2"]),
///     .init(name: "globex", configuration: globex, tenants: ["tenant-3"]),
/// ])
/// let user = try await organizations.client(forTenant: "tenant-2").user.getUser(id)
/// ```
///
/// Every org has a separate client, so that errors and used-up limits of one org do not affect another.
///
/// This isolation is by name, so give each org one name with all its tenants. Use two names for one org only for two
/// sets of credentials. Their clients do not coordinate: each applies its ``RateLimitPolicy`` separately, although the
/// org counts the calls of both. Together they may have twice as many calls in flight as the policy allows, and exceed
/// its part of a limit. Divide the policy between them.
public struct OktaOrganizations: Sendable {
    /// The orgs, in the order given.
    public let all: [Member]

    private let byName: [String: Int]
    private let byTenant: [String: Int]

    /// Creates a client for each org. Sends no request.
    ///
    /// - Parameter definitions: The orgs.
    /// - Throws: ``OktaError/configuration(_:)`` for an empty or duplicate name or tenant, and the errors of
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

    /// The org with a name; `nil` if there is none.
    public subscript(name: String) -> Member? { byName[name].map { all[$0] } }

    /// Returns the client of the org with a name.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` if there is none.
    public func client(named name: String) throws(OktaError) -> OktaClient {
        guard let organization = self[name] else {
            let known = all.prefix(10).map(\.name).joined(separator: ", ")
            throw Self.failure(
                "there is no org named \(name); known orgs: \(all.isEmpty ? "none" : known)\(all.count > 10 ? ", …" : "")"
            )
        }
        return organization.client
    }

    /// Returns the org of a tenant; `nil` if the tenant belongs to none.
    public func organization(forTenant tenant: String) -> Member? { byTenant[tenant].map { all[$0] } }

    /// Returns the client of a tenant's org. It never falls back to another org's client.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` if the tenant belongs to no org.
    public func client(forTenant tenant: String) throws(OktaError) -> OktaClient {
        guard let organization = organization(forTenant: tenant) else {
            throw Self.failure("tenant \(tenant) belongs to no org; add it to the tenants of its org")
        }
        return organization.client
    }

    private static func failure(_ message: String) -> OktaError {
        .configuration(.init(message: message))
    }
}

extension OktaOrganizations {
    /// One of several orgs, with its client.
    public struct Member: Sendable {
        /// The program's name for the org.
        public let name: String

        /// The org's client, with separate credentials, limits and clock. It shares no resource that another org could
        /// exhaust.
        public let client: OktaClient

        /// The program's ids of the tenants that belong to the org.
        public let tenants: [String]
    }
}

extension OktaOrganizations.Member: CustomStringConvertible {
    /// The name and the org's URL.
    public var description: String { "\(name) (\(client.configuration.orgURL))" }
}

extension OktaOrganizations {
    /// The result of an operation in one of several orgs.
    public struct Result<Value: Sendable>: Sendable {
        /// The org.
        public let organization: Member

        /// The value or the error; ``OktaError/cancelled`` if the operation was cancelled before it began.
        public let outcome: Swift.Result<Value, any Error>

        /// The value; `nil` if the operation failed in this org.
        public var value: Value? { try? outcome.get() }

        /// The error; `nil` if the operation succeeded in this org.
        public var error: (any Error)? {
            if case .failure(let error) = outcome { error } else { nil }
        }
    }
}

extension OktaOrganizations {
    /// The definition of one of several orgs: its name, its configuration and its tenants.
    ///
    /// Use one definition per org, with all its tenants. Add a second definition with another name only for other
    /// credentials. Its client applies the org's rate limits independently of the first one; see ``OktaOrganizations``.
    public struct Definition: Sendable {
        /// The program's name for the org.
        public var name: String

        /// The org's URL and credentials.
        public var configuration: OktaConfiguration

        /// The program's ids of the tenants that belong to the org.
        public var tenants: [String]

        /// The org's transport; `nil` for libcurl.
        public var transport: (any HTTPTransport)?

        /// Creates a definition.
        ///
        /// - Parameters:
        ///   - name: The program's name for the org; not empty.
        ///   - configuration: The org's URL and credentials.
        ///   - tenants: The program's ids of the tenants that belong to the org. A tenant belongs to one org only.
        ///   - transport: The org's transport; `nil` for libcurl.
        public init(
            name: String, configuration: OktaConfiguration, tenants: [String] = [],
            transport: (any HTTPTransport)? = nil
        ) {
            self.name = name
            self.configuration = configuration
            self.tenants = tenants
            self.transport = transport
        }
    }
}

/// The libcurl transports of several orgs. Orgs with the same connection settings share one, to avoid a thread per org.
///
/// Connections and their limits are still separate for each org, because they belong to a host. At most 512 connections
/// are kept in total.
struct SharedTransports {
    private var transports: [CurlTransport.Options: CurlTransport] = [:]

    mutating func transport(for configuration: OktaConfiguration) throws(OktaError) -> any HTTPTransport {
        let options = CurlTransport.Options(configuration)
        if let transport = transports[options] { return transport }
        let transport = try CurlTransport.start(options)
        transports[options] = transport
        return transport
    }
}

extension OktaOrganizations {
    /// Runs an operation in every org, several at the same time.
    ///
    /// ```swift
    /// let counts = await organizations.concurrentMap { organization in
    ///     try await organization.client.group.listGroups().collect().count
    /// }
    /// for result in counts { print(result.organization.name, result.value ?? 0, result.error.map { "\($0)" } ?? "") }
    /// ```
    ///
    /// A failure in one org becomes the result of that org and does not stop the others. Cancelling the task cancels
    /// all running operations and starts no more.
    ///
    /// - Parameters:
    ///   - limit: The maximum number of orgs at the same time, at least 1, including those that wait for a rate limit.
    ///     Defaults to 16.
    ///   - operation: The operation.
    /// - Returns: A result for every org, in the order of ``all``.
    @discardableResult
    public func concurrentMap<Value: Sendable>(
        maximumConcurrency limit: Int = 16,
        _ operation: @escaping @Sendable (Member) async throws -> Value
    ) async -> [Result<Value>] {
        await withTaskGroup(of: (index: Int, outcome: Swift.Result<Value, any Error>).self) { group in
            var waiting = all.indices.makeIterator()
            func begin() {
                guard let index = waiting.next() else { return }
                let organization = all[index]
                group.addTask {
                    guard !Task.isCancelled else { return (index, .failure(OktaError.cancelled)) }
                    do {
                        return (index, .success(try await operation(organization)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<max(1, min(limit, all.count)) { begin() }
            var outcomes: [Int: Swift.Result<Value, any Error>] = [:]
            for await (index, outcome) in group {
                outcomes[index] = outcome
                begin()
            }
            return all.enumerated().map { index, organization in
                Result(
                    organization: organization, outcome: outcomes[index] ?? .failure(OktaError.cancelled))
            }
        }
    }
}
