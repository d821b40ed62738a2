package import OktaRuntime

/// Writes the results of one command, item by item, in memory that does not grow with their number.
package struct ResultWriter: Sendable {
    private let output: TextOutput
    private let format: OutputFormat
    private let isList: Bool
    private var count = 0

    /// Begins the results of a command.
    ///
    /// - Parameters:
    ///   - options: How they are shown.
    ///   - model: The model of an item, for the choice of columns.
    ///   - isList: Whether there may be any number of items; a single object otherwise.
    package init(
        _ options: OutputOptions, model: String?, module: CatalogModule, isList: Bool, output: TextOutput
    ) throws(CommandFailure) {
        self.output = output
        self.isList = isList
        format = options.format ?? (output.isTerminal ? .table : .json)
    }

    /// Writes one item.
    package mutating func write(_ item: JSON) throws(CommandFailure) {
        if isList, format == .json { output.write(count == 0 ? "[" : ",\n") }
        output.write(item.text)
        if format != .json { output.write("\n") }
        count += 1
    }

    /// Shows what was written so far, before a wait for more.
    package mutating func flush() throws(CommandFailure) { output.flush() }

    /// Writes what is held back. Call it once, at the end.
    package mutating func finish() throws(CommandFailure) {
        if isList, format == .json {
            output.write(count == 0 ? "[]\n" : "]\n")
        } else if format == .json {
            output.write("\n")
        }
        output.flush()
    }
}
