#if CommandLine
package import ArgumentParser

/// The common options of actions, beside their parameters.
package struct ActionOptions: ParsableArguments {
    @OptionGroup
    package var call: CallOptions

    @Flag(help: "Run over every org, with a column for it.")
    package var allOrgs = false

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "Run over a set: search:…, filter:…, group:NAME, app:NAME, file:PATH, csv:PATH:COLUMN, or -.",
            valueName: "set"))
    package var set: String?

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp("Fill a parameter from a field of each object of the set.", valueName: "parameter=field"))
    package var mappings: [String] = []

    @OptionGroup
    package var pace: RunPaceOptions

    @Flag(
        name: .customLong("no-undo"),
        help: "Do not store the objects before a run over a set changes them, which saves a call for each.")
    package var noUndo = false

    @Option(help: ArgumentHelp("Continue a run over a set that has secrets, with the same command.", valueName: "run"))
    package var resume: String?

    @Option(
        name: .customLong("client"),
        help: ArgumentHelp("The OAuth 2.0 client of actions that authenticate one.", valueName: "id"))
    package var clientID: String?

    @Option(
        name: .customLong("client-secret"),
        help: ArgumentHelp(
            "The file with that client's secret, as @file; OKTA_CLI_CLIENT_SECRET otherwise.", valueName: "@file"))
    package var clientSecret: String?

    @Option(
        name: .customLong("client-key"),
        help: ArgumentHelp("The file with that client's private key, as @file.", valueName: "@file"))
    package var clientKey: String?

    package init() {}

    /// The options that take the next argument as their value.
    package static let withValue: Set<String> = [
        "--body", "--set", "--org", "--format", "-o", "--columns", "--query", "--where", "--first", "--for", "--map",
        "--max-errors", "--in-flight", "--settle", "--resume", "--client", "--client-secret", "--client-key",
    ]

    /// The selected org.
    package var orgSelection: OrgSelection { OrgSelection(name: call.org, all: allOrgs) }

    /// The selected OAuth 2.0 client.
    package var clientCredentials: ClientCredentials {
        ClientCredentials(clientID: clientID, secretFile: clientSecret, keyFile: clientKey)
    }
}
#endif
