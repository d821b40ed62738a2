#if CommandLine
package import ArgumentParser

/// The options that every action has beside its parameters.
package struct CallOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The body: JSON, @file, or - for the standard input.", valueName: "json"))
    package var body: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Sets a field of the body: profile.city=Oslo, or level:=3 for JSON.", valueName: "field=value"))
    package var assignments: [String] = []

    @Option(help: "The org's profile; the default one if omitted.")
    package var org: String?

    @Flag(help: "Run over every org, with a column for it.")
    package var allOrgs = false

    @Option(help: ArgumentHelp("table, json, ndjson, csv or yaml.", valueName: "form"))
    package var format: OutputFormat?

    @Option(help: ArgumentHelp("The columns of tables and CSV: id,profile.login.", valueName: "paths"))
    package var columns: String?

    @Option(
        help: ArgumentHelp("A JSONPath (RFC 9535) or a JSON Pointer that selects from each result.", valueName: "path"))
    package var query: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Shows only rows that meet a condition, such as profile.city=Oslo.", valueName: "condition"))
    package var conditions: [String] = []

    @Option(help: ArgumentHelp("Shows at most this many items of a list.", valueName: "n"))
    package var first: Int?

    @Flag(help: "Show passwords, tokens and client secrets of answers on a terminal.")
    package var showSecrets = false

    @Flag(help: "Make values harmless in CSV that a spreadsheet would take for a formula.")
    package var guardFormulas = false

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "Runs over a set: search:…, filter:…, group:NAME, app:NAME, file:PATH, csv:PATH:COLUMN, or -.",
            valueName: "set"))
    package var set: String?

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp("Fills a parameter from a field of each object of the set.", valueName: "parameter=field"))
    package var mappings: [String] = []

    @Flag(name: [.customLong("yes"), .customShort("y")], help: "Do not ask before a destructive call.")
    package var yes = false

    @Flag(help: "Show what would be sent, and how long the limits make it take; send nothing.")
    package var dryRun = false

    @OptionGroup
    package var pace: RunPaceOptions

    @Flag(
        name: .customLong("no-undo"),
        help: "Do not store the objects of a run over a set as they are before the change: saves a call for each.")
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

    /// The options whose next argument is their value.
    package static let withValue: Set<String> = [
        "--body", "--set", "--org", "--format", "--columns", "--query", "--where", "--first", "--for", "--map",
        "--max-errors", "--in-flight", "--settle", "--resume", "--client", "--client-secret", "--client-key",
    ]

    /// The org that is meant.
    package var orgSelection: OrgSelection { OrgSelection(name: org, all: allOrgs) }

    /// The OAuth 2.0 client that is meant.
    package var clientCredentials: ClientCredentials {
        ClientCredentials(clientID: clientID, secretFile: clientSecret, keyFile: clientKey)
    }

    /// How results are shown.
    package var output: OutputOptions {
        OutputOptions(
            format: format, columns: columns?.split(separator: ",").map(String.init), query: query,
            conditions: conditions, showsSecrets: showSecrets, guardsFormulas: guardFormulas)
    }
}
#endif
