import OktaRuntime
import Testing

@Suite("CurlTransport: its options")
struct CurlTransportOptionsTests {
    @Test(arguments: [
        (CurlTransport.Options(maximumConnectionsPerHost: 0), "maximumConnectionsPerHost"),
        (CurlTransport.Options(maximumConnectionsPerHost: .max), "maximumConnectionsPerHost"),
        (CurlTransport.Options(streamBufferBytes: 1), "streamBufferBytes"),
        (CurlTransport.Options(caBundlePath: "/no/such/bundle.pem"), "caBundlePath: /no/such/bundle.pem"),
        (CurlTransport.Options(caBundlePath: "/"), "caBundlePath"),
        (
            CurlTransport.Options(clientCertificate: .init(certificatePath: "/no/c.pem", privateKeyPath: "/no/k.pem")),
            "client certificate"
        ),
        (CurlTransport.Options(proxy: "ftp://u:secret@proxy.example"), "scheme"),
        (CurlTransport.Options(proxy: "http://"), "host"),
        (CurlTransport.Options(proxy: "http://u:secret word@proxy.example"), "space"),
    ])
    func wrongValueIsNamed(options: CurlTransport.Options, word: String) {
        let error = #expect(throws: TransportError.self) { try CurlTransport(options: options) }
        #expect(error?.kind == .invalidOptions)
        #expect(error?.detail.contains(word) == true, "\(String(describing: error))")
        #expect(error.map { "\($0)".contains("secret") } == false)
    }

    @Test func secretsAreNotShown() {
        let certificate = CurlTransport.ClientCertificate(
            certificatePath: "c.pem", privateKeyPath: "k.pem", privateKeyPassword: "secret")
        let options = CurlTransport.Options(clientCertificate: certificate, proxy: "http://u:secret@proxy.example")
        var dumped = ""
        dump(options, to: &dumped)
        dump(certificate, to: &dumped)
        for text in [
            "\(options)", String(reflecting: options), "\(certificate)", String(reflecting: certificate), dumped,
        ] {
            #expect(!text.contains("secret"))
            #expect(!text.isEmpty)
        }
    }
}
