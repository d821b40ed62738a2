#if CommandLine
internal import OktaRuntime

/// Reads the rows of a set, checks every one, and writes them to a journal, before anything is sent.
struct RunPreparation {
    private let journal: RunJournal
    private let template: RowTemplate
    private let skipsRepeated: Bool
    private var problems: [String] = []
    private var problemCount = 0
    private var portion: [RunJournal.NewRow] = []
    private(set) var count = 0
    private(set) var hasSecrets = false

    /// - Parameter skipsRepeated: Whether a row that repeats another one is left out, rather than an error: an org may list
    ///   an object on two pages.
    init(_ journal: RunJournal, _ template: RowTemplate, skipsRepeated: Bool) {
        self.journal = journal
        self.template = template
        self.skipsRepeated = skipsRepeated
    }

    /// Reads all rows.
    ///
    /// - Parameter most: How many are read; nil for all.
    /// - Throws: A ``CommandFailure`` that lists what is wrong with which row.
    mutating func read(_ reader: inout RowReader, most: Int?) async throws(CommandFailure) {
        var number = 0
        while most.map({ number < $0 }) ?? true, let row = try await reader.next() {
            number += 1
            if Task.isCancelled { throw CommandFailure(.interrupted, "interrupted; nothing was sent") }
            do throws(CommandFailure) {
                let call = try template.call(for: row)
                portion.append(RunJournal.NewRow(number: number, place: row.place, call: call))
            } catch {
                note("\(row.place): \(error.message)", advice: error.advice)
            }
            if portion.count == Self.portionSize { try writePortion() }
        }
        try writePortion()
        guard problemCount == 0 else {
            let more = problemCount > problems.count ? "\n  and \(problemCount - problems.count) more" : ""
            throw .usage(
                "\(problemCount) of \(number) rows cannot be used; nothing was sent\n  "
                    + problems.joined(separator: "\n  ") + more)
        }
    }

    /// Compares all rows with those of a journal, which lacks their secrets, and keeps the secrets for this process.
    mutating func readAgain(_ reader: inout RowReader, most: Int?) async throws(CommandFailure) {
        var number = 0
        while most.map({ number < $0 }) ?? true, let row = try await reader.next() {
            number += 1
            let call = try template.call(for: row)
            let stored = call.stored
            guard let known = try journal.row(number) else { continue }
            guard known.call == stored.json else {
                throw .usage(
                    "\(row.place) is not what the run has in row \(number)",
                    advice: "Repeat the command with the same set as before.")
            }
            if stored.hadSecrets { try journal.keepSecrets(of: call, number: number) }
        }
    }

    private mutating func writePortion() throws(CommandFailure) {
        let repeated = try journal.add(portion)
        if !skipsRepeated {
            for (row, first) in repeated { note("\(row.place): the same as \(first)", advice: nil) }
        }
        count += portion.count - repeated.count
        hasSecrets = hasSecrets || portion.contains { $0.call.stored.hadSecrets }
        portion.removeAll(keepingCapacity: true)
    }

    private mutating func note(_ text: String, advice: String?) {
        problemCount += 1
        guard problems.count < Self.shownProblems else { return }
        problems.append(text + (advice.map { ". \($0)" } ?? ""))
    }

    private static let portionSize = 500
    private static let shownProblems = 20
}
#endif
