import HTTPTypes
import OktaRuntime
import Testing

@Suite("Certificates of a real server", .enabled(if: Nginx.isRunning, "make test-integration starts nginx"))
struct CertificateTests {
    @Test("TLS: a valid certificate is accepted, and HTTP/2 is negotiated") func aGoodOneIsTakenAndHTTP2Spoken()
        async throws
    {
        let response = try await Nginx.transport().send(Nginx.request(.secure, "/hint"))
        #expect(response.head.status == .ok)
        #expect(response.text.hasPrefix("HTTP/2.0"))
    }

    @Test(
        "TLS: an invalid certificate is rejected before anything is sent",
        arguments: [Nginx.Server.expired, .wrongHost, .unknownAuthority])
    func aBadOneIsRefusedBeforeAnythingIsSent(server: Nginx.Server) async throws {
        let transport = try Nginx.transport()
        let error = await #expect(throws: TransportError.self) {
            try await transport.send(Nginx.request(server, "/hint"))
        }
        #expect(error?.kind == .untrustedCertificate)
        #expect(error?.mayHaveReachedServer == false)
        #expect(error?.detail.isEmpty == false)
    }

    @Test("TLS: a certificate of an authority that the system does not know is rejected")
    func theSystemsAuthoritiesDoNotKnowOurs() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(Nginx.request(.secure, "/hint"))
        }
        #expect(error?.kind == .untrustedCertificate)
    }

    @Test("TLS: a client certificate is presented") func aClientCertificateIsShown() async throws {
        let certificate = CurlTransport.ClientCertificate(
            certificatePath: Nginx.file("client.crt"), privateKeyPath: Nginx.file("client.key"))
        let request = Nginx.request(.clientCertificate, "/hint")
        #expect(try await Nginx.transport(clientCertificate: certificate).send(request).head.status == .ok)
        #expect(try await Nginx.transport().send(request).head.status == .badRequest)
    }

    @Test("TLS: an encrypted key needs its password") func anEncryptedKeyNeedsItsPassword() async throws {
        var certificate = CurlTransport.ClientCertificate(
            certificatePath: Nginx.file("client.crt"), privateKeyPath: Nginx.file("client-locked.key"),
            privateKeyPassword: "open-sesame")
        let request = Nginx.request(.clientCertificate, "/hint")
        #expect(try await Nginx.transport(clientCertificate: certificate).send(request).head.status == .ok)
        certificate.privateKeyPassword = "wrong-secret"
        let transport = try Nginx.transport(clientCertificate: certificate)
        let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
        // A failed handshake would be retried.
        #expect(error?.kind == .invalidOptions)
        #expect(error.map { "\($0)".contains("wrong-secret") } == false)
    }
}
