#if CommandLine
internal import OktaRuntime

/// Shows the calls of a run without sending them.
package struct DryRun: Sendable {
    let journal: RunJournal
    let client: OktaClient
    let keepsBefore: Bool
    let options: OutputOptions
    let context: ProgramContext
    /// The limits from earlier runs.
    let knownLimits: [String: Int]
    /// Whether the run undoes another one.
    var isUndo = false

    /// Writes the calls to the output, and the estimated time to the notices.
    func show() throws(CommandFailure) {
        var estimate = LimitEstimate(known: knownLimits)
        var writer: ResultWriter?
        if options.format != nil {
            writer = try ResultWriter(options, model: nil, module: .management, isList: true, output: context.output)
        }
        var after = 0
        while case let rows = try journal.rows([.waiting], after: after, limit: 200), let last = rows.last {
            after = last.number
            for row in rows {
                let call = try RowCall(row.call)
                estimate.add(call, keepsBefore: keepsBefore, isUndo: isUndo)
                let curl = try CurlText(call.call, setsFields: !call.assignments.isEmpty, through: client)
                if writer == nil {
                    context.output.print(Self.text(curl, call.assignments))
                } else {
                    try writer?.write(Self.json(curl, call))
                }
            }
        }
        try writer?.finish()
        context.output.flush()
        context.notices.print("Nothing was sent. \(estimate.text).")
        context.notices.flush()
    }

    /// Writes a single call to the output.
    ///
    /// - Parameters:
    ///   - changes: The fields to set in the current object, which is then sent as a whole.
    ///   - names: Names in the path that are replaced by ids when the call is sent.
    package static func show(
        _ curl: CurlText, changes: [FieldAssignment] = [], names: [String] = [], context: ProgramContext
    ) {
        context.output.print(text(curl, changes))
        context.output.flush()
        for name in names {
            context.notices.print(
                "\(TerminalText.safe(name)) is a name: the call contains the id of that object instead.")
        }
        context.notices.print("Nothing was sent.")
        context.notices.flush()
    }

    private static func fields(_ changes: [FieldAssignment]) -> [String] {
        changes.map { field in
            let isSecret = field.path.contains(where: SecretMask.requests.isSecret)
            return "\(field.path.joined(separator: "."))=\(isSecret ? SecretMask.requests.mark : field.text)"
        }
    }

    private static func text(_ curl: CurlText, _ changes: [FieldAssignment]) -> String {
        var lines = ["\(curl.method) \(curl.url)"]
        if let body = curl.body { lines.append("  \(body.text)") }
        if !changes.isEmpty {
            lines.append(
                "  \(CurlText.objectFile): the current object, with \(fields(changes).joined(separator: ", "))")
        }
        lines.append("  \(curl.text)")
        return lines.joined(separator: "\n")
    }

    private static func json(_ curl: CurlText, _ call: RowCall) -> JSON {
        var json: JSON = ["method": JSON(curl.method), "url": JSON(curl.url), "curl": JSON(curl.text)]
        if let body = curl.body { json["body"] = body }
        if !call.assignments.isEmpty { json["set"] = JSON(fields(call.assignments).map { JSON($0) }) }
        return json
    }
}
#endif
