#if CommandLine
internal import HTTPTypes
package import OktaRuntime

/// The lists of runs and of their rows.
package struct RunListing: Sendable {
    private let folder: RunFolder

    package init(_ folder: RunFolder) { self.folder = folder }

    /// Returns the line of a run.
    package func line(_ id: String) throws(CommandFailure) -> JSON {
        let journal = try folder.look(id)
        guard let header = try journal.header() else { return ["id": JSON(id), "state": "empty"] }
        let counts = try journal.counts()
        let left = (counts[.waiting] ?? 0) + (counts[.begun] ?? 0)
        let state =
            folder.isBusy(id)
            ? "running" : header.phase == .preparing ? "incomplete" : left > 0 ? "interrupted" : "finished"
        return [
            "id": JSON(id), "created": JSON(Moment.text(of: header.created)), "state": JSON(state),
            "org": JSON(header.orgURL), "rows": JSON(header.rowCount), "done": JSON(counts[.done] ?? 0),
            "failed": JSON(counts[.failed] ?? 0), "unknown": JSON(counts[.unknown] ?? 0), "left": JSON(left),
            "undoes": header.undoes.map { JSON($0) } ?? .null, "title": JSON(header.title),
        ]
    }

    /// Returns the states of the rows of a run in words: `2 done, 1 failed`, or `interrupted: 2 done, 7 left`.
    static func result(_ line: JSON) -> String {
        let counts = ["done", "failed", "unknown", "left"].compactMap { name -> String? in
            guard let count = line[name]?.int, count > 0 || name == "done" else { return nil }
            return "\(count) \(name)"
        }.joined(separator: ", ")
        let state = line["state"]?.string ?? ""
        guard !counts.isEmpty else { return state }
        return state == "finished" ? counts : "\(state): \(counts)"
    }

    /// Returns the line of a row.
    package static func line(_ row: JournalRow, withBefore: Bool) -> JSON {
        // This version of the catalog may not have the row's action.
        let call = try? RowCall(row.call)
        let request = call.map { "\($0.action.descriptor.method?.rawValue ?? "") \($0.target)" }
        var line: JSON = [
            "row": JSON(row.number), "place": JSON(row.place), "state": JSON(row.state.word),
            "request": request.map { JSON($0) } ?? row.call["action"] ?? .null,
            "status": row.status.map { JSON($0) } ?? .null, "objectId": row.objectID.map { JSON($0) } ?? .null,
            "requestId": row.requestID.map { JSON($0) } ?? .null, "error": row.error.map { JSON($0) } ?? .null,
        ]
        if let body = row.call["body"] { line["body"] = body }
        if let set = row.call["set"] { line["set"] = set }
        if withBefore { line["before"] = row.before ?? .null }
        return line
    }
}

extension RowState {
    /// Returns the state with a word from the command line.
    package static func named(_ text: String) throws(CommandFailure) -> RowState {
        let word = text.lowercased().replacing("-", with: " ")
        guard let state = allCases.first(where: { $0.word == word }) else {
            let words = allCases.map(\.typed).joined(separator: ", ")
            throw .usage("there is no state '\(text)'", advice: "The states are \(words).")
        }
        return state
    }
}
#endif
