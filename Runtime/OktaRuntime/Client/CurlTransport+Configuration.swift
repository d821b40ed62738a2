extension CurlTransport.Options {
    /// What a configuration says of the way to the org.
    init(_ configuration: OktaConfiguration) {
        self.init(
            caBundlePath: configuration.caBundlePath, clientCertificate: configuration.clientCertificate,
            proxy: configuration.proxy)
        // A call that has its turn must not stand in another line, where its time would run.
        maximumConnectionsPerHost = min(
            max(maximumConnectionsPerHost, configuration.rateLimits.maximumConcurrentCalls), 1024)
    }
}

extension CurlTransport {
    /// Starts a transport for a client.
    static func start(_ options: Options) throws(OktaError) -> CurlTransport {
        do {
            return try CurlTransport(options: options)
        } catch {
            throw .transport(TransportFailure(error))
        }
    }
}
