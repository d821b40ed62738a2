extension OktaOrganizations {
    /// The definition of one of several orgs: its name, its configuration and its tenants.
    ///
    /// Each org has one definition with all its tenants. A second definition with another name is for other
    /// credentials. It creates a client that applies the org's rate limits independently of the first one; see
    /// ``OktaOrganizations``.
    public struct Definition: Sendable {
        /// The program's name for the org.
        public var name: String

        /// The org's URL and credentials.
        public var configuration: OktaConfiguration

        /// The program's ids of the tenants that belong to the org.
        public var tenants: [String]

        /// The org's transport; `nil` for libcurl.
        public var transport: (any Transport)?

        /// Creates a definition.
        ///
        /// - Parameters:
        ///   - name: The program's name for the org; not empty.
        ///   - configuration: The org's URL and credentials.
        ///   - tenants: The program's ids of the tenants that belong to the org; each belongs to one org only.
        ///   - transport: The org's transport; `nil` for libcurl.
        public init(
            name: String, configuration: OktaConfiguration, tenants: [String] = [], transport: (any Transport)? = nil
        ) {
            self.name = name
            self.configuration = configuration
            self.tenants = tenants
            self.transport = transport
        }
    }
}

/// One libcurl transport for all orgs with the same connection settings, because a thread for each org would be
/// wasteful.
///
/// Connections and their limits are still separate for each org, because they belong to a host. At most 512 are kept in
/// total.
struct SharedTransports {
    private var transports: [CurlTransport.Options: CurlTransport] = [:]

    mutating func transport(for configuration: OktaConfiguration) throws(OktaError) -> any Transport {
        let options = CurlTransport.Options(configuration)
        if let transport = transports[options] { return transport }
        let transport = try CurlTransport.start(options)
        transports[options] = transport
        return transport
    }
}
