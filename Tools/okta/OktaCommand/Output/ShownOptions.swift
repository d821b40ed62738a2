#if CommandLine
package import ArgumentParser

/// The output options of commands that are not actions.
package struct ShownOptions: ParsableArguments {
    @Option(
        name: [.customLong("format"), .customShort("o")],
        help: ArgumentHelp("table, json, ndjson, csv or yaml.", valueName: "form"))
    package var format: OutputFormat?

    @Option(help: ArgumentHelp("The columns of tables and CSV.", valueName: "paths"))
    package var columns: String?

    package init() {}

    /// Returns the options with default columns.
    package func options(columns standard: [String]) -> OutputOptions {
        var options = OutputOptions(format: format, columns: OutputOptions.paths(columns))
        options.usualColumns = standard
        return options
    }
}

extension OutputFormat: ExpressibleByArgument {}
#endif
