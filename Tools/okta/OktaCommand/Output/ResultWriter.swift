#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import OktaRuntime

/// Writes the results of a command item by item, with constant memory.
///
/// An item passes the conditions, the query, on a terminal the mask of secrets, and the output form.
package struct ResultWriter: Sendable {
    private let options: OutputOptions
    private let format: OutputFormat
    private let model: String?
    private let module: CatalogModule
    private let output: TextOutput
    private let notices: TextOutput?
    private let usesColor: Bool
    private let conditions: [RowCondition]
    private let query: ResultQuery?
    /// The requested columns, or those of the command.
    private let columns: [ValuePath]?
    private let mask: SecretMask?
    private var unseen: UnseenFields
    /// The numbers of items that were queried and of values that were selected.
    private var queried = (items: 0, values: 0)
    /// Whether the result is a list.
    private var isList: Bool
    /// Created for the first item, which shows whether a single result is a list.
    private var form: (any ResultForm)?
    private var bytes: [UInt8] = []

    /// The size of the buffer.
    private static let piece = 1 << 16

    /// Starts the results of a command.
    ///
    /// - Parameters:
    ///   - options: The output options.
    ///   - model: The model of an item, which determines the columns.
    ///   - isList: Whether the result is a list rather than a single object.
    ///   - context: The context for colors and notices; nil for neither.
    package init(
        _ options: OutputOptions, model: String?, module: CatalogModule, isList: Bool, output: TextOutput,
        context: ProgramContext? = nil
    ) throws(CommandFailure) {
        self.options = options
        self.model = model
        self.module = module
        self.output = output
        notices = context?.notices
        usesColor = output.isTerminal && (context?.allowsColor ?? false)
        format = options.format ?? (output.isTerminal ? .table : .json)
        let now = Date()
        var conditions: [RowCondition] = []
        for text in options.conditions { conditions.append(try RowCondition(text, now: now)) }
        self.conditions = conditions
        query = try options.query.map { text throws(CommandFailure) in try ResultQuery(text) }
        var columns: [ValuePath] = []
        let names = options.columns ?? options.usualColumns
        for text in names ?? [] { columns.append(try ValuePath(text)) }
        self.columns = names == nil ? nil : columns
        unseen = UnseenFields(columns + conditions.compactMap(\.comparedField), of: model, in: module)
        if options.columns != nil, format != .table, format != .csv {
            notices?.print(
                "okta: --columns chooses the columns of tables and CSV; \(format.rawValue) has all fields. --query selects "
                    + "among them.")
        }
        mask = output.isTerminal && !options.showsSecrets ? SecretMask.responses(of: model, in: module) : nil
        self.isList = isList || query.map { !$0.isSingular } ?? false
    }

    /// Writes one item.
    ///
    /// - Returns: Whether the item meets the conditions.
    /// - Throws: A ``CommandFailure`` if the query or the output fails.
    @discardableResult
    package mutating func write(_ item: JSON) throws(CommandFailure) -> Bool {
        if !isList, form == nil, item.kind == .array, query == nil, format != .json, format != .yaml {
            // A single response that is a list has its elements as rows.
            isList = true
            for element in item.elements ?? [] { try write(element) }
            if form == nil { form = makeForm() }
            return true
        }
        unseen.see(item)
        for condition in conditions { try condition.check(item) }
        guard conditions.allSatisfy({ $0.holds(for: item) }) else { return false }
        // The mask identifies the item's fields by path, so it precedes the query.
        let item = mask?.masked(item) ?? item
        if let query {
            let values = try query.values(in: item)
            queried = (queried.items + 1, queried.values + values.count)
            let origin = options.leadingMember.flatMap { name in item[name]?.string.map { (name: name, text: $0) } }
            for value in values { try add(origin.map { value.led(by: $0.name, $0.text) } ?? value) }
        } else {
            try add(item)
        }
        return true
    }

    /// Writes the first items that meet the conditions.
    ///
    /// - Parameter left: The maximum number of items, which is reduced by those written.
    package mutating func write(_ items: [JSON], upTo left: inout Int) throws(CommandFailure) {
        for item in items where left > 0 {
            if try write(item) { left -= 1 }
        }
    }

    /// Writes buffered output before a wait for the next page or events.
    package mutating func flush() throws(CommandFailure) {
        form?.showHeld(in: &bytes)
        try drain()
        output.flush()
        try output.check()
    }

    /// Writes the rest. Call it once at the end.
    package mutating func finish() throws(CommandFailure) {
        if form == nil, isList { form = makeForm() }
        form?.finish(in: &bytes)
        try drain()
        output.flush()
        try output.check()
        if let count = form?.leftOutCount, count > 0 {
            notices?.print("okta: \(count) of the results are not objects, so no row shows them; use --format ndjson")
        }
        if queried.items > 0, queried.values == 0 {
            notices?.print(
                isList
                    ? "okta: the query selects nothing in any result; it is applied to each result by itself"
                    : "okta: the query selects nothing")
        }
        if let hidden = form?.hiddenColumns, !hidden.isEmpty {
            notices?.print(
                "okta: the terminal has no room for \(hidden.joined(separator: ", ")); --format csv has all columns")
        }
        for name in unseen.names { notices?.print("okta: no result has the field \(name)") }
        if let csv = form as? CSVForm, !csv.leftOut.isEmpty {
            let names = csv.leftOut.sorted().joined(separator: ", ")
            notices?.print("okta: later rows have more fields than the first ones; no column shows \(names)")
            notices?.print("Name the columns that you want with --columns.")
        }
    }

    private mutating func add(_ item: JSON) throws(CommandFailure) {
        var form = self.form ?? makeForm()
        // Moved out of the property, so that it is modified in place.
        self.form = nil
        form.add(item, to: &bytes)
        self.form = form
        if bytes.count >= Self.piece || output.isTerminal { try drain() }
    }

    private mutating func drain() throws(CommandFailure) {
        guard !bytes.isEmpty else { return }
        output.write(bytes: bytes)
        bytes.removeAll(keepingCapacity: true)
        try output.check()
    }

    private func makeForm() -> any ResultForm {
        // The values of a query have another model.
        let model = query == nil ? self.model : nil
        switch format {
        case .ndjson: return output.isTerminal ? TerminalLinesForm() : LinesForm()
        case .json: return JSONForm(isList: isList, isTerminal: output.isTerminal)
        case .yaml: return YAMLForm(isList: isList, isTerminal: output.isTerminal)
        case .csv:
            return CSVForm(
                columns: columns, choice: ColumnChoice(model: model, module: module),
                guardsFormulas: options.guardsFormulas, isTerminal: output.isTerminal)
        case .table:
            let style = TableStyle(
                width: output.isTerminal ? output.columns ?? 80 : nil, isTerminal: output.isTerminal,
                usesColor: usesColor)
            guard isList else { return FieldsForm(columns: columns, style: style) }
            var form = TableForm(columns: columns, choice: ColumnChoice(model: model, module: module), style: style)
            form.areColumnsAskedFor = options.columns != nil
            form.wholeColumns = options.wholeColumns
            return form
        }
    }
}
