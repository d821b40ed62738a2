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
