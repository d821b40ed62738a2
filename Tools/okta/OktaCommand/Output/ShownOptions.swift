#if CommandLine
package import ArgumentParser

/// How commands that are no actions show their results.
package struct ShownOptions: ParsableArguments {
    @Option(
        name: [.customLong("format"), .customShort("o")],
        help: ArgumentHelp("table, json, ndjson, csv or yaml.", valueName: "form"))
    package var format: OutputFormat?

    @Option(help: ArgumentHelp("The columns of tables and CSV.", valueName: "paths"))
    package var columns: String?

    package init() {}

    /// The options, with columns where none are given.
    package func options(columns standard: [String]) -> OutputOptions {
        var options = OutputOptions(format: format, columns: OutputOptions.paths(columns))
        options.usualColumns = standard
        return options
    }
}

extension OutputFormat: ExpressibleByArgument {}
#endif
