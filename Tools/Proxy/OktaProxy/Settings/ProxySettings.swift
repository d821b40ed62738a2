#if Proxy
package import OktaCommand

/// How a proxy is set up: the options of `okta proxy`, checked.
package struct ProxySettings: Sendable, Hashable {
    /// The name of a profile, of an org in an `okta.yaml`, or a URL; nil for the default org.
    package var org: String?
    /// The common port; 0 for one that is free.
    package var port = 0
    /// Further ports, each of which stands for a client.
    package var namedPorts: [ProxyServer.Port] = []
    /// Clients whose calls are bulk work.
    package var bulkClients: Set<String> = []
    /// Whether the proxy adds the org's credentials.
    package var injectsToken = false
    /// The file with the secrets of local clients; nil for the one in the folder of the user's state.
    package var secretsPath: String?
    /// The clients that get a secret.
    package var clients: [String] = []
    /// Further names under which clients reach the proxy.
    package var publicNames: [String] = []
    /// Whether `Host` goes to the org as clients send it.
    package var keepsHost = false
    /// The PEM files with which the proxy serves https; both or none.
    package var tlsCertificatePath: String?
    package var tlsKeyPath: String?
    /// Whether links in responses are pointed to the proxy.
    package var rewritesLinks = true
    /// Where exchanges are recorded; nil for nowhere.
    package var recordPath: String?
    /// Where limits are shared with other programs.
    package var store = StoreChoice.Place.folder(nil)
    /// The share of each limit to use.
    package var utilization: Double?
    /// The proxy's part of each limit in proportion to other programs of the store.
    package var weight = 1
    /// How long a call may wait for its turn, in seconds; nil for as long as its client does.
    package var maximumWait: Int?
    /// How long calls in flight may take after a signal to stop, in seconds.
    package var drainTime = 10
    /// A PEM file with the authorities to trust.
    package var caBundlePath: String?
    /// Whether the address is not printed.
    package var isQuiet = false

    package init() {}

    /// A port with a name, as `--listen` has it: `8081=terraform`.
    package static func port(_ text: String) throws(CommandFailure) -> ProxyServer.Port {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let number = Int(parts[0]), (0...65_535).contains(number) else {
            throw .usage("--listen takes PORT=NAME, such as 8081=terraform, not '\(text)'")
        }
        try checkName(parts[1], "--listen")
        return ProxyServer.Port(number, clientName: parts[1])
    }

    /// Checks all settings.
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
                "'\(name)' of \(option) is no name of a client",
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
                "'\(name)' of --public-name is no host",
                advice: "Write proxy.example.com, or https://proxy.example.com.")
        }
    }
}
#endif
