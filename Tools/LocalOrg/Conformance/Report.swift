/// A summary of the outcomes of all sessions.
struct Report {
    private struct Line {
        var exchanges = 0
        var sameStatus = 0
        var errors = 0
        var sameCode = 0
        var shapes = 0
        var sameShape = 0
        var differences: [String: Int] = [:]
    }

    private var lines: [String: Line] = [:]
    private var total = Line()
    private var firstSights = 0
    private var rebuilt = 0
    private var sessions = 0

    mutating func add(_ outcomes: [Replay.Outcome]) {
        sessions += 1
        for outcome in outcomes {
            var line = lines[outcome.exchange.name] ?? Line()
            for keyPath in [\Report.total] { count(outcome, in: &self[keyPath: keyPath]) }
            count(outcome, in: &line)
            lines[outcome.exchange.name] = line
            if outcome.isFirstSight { firstSights += 1 }
            if outcome.isRebuilt { rebuilt += 1 }
        }
    }

    private func count(_ outcome: Replay.Outcome, in line: inout Line) {
        line.exchanges += 1
        if outcome.sameStatus { line.sameStatus += 1 }
        if let sameCode = outcome.sameCode {
            line.errors += 1
            if sameCode { line.sameCode += 1 }
        }
        guard outcome.comparesShape else { return }
        line.shapes += 1
        if let difference = outcome.difference {
            line.differences[difference, default: 0] += 1
        } else {
            line.sameShape += 1
        }
    }

    private func percent(_ part: Int, _ whole: Int) -> String {
        guard whole > 0 else { return "-" }
        let tenths = part * 1000 / whole
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// Returns the totals and a line for each operation; with `details` also the differences.
    func text(details: Bool) -> String {
        var text = """
            conformance: \(total.exchanges) exchanges in \(sessions) sessions
            conformance: same status \(percent(total.sameStatus, total.exchanges)) (\(total.sameStatus))
            conformance: same error code \(percent(total.sameCode, total.errors)) (\(total.sameCode) of \(total.errors))
            conformance: same shape \(percent(total.sameShape, total.shapes)) (\(total.sameShape) of \(total.shapes))
            conformance: \(firstSights) of the exchanges show objects that the session found; the org was given them
            conformance: \(rebuilt) requests without their recorded body or proof, which were rebuilt from the response

            exchanges  status  code  shape  operation

            """
        for (name, line) in lines.sorted(by: { ($1.value.exchanges, $0.key) < ($0.value.exchanges, $1.key) }) {
            let columns = [
                String(line.exchanges), percent(line.sameStatus, line.exchanges), percent(line.sameCode, line.errors),
                percent(line.sameShape, line.shapes), name,
            ]
            text += columns.joined(separator: "  ") + "\n"
            guard details else { continue }
            for (difference, count) in line.differences.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(
                8)
            {
                text += "        \(count) x \(difference)\n"
            }
        }
        return text
    }
}
