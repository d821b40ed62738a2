/// One of several orgs, with a client of its own.
public struct Organization: Sendable {
    /// The name that the program gives the org.
    public let name: String

    /// The org's client, with its own credentials, limits and time; it shares nothing that another org could use up.
    public let client: OktaClient

    /// The program's own ids of those who belong to the org.
    public let tenants: [String]
}

extension Organization: CustomStringConvertible {
    /// The name and the org's URL.
    public var description: String { "\(name) (\(client.configuration.orgURL))" }
}
