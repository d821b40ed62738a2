#if CommandLine
package import ArgumentParser

/// The options of a single call, which requests without a catalog action also have.
package struct CallOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The body: JSON, @file, or - for the standard input.", valueName: "json"))
    package var body: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Set a field of the body: profile.city=Oslo, or level:=3 for JSON.", valueName: "field=value"))
    package var assignments: [String] = []

    @Option(help: "The org: a profile, or a name in okta.yaml; `okta whoami` shows the default.")
    package var org: String?

    @Option(
        name: [.customLong("format"), .customShort("o")],
        help: ArgumentHelp("table, json, ndjson, csv or yaml.", valueName: "form"))
    package var format: OutputFormat?

    @Option(help: ArgumentHelp("The columns of tables and CSV: id,profile.login.", valueName: "paths"))
    package var columns: String?

    @Option(
        help: ArgumentHelp("A JSONPath (RFC 9535) or a JSON Pointer that selects from each result.", valueName: "path"))
    package var query: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Show only rows that meet a condition, such as profile.city=Oslo.", valueName: "condition"))
    package var conditions: [String] = []

    @Option(
        help: ArgumentHelp(
            "Show at most this many items of a list, of those that meet the conditions.", valueName: "n"))
    package var first: Int?

    @Flag(help: "Show passwords, tokens and client secrets in responses on a terminal.")
    package var showSecrets = false

    @Flag(help: "Guard CSV values that a spreadsheet would interpret as formulas.")
    package var guardFormulas = false

    @Flag(name: [.customLong("yes"), .customShort("y")], help: "Do not ask before a destructive call.")
    package var yes = false

    @Flag(help: "Show what would be sent, and the time it takes under the limits; send nothing.")
    package var dryRun = false

    package init() {}

    package func validate() throws {
        if let first, first < 1 { throw ValidationError("--first must be at least 1") }
    }

    /// The output options.
    package var output: OutputOptions {
        OutputOptions(
            format: format, columns: OutputOptions.paths(columns), query: query,
            conditions: conditions, showsSecrets: showSecrets, guardsFormulas: guardFormulas)
    }
}
#endif
