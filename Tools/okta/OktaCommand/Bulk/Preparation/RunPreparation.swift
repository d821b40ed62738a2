#if CommandLine
internal import OktaRuntime

/// Reads and validates all rows of a set and writes them to a journal before anything is sent.
struct RunPreparation {
    private let journal: RunJournal
    private let template: RowTemplate
    private let names: RowNames
    private let progress: ProgressLine
    private let skipsRepeated: Bool
    private var problems = RowProblems()
    private var portion: [RunJournal.NewRow] = []
    private(set) var count = 0
    private(set) var hasSecrets = false

    /// Creates a preparation.
    ///
    /// - Parameter skipsRepeated: Whether a repeated row is skipped instead of an error, since an org may list an
    ///   object on two pages.
    init(
        _ journal: RunJournal, _ template: RowTemplate, names: RowNames, progress: ProgressLine, skipsRepeated: Bool
    ) {
        self.journal = journal
        self.template = template
        self.names = names
        self.progress = progress
        self.skipsRepeated = skipsRepeated
    }

    /// Reads all rows.
    ///
    /// - Parameter most: The maximum number of rows; nil for all.
    /// - Throws: A ``CommandFailure`` that lists the invalid rows with their problems.
    mutating func read(_ reader: inout RowReader, most: Int?) async throws(CommandFailure) {
        defer { progress.hide() }
        do throws(CommandFailure) { try await readRows(&reader, most) } catch { throw error.beforeChanges }
    }

    private mutating func readRows(_ reader: inout RowReader, _ most: Int?) async throws(CommandFailure) {
        var number = 0
        while most.map({ number < $0 }) ?? true, let row = try await reader.next() {
            number += 1
            if Task.isCancelled { throw CommandFailure(.interrupted, "interrupted") }
            do throws(CommandFailure) {
                let call = try template.call(for: row)
                portion.append(RunJournal.NewRow(number: number, place: row.place, call: call))
            } catch {
                problems.note(number, row.place, error)
            }
            if portion.count == Self.portionSize { try await writePortion() }
        }
        try await writePortion()
        try problems.check(of: number)
    }

    /// Compares all rows with those of a journal, which lacks their secrets, and keeps the secrets for this process.
    mutating func readAgain(_ reader: inout RowReader, most: Int?) async throws(CommandFailure) {
        defer { progress.hide() }
        var number = 0
        while most.map({ number < $0 }) ?? true, let row = try await reader.next() {
            number += 1
            let call = try await names.resolved(template.call(for: row))
            let stored = call.stored
            guard let known = try journal.row(number) else { continue }
            guard known.call == stored.json else {
                throw .usage(
                    "\(row.place) differs from the run's row \(number)",
                    advice: "Repeat the command with the same set as before.")
            }
            if stored.hadSecrets { try journal.keepSecrets(of: call, number: number) }
            progress.add(items: 1)
        }
    }

    private mutating func writePortion() async throws(CommandFailure) {
        let rows = try await names.resolved(portion, noting: &problems)
        let repeated = try journal.add(rows)
        if !skipsRepeated {
            for (row, first) in repeated { problems.note(row.number, row.place, .usage("the same as \(first)")) }
        }
        count += rows.count - repeated.count
        hasSecrets = hasSecrets || rows.contains { $0.call.stored.hadSecrets }
        progress.add(items: portion.count)
        portion.removeAll(keepingCapacity: true)
    }

    private static let portionSize = 500
}

/// The problems of a set's rows.
struct RowProblems {
    private var texts: [(number: Int, text: String)] = []
    private var count = 0

    /// The maximum number of listed problems.
    private static let maximumShownErrors = 20

    /// Records the problem of a row.
    mutating func note(_ number: Int, _ place: String, _ failure: CommandFailure) {
        count += 1
        guard texts.count < Self.maximumShownErrors else { return }
        texts.append((number, "\(place): \(failure.message)" + (failure.advice.map { ". \($0)" } ?? "")))
    }

    /// Throws if there are problems.
    func check(of rows: Int) throws(CommandFailure) {
        guard count > 0 else { return }
        let more = count > texts.count ? "\n  and \(count - texts.count) more" : ""
        throw .usage(
            "\(count) of \(rows) rows cannot be used; nothing was sent\n  "
                + texts.sorted { $0.number < $1.number }.map(\.text).joined(separator: "\n  ") + more)
    }
}
#endif
