#if CommandLine
package import OktaRuntime

/// Shows what a run would send.
package struct DryRun: Sendable {
    let journal: RunJournal
    let client: OktaClient
    let keepsBefore: Bool
    let options: OutputOptions
    let context: ProgramContext
    /// The limits that former runs have seen.
    let knownLimits: [String: Int]

    /// Writes the calls to the output, and the time that they take to the notices.
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
                estimate.add(call, keepsBefore: keepsBefore)
                let curl = try CurlText(call.call, through: client)
                if writer == nil {
                    context.output.print(Self.text(curl, call))
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
    package static func show(
        _ row: RowCall, through client: OktaClient, context: ProgramContext
    ) throws(CommandFailure) {
        let curl = try CurlText(row.call, through: client)
        context.output.print(text(curl, row))
        context.output.flush()
        context.notices.print("Nothing was sent.")
        context.notices.flush()
    }

    private static func fields(_ call: RowCall) -> [String] {
        (call.stored.json["set"]?.elements ?? []).map { field in
            let path = (field["path"]?.elements ?? []).compactMap(\.string).joined(separator: ".")
            return "\(path)=\(field["text"]?.string ?? "")"
        }
    }

    private static func text(_ curl: CurlText, _ call: RowCall) -> String {
        var lines = ["\(curl.method) \(curl.url)"]
        if let body = curl.body { lines.append("  \(body.text)") }
        if !call.assignments.isEmpty {
            lines.append("  the present object, with \(fields(call).joined(separator: ", "))")
        }
        lines.append("  \(curl.text)")
        return lines.joined(separator: "\n")
    }

    private static func json(_ curl: CurlText, _ call: RowCall) -> JSON {
        var json: JSON = ["method": JSON(curl.method), "url": JSON(curl.url), "curl": JSON(curl.text)]
        if let body = curl.body { json["body"] = body }
        if !call.assignments.isEmpty { json["set"] = JSON(fields(call).map { JSON($0) }) }
        return json
    }
}
#endif
