import Testing

@testable import OktaRuntime

/// Creating a transport from a configuration, for one client and for many.
@Suite struct ConfiguredTransportTests {
    private func configuration(_ edit: (inout OktaConfiguration) -> Void) throws -> OktaConfiguration {
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "t0ken-value")
        edit(&configuration)
        return configuration
    }

    private let certificate = CurlTransport.ClientCertificate(
        certificatePath: "/no/such/client.pem", privateKeyPath: "/no/such/key.pem", privateKeyPassword: "secret-word")

    @Test("Configured transport: the transport follows the configuration") func transportFollowsConfiguration()
        throws
    {
        let options = CurlTransport.Options(
            try configuration {
                $0.caBundlePath = "ca.pem"
                $0.clientCertificate = certificate
                $0.proxy = "http://proxy.example:3128"
            })
        #expect(
            options
                == CurlTransport.Options(
                    caBundlePath: "ca.pem", clientCertificate: certificate, proxy: "http://proxy.example:3128",
                    maximumConnectionsPerHost: 64))
    }

    @Test("Transport: has a connection for each call in flight", arguments: [(1, 8), (8, 8), (64, 64), (9999, 1024)])
    func connectionsFollowCallsInFlight(_ calls: Int, _ connections: Int) throws {
        let options = CurlTransport.Options(try configuration { $0.rateLimits.maximumConcurrentCalls = calls })
        #expect(options == CurlTransport.Options(maximumConnectionsPerHost: connections))
    }

    @Test("Configured transport: an invalid certificate is reported when the client is created")
    func invalidCertificateIsReportedWhenClientIsCreated() throws {
        let configuration = try configuration { $0.clientCertificate = certificate }
        let makers: [() throws -> Void] = [
            { _ = try OktaClient(configuration: configuration) },
            { _ = try OktaOrganizations([.init(name: "acme", configuration: configuration)]) },
        ]
        for make in makers {
            #expect {
                try make()
            } throws: {
                "\($0)".contains("/no/such/client.pem") && !"\($0)".contains("secret-word")
            }
        }
    }

    @Test("Configured transport: only orgs with equal transport settings share a transport")
    func onlyOrgsWithEqualTransportSettingsShareTransport() throws {
        let (certificateFile, keyFile) = (try TemporaryFile([1]), try TemporaryFile([2]))
        var transports = SharedTransports()
        let plain = try configuration { _ in }
        let certified = try configuration {
            $0.clientCertificate = .init(certificatePath: certificateFile.path, privateKeyPath: keyFile.path)
        }
        let made = try [plain, certified, plain, certified].map { try transports.transport(for: $0) as AnyObject }
        let identities = made.map { ObjectIdentifier($0) }
        #expect(identities[0] == identities[2] && identities[1] == identities[3])
        #expect(identities[0] != identities[1])
    }

    @Test("Configured transport: the proxy password is not printed") func thePasswordIsNotShown() throws {
        let configuration = try configuration { $0.clientCertificate = certificate }
        var shown = "\(configuration) \(String(reflecting: configuration))"
        dump(configuration, to: &shown)
        dump(configuration.clientCertificate, to: &shown)
        #expect(!shown.contains("secret-word"))
    }
}
