extension OktaOrganizations {
    /// What makes one of several orgs: its name, its configuration, and whose it is.
    ///
    /// One org has one definition with all its tenants. A second one, under another name, is for other credentials: it
    /// makes a client that keeps to the org's rate limits without regard to the first one; see ``OktaOrganizations``.
    public struct Definition: Sendable {
        /// The name that the program gives the org.
        public var name: String

        /// Where the org is and how to sign in to it.
        public var configuration: OktaConfiguration

        /// The program's own ids of those who belong to the org.
        public var tenants: [String]

        /// What carries the org's requests; `nil` for libcurl.
        public var transport: (any Transport)?

        /// Creates a definition.
        ///
        /// - Parameters:
        ///   - name: The name that the program gives the org; not empty.
        ///   - configuration: Where the org is and how to sign in to it.
        ///   - tenants: The program's own ids of those who belong to the org; each belongs to one org only.
        ///   - transport: What carries the org's requests; `nil` for libcurl.
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

/// One libcurl transport for all orgs that are reached in the same way: a thread for each org would be a waste.
///
/// Connections and their number are an org's own all the same, since they belong to a host. 512 are kept in all.
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
