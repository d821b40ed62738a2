import Foundation
import HTTPTypes
import OktaRuntime
import Testing

@Suite("CurlTransport: its options")
struct CurlTransportOptionsTests {
    @Test(
        "Transport options: an invalid value is named",
        arguments: [
            (CurlTransport.Options(maximumConnectionsPerHost: 0), "maximumConnectionsPerHost"),
            (CurlTransport.Options(maximumConnectionsPerHost: .max), "maximumConnectionsPerHost"),
            (CurlTransport.Options(streamBufferBytes: 1), "streamBufferBytes"),
            (CurlTransport.Options(caBundlePath: "/no/such/bundle.pem"), "caBundlePath: /no/such/bundle.pem"),
            (CurlTransport.Options(caBundlePath: "/"), "caBundlePath"),
            (
                CurlTransport.Options(
                    clientCertificate: .init(certificatePath: "/no/c.pem", privateKeyPath: "/no/k.pem")),
                "client certificate"
            ),
            (CurlTransport.Options(proxy: "ftp://u:secret@proxy.example"), "scheme"),
            (CurlTransport.Options(proxy: "http://"), "host"),
            (CurlTransport.Options(proxy: "http://u:secret word@proxy.example"), "space"),
            (CurlTransport.Options(proxy: "http://u:sec/secret@proxy.example:3128"), "percent-encode"),
            (CurlTransport.Options(proxy: "http://u:sec#secret@proxy.example"), "percent-encode"),
            (CurlTransport.Options(proxy: "u:secret@secret@proxy.example"), "percent-encode"),
            (CurlTransport.Options(proxy: "http://u:secret@"), "host"),
            (CurlTransport.Options(proxy: "http://u:secret"), "port"),
            (CurlTransport.Options(proxy: "http://u:secret@proxy.example:99999"), "port"),
            (CurlTransport.Options(proxy: "http://u:secret@[::1"), "bracket"),
        ])
    func wrongValueIsNamed(options: CurlTransport.Options, word: String) {
        let error = #expect(throws: TransportError.self) { try CurlTransport(options: options) }
        #expect(error?.kind == .invalidOptions)
        #expect(error?.detail.contains(word) == true, "\(String(describing: error))")
        #expect(error.map { "\($0)".contains("secret") } == false)
    }

    @Test(
        "Transport options: proxies are accepted in the usual notations",
        arguments: [
            "", "proxy.example", "proxy.example:3128", "http://proxy.example/", "socks5h://u:p%2Fw@proxy.example:1080",
            "HTTP://[::1]:3128", "u:p:w@proxy.example:3128",
        ])
    func proxiesAreTakenAsPeopleWriteThem(_ proxy: String) throws {
        try CurlTransport(options: .init(proxy: proxy)).shutdown()
    }

    // Tests in a separate process, which has its own environment, need Swift 6.2.
    #if compiler(>=6.2)
    /// libcurl reads the proxy from the environment itself, and quotes a rejected value.
    @Test(
        "Transport options: the proxy of the environment is not printed",
        arguments: ["http://u:sec/secret@proxy.example:3128", "ftp://u:secret@proxy.example", "http://u:secret"])
    func theEnvironmentsProxyIsNotQuoted(_ proxy: String) async {
        await #expect(processExitsWith: .success) { [proxy] in
            setenv("https_proxy", proxy, 1)
            let head = HTTPRequest(method: .get, scheme: "https", authority: "acme.okta.example", path: "/")
            let transport = try CurlTransport()
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(TransportRequest(head: head))
            }
            #expect(error?.kind == .proxyFailed)
            #expect(error.map { "\($0)".contains("secret") } == false, "\(String(describing: error))")
        }
    }
    #endif

    @Test("Transport options: secrets are not printed") func secretsAreNotShown() {
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
