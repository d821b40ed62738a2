extension CurlTransport.Options {
    /// Takes the transport's options from a configuration.
    init(_ configuration: OktaConfiguration) {
        self.init(
            caBundlePath: configuration.caBundlePath, clientCertificate: configuration.clientCertificate,
            proxy: configuration.proxy)
        // A call that has its turn must not wait in a second queue while its timeout runs.
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
