#if Proxy
package import OktaCommand

/// The settings of a proxy, from the options of `okta proxy`.
package struct ProxySettings: Sendable, Hashable {
    /// A profile, the name of an org in an `okta.yaml`, or a URL; nil for the default org.
    package var org: String?
    /// The common port; 0 for any free port.
    package var port = 0
    /// Further ports, each for one client.
    package var namedPorts: [ProxyServer.Port] = []
    /// Clients with bulk priority.
    package var bulkClients: Set<String> = []
    /// Whether the proxy adds the org's credentials.
    package var injectsToken = false
    /// The file with the secrets of local clients; nil for the one in the user's state folder.
    package var secretsPath: String?
    /// The clients that get a secret.
    package var clients: [String] = []
    /// Further host names of the proxy.
    package var publicNames: [String] = []
    /// Whether `Host` is forwarded unchanged.
    package var keepsHost = false
    /// The PEM files for serving https; both or neither.
    package var tlsCertificatePath: String?
    package var tlsKeyPath: String?
    /// Whether links in responses are rewritten to the proxy.
    package var rewritesLinks = true
    /// The file to which exchanges are recorded; nil for none.
    package var recordPath: String?
    /// The store for sharing limits with other programs.
    package var store = StoreChoice.Place.folder(nil)
    /// The share of each limit to use.
    package var utilization: Double?
    /// The proxy's weight in sharing each limit with other programs of the store.
    package var weight = 1
    /// The maximum time that a call waits for its turn, in seconds; nil for as long as its client waits.
    package var maximumWait: Int?
    /// The time limit for calls in flight after a signal to stop, in seconds.
    package var drainTime = 10
    /// A PEM file with the certificate authorities to trust.
    package var caBundlePath: String?
    /// Whether not to print the URL.
    package var isQuiet = false

    package init() {}

    /// Parses a port with a name, as in `--listen`: `8081=terraform`.
    package static func port(_ text: String) throws(CommandFailure) -> ProxyServer.Port {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let number = Int(parts[0]), (0...65_535).contains(number) else {
            throw .usage("--listen takes PORT=NAME, such as 8081=terraform, not '\(text)'")
        }
        try checkName(parts[1], "--listen")
        return ProxyServer.Port(number, clientName: parts[1])
    }

    /// Throws for invalid settings.
    package func check() throws(CommandFailure) {
        guard (0...65_535).contains(port) else { throw .usage("--port takes a number from 0 to 65535, not \(port)") }
        for name in bulkClients.sorted() { try Self.checkName(name, "--bulk") }
        for name in clients { try Self.checkName(name, "--client") }
        if !injectsToken, secretsPath != nil || !clients.isEmpty {
            throw .usage(
                "--secrets and --client need --inject-token", advice: "Without it, clients send their own credentials.")
        }
        guard (tlsCertificatePath == nil) == (tlsKeyPath == nil) else {
            throw .usage("--tls-certificate and --tls-key belong together", advice: "Give both, or none for http.")
        }
        let numbers = ([port] + namedPorts.map(\.number)).filter { $0 != 0 }
        guard Set(numbers).count == numbers.count else { throw .usage("a port is named twice") }
        guard (0...86_400).contains(drainTime) else { throw .usage("--drain takes seconds, up to a day") }
        if let maximumWait, !(0...86_400).contains(maximumWait) {
            throw .usage("--max-wait takes seconds, up to a day")
        }
        if let utilization, !(utilization > 0 && utilization <= 1) {
            throw .usage("--share takes a number above 0, up to 1")
        }
        guard (1...1000).contains(weight) else { throw .usage("--weight takes a number from 1 to 1000") }
        for name in publicNames { try Self.checkPublic(name) }
    }

    private static func checkName(_ name: String, _ option: String) throws(CommandFailure) {
        guard ClientNaming.isName(name) else {
            throw .usage(
                "'\(name)' of \(option) is not a client name",
                advice: "Use up to 64 letters, digits, dots, hyphens and underscores.")
        }
    }

    private static func checkPublic(_ name: String) throws(CommandFailure) {
        let text = name.lowercased()
        let scheme = text.firstRange(of: "://").map { String(text[..<$0.lowerBound]) } ?? "http"
        let authority = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]
        let isHost =
            !authority.isEmpty
            && authority.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x61...0x7A: true
                default: "-._:[]".utf8.contains(byte)
                }
            }
        guard isHost, scheme == "http" || scheme == "https" else {
            throw .usage(
                "'\(name)' of --public-name is not a host",
                advice: "Write proxy.example.com, or https://proxy.example.com.")
        }
    }
}
#endif
